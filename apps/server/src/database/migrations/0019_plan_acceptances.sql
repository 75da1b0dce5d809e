-- A clinician's word on a plan: accepted, or the acceptance taken back. Each is a row of its own; the newest of a judgement holds.
create table plan_acceptances (
  site_id text not null references sites (id),
  id text not null,
  patient_id text not null,
  judgement_id text not null,
  revision integer not null check (revision >= 1),
  accepted boolean not null,
  account_id text not null,
  created_at timestamptz not null default now(),
  primary key (site_id, id),
  unique (site_id, judgement_id, revision),
  foreign key (site_id, patient_id) references patients (site_id, id) on delete cascade,
  foreign key (site_id, judgement_id) references judgements (site_id, id) on delete cascade,
  foreign key (site_id, account_id) references accounts (site_id, id)
);
create index plan_acceptances_patient on plan_acceptances (site_id, patient_id);

alter table plan_acceptances enable row level security;
alter table plan_acceptances force row level security;
create policy site on plan_acceptances using (site_id = current_setting('foramen.site', true))
  with check (site_id = current_setting('foramen.site', true));
