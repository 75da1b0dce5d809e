-- What an analysis wrote for people: the one-file report.
create table documents (
  site_id text not null references sites (id),
  id text not null,
  study_id text not null,
  kind text not null check (kind in ('report')),
  blob_id text not null,
  created_at timestamptz not null default now(),
  primary key (site_id, id),
  unique (site_id, study_id, kind),
  foreign key (site_id, study_id) references studies (site_id, id) on delete cascade,
  foreign key (site_id, blob_id) references blobs (site_id, id)
);
alter table documents enable row level security;
alter table documents force row level security;
create policy site on documents
  using (site_id = current_setting('foramen.site', true))
  with check (site_id = current_setting('foramen.site', true));
