-- When the last object of a study came, and when its analysis was ordered after it had been quiet.
alter table studies add column arrived_at timestamptz;
alter table studies add column settled_at timestamptz;
create index studies_arriving on studies (site_id, arrived_at) where arrived_at is not null;

create table series (
  site_id text not null references sites (id),
  id text not null,
  study_id text not null,
  series_uid text not null,
  number integer,
  modality text,
  description text,
  body_part text,
  primary key (site_id, id),
  unique (site_id, series_uid),
  foreign key (site_id, study_id) references studies (site_id, id) on delete cascade
);
create index series_study on series (site_id, study_id);

create table instances (
  site_id text not null references sites (id),
  id text not null,
  series_id text not null,
  study_id text not null,
  sop_uid text not null,
  sop_class text not null,
  transfer_syntax text not null,
  number integer,
  rows integer,
  columns integer,
  frames integer not null default 1,
  blob_id text not null,
  -- The data set without bulk data in the DICOM JSON model (PS3.18 F), made when the object came: metadata is answered by
  -- joining these texts, without opening a file.
  metadata text not null,
  received_from text,
  created_at timestamptz not null default now(),
  primary key (site_id, id),
  unique (site_id, sop_uid),
  foreign key (site_id, series_id) references series (site_id, id) on delete cascade,
  foreign key (site_id, study_id) references studies (site_id, id) on delete cascade,
  foreign key (site_id, blob_id) references blobs (site_id, id)
);
create index instances_series on instances (site_id, series_id, number);
create index instances_study on instances (site_id, study_id);

-- Where a de-identified copy came from, and by which rules.
create table deidentified_copies (
  site_id text not null references sites (id),
  id text not null,
  source_study_id text not null,
  study_id text not null,
  options jsonb not null,
  made_by text not null,
  made_at timestamptz not null default now(),
  primary key (site_id, id),
  foreign key (site_id, study_id) references studies (site_id, id) on delete cascade
);

do $$
declare
  name text;
begin
  foreach name in array array['series', 'instances', 'deidentified_copies'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy site on %I using (site_id = current_setting(''foramen.site'', true)) with check (site_id = current_setting(''foramen.site'', true))',
      name);
  end loop;
end
$$;
