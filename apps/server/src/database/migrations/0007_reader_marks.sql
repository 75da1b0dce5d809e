-- What readers measured on the pictures. Every change is a row of its own: nothing drawn is ever overwritten or lost.
create table reader_marks (
  site_id text not null references sites (id),
  id text not null,
  study_id text not null,
  mark_id text not null,
  revision integer not null check (revision >= 1),
  removed boolean not null default false,
  -- A MarkDrawing of @foramen/spine.
  body jsonb not null,
  frame_of_reference_uid text,
  account_id text not null,
  created_at timestamptz not null default now(),
  primary key (site_id, id),
  unique (site_id, mark_id, revision),
  foreign key (site_id, study_id) references studies (site_id, id) on delete cascade,
  foreign key (site_id, account_id) references accounts (site_id, id)
);
create index reader_marks_study on reader_marks (site_id, study_id);

alter table reader_marks enable row level security;
alter table reader_marks force row level security;
create policy site on reader_marks using (site_id = current_setting('foramen.site', true))
  with check (site_id = current_setting('foramen.site', true));
