-- Who gave the answers of an intake; null for those of samples and of earlier versions.
alter table intakes add column account_id text;
alter table intakes add foreign key (site_id, account_id) references accounts (site_id, id);

-- Answers that are still being given: one draft an account and patient, as far as it has got.
create table intake_drafts (
  site_id text not null references sites (id),
  id text not null,
  patient_id text not null,
  account_id text not null,
  -- Whatever stands in the form, checked only when it is sent.
  body jsonb not null,
  -- The intake it started from; null when there was none.
  based_on text,
  -- Counts the savings, so that a second tab does not overwrite what it has not seen.
  revision integer not null default 1 check (revision >= 1),
  updated_at timestamptz not null,
  primary key (site_id, id),
  unique (site_id, patient_id, account_id),
  foreign key (site_id, patient_id) references patients (site_id, id) on delete cascade,
  foreign key (site_id, account_id) references accounts (site_id, id)
);
alter table intake_drafts enable row level security;
alter table intake_drafts force row level security;
create policy site on intake_drafts using (site_id = current_setting('foramen.site', true))
  with check (site_id = current_setting('foramen.site', true));

-- A day of the diary that is written again is a row of its own: nothing a patient wrote is overwritten.
alter table diary_entries add column revision integer not null default 1 check (revision >= 1);
alter table diary_entries add column account_id text;
alter table diary_entries add column created_at timestamptz not null default now();
alter table diary_entries add foreign key (site_id, account_id) references accounts (site_id, id);
alter table diary_entries drop constraint diary_entries_site_id_patient_id_date_key;
alter table diary_entries add unique (site_id, patient_id, date, revision);
