-- What a peer was promised: a report which of the objects it named are kept. A row until it has been told, however often the product is
-- started anew in between.
create table commitments (
  site_id text not null references sites (id),
  -- The job that reports.
  id text not null,
  caller text not null,
  transaction_uid text not null,
  -- [SOP class, SOP instance] of each object asked about.
  wanted jsonb not null,
  created_at timestamptz not null default now(),
  reported_at timestamptz,
  primary key (site_id, id)
);

-- Performed procedure steps that modalities tell of: a study whose step is under way is not complete because it is quiet.
create table procedure_steps (
  site_id text not null references sites (id),
  -- SOP instance of the step.
  id text not null,
  study_uids text[] not null,
  status text not null check (status in ('IN PROGRESS', 'COMPLETED', 'DISCONTINUED')),
  caller text not null,
  -- Objects the modality says it made; the study is complete when all of them are here.
  objects text[] not null default '{}',
  -- When the study was called complete because of this step.
  settled_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (site_id, id)
);
create index procedure_steps_open on procedure_steps using gin (study_uids) where settled_at is null;

do $$
declare
  name text;
begin
  foreach name in array array['commitments', 'procedure_steps'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy site on %I using (site_id = current_setting(''foramen.site'', true)) with check (site_id = current_setting(''foramen.site'', true))',
      name);
  end loop;
end
$$;

-- Whoever removes objects that no row names must see every site's names, or it would remove another site's objects from a store
-- they share. A transaction that says so may look, and only look.
create policy sweep on blobs for select using (current_setting('foramen.sweep', true) = 'on');

-- Who refers to a blob: asked when one is removed. Hash indexes: a SHA-256 in a tree of each of these tables would cost three times as much.
create index instances_blob on instances using hash (blob_id);
create index study_files_blob on study_files using hash (blob_id);
create index pictures_volume on pictures using hash (volume_blob);
create index pictures_labels on pictures using hash (labels_blob);
create index documents_blob on documents using hash (blob_id);
create index genomes_blob on genomes using hash (blob_id);
