-- Every table is keyed (site_id, id): replication per site and sharding on site_id need no schema change.
create table sites (
  id text primary key,
  created_at timestamptz not null default now(),
  -- Head of the audit chain; the row lock orders the writers of one site.
  audit_seq bigint not null default 0,
  audit_hash text not null default ''
);

create table accounts (
  site_id text not null references sites (id),
  id text not null,
  login text not null,
  name text not null,
  role text not null check (role in ('clinician', 'care-team', 'patient', 'proxy', 'researcher', 'admin')),
  password_hash text,
  patient_id text,
  demo boolean not null default false,
  disabled boolean not null default false,
  failed_attempts integer not null default 0,
  locked_until timestamptz,
  created_at timestamptz not null default now(),
  primary key (site_id, id),
  unique (site_id, login)
);

create table sessions (
  site_id text not null references sites (id),
  -- SHA-256 of the cookie's token: a copy of the table opens no session.
  id text not null,
  account_id text not null,
  csrf text not null,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (site_id, id),
  foreign key (site_id, account_id) references accounts (site_id, id) on delete cascade
);
create index sessions_expiry on sessions (site_id, expires_at);

create table patients (
  site_id text not null references sites (id),
  id text not null,
  name text not null,
  birth_date date,
  sex text not null default 'unknown' check (sex in ('female', 'male', 'unknown')),
  medical_record_number text,
  sample boolean not null default false,
  story text,
  deidentified boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (site_id, id)
);
create index patients_name on patients (site_id, lower(name), id);
create unique index patients_mrn on patients (site_id, medical_record_number) where medical_record_number is not null;

create table relationships (
  site_id text not null references sites (id),
  id text not null,
  account_id text not null,
  patient_id text not null,
  kind text not null check (kind in ('care-team', 'proxy', 'self', 'break-glass')),
  reason text,
  valid_from timestamptz not null default now(),
  valid_until timestamptz,
  primary key (site_id, id),
  foreign key (site_id, account_id) references accounts (site_id, id) on delete cascade,
  foreign key (site_id, patient_id) references patients (site_id, id) on delete cascade
);
create index relationships_account on relationships (site_id, account_id, patient_id);

create table consents (
  site_id text not null references sites (id),
  id text not null,
  patient_id text not null,
  scope text not null check (scope in ('treatment', 'genome', 'research', 'proxy')),
  decision text not null check (decision in ('permit', 'deny')),
  recorded_at timestamptz not null default now(),
  recorded_by text not null,
  primary key (site_id, id),
  foreign key (site_id, patient_id) references patients (site_id, id) on delete cascade
);
create index consents_patient on consents (site_id, patient_id, scope, recorded_at desc);

create table blobs (
  site_id text not null references sites (id),
  -- SHA-256 of the content.
  id text not null,
  -- Name of the encrypted object in the store.
  object text not null,
  size bigint not null,
  created_at timestamptz not null default now(),
  primary key (site_id, id)
);

create table studies (
  site_id text not null references sites (id),
  id text not null,
  patient_id text not null,
  study_uid text,
  study_date date,
  description text,
  accession_number text,
  source text not null check (source in ('dicom', 'nifti', 'png', 'mha')),
  spacing double precision[],
  received_from text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (site_id, id),
  foreign key (site_id, patient_id) references patients (site_id, id) on delete cascade
);
create unique index studies_uid on studies (site_id, study_uid) where study_uid is not null;
create index studies_patient on studies (site_id, patient_id, study_date desc);

create table study_files (
  site_id text not null references sites (id),
  id text not null,
  study_id text not null,
  name text not null,
  position integer not null,
  blob_id text not null,
  primary key (site_id, id),
  foreign key (site_id, study_id) references studies (site_id, id) on delete cascade,
  foreign key (site_id, blob_id) references blobs (site_id, id)
);
create index study_files_study on study_files (site_id, study_id, position);

-- What can be shown of a study: a volume and, after analysis, its labels on the same grid.
create table pictures (
  site_id text not null references sites (id),
  id text not null,
  study_id text not null,
  number integer not null,
  series_uid text,
  description text,
  modality text,
  role text,
  plane text not null default 'unknown',
  columns integer not null,
  rows integer not null,
  slices integer not null,
  spacing double precision[] not null,
  -- Row-major 4 x 4 from (i, j, k) of the stored slices to LPS millimetres; null when the file did not say.
  ijk_to_lps double precision[],
  window_center double precision,
  window_width double precision,
  key_slice integer not null default 0,
  volume_blob text not null,
  labels_blob text,
  primary key (site_id, id),
  unique (site_id, study_id, number),
  foreign key (site_id, study_id) references studies (site_id, id) on delete cascade,
  foreign key (site_id, volume_blob) references blobs (site_id, id)
);

create table findings (
  site_id text not null references sites (id),
  id text not null,
  study_id text not null,
  body jsonb not null,
  created_at timestamptz not null default now(),
  primary key (site_id, id),
  foreign key (site_id, study_id) references studies (site_id, id) on delete cascade
);
create index findings_study on findings (site_id, study_id, created_at desc);

create table intakes (
  site_id text not null references sites (id),
  id text not null,
  patient_id text not null,
  body jsonb not null,
  created_at timestamptz not null default now(),
  primary key (site_id, id),
  foreign key (site_id, patient_id) references patients (site_id, id) on delete cascade
);
create index intakes_patient on intakes (site_id, patient_id, created_at desc);

-- Genotypes are a compartment of their own: the source file is a blob, the reading of it lives here and nowhere else.
create table genomes (
  site_id text not null references sites (id),
  id text not null,
  patient_id text not null,
  blob_id text not null,
  profile jsonb,
  created_at timestamptz not null default now(),
  primary key (site_id, id),
  foreign key (site_id, patient_id) references patients (site_id, id) on delete cascade,
  foreign key (site_id, blob_id) references blobs (site_id, id)
);
create index genomes_patient on genomes (site_id, patient_id, created_at desc);

create table judgements (
  site_id text not null references sites (id),
  id text not null,
  patient_id text not null,
  study_id text,
  patient_case jsonb not null,
  assessment jsonb not null,
  plan jsonb not null,
  created_at timestamptz not null default now(),
  primary key (site_id, id),
  foreign key (site_id, patient_id) references patients (site_id, id) on delete cascade
);
create index judgements_patient on judgements (site_id, patient_id, created_at desc);

create table diary_entries (
  site_id text not null references sites (id),
  id text not null,
  patient_id text not null,
  date date not null,
  pain double precision,
  steps double precision,
  note text,
  primary key (site_id, id),
  unique (site_id, patient_id, date),
  foreign key (site_id, patient_id) references patients (site_id, id) on delete cascade
);

-- What the page shows of a job; the queue itself is pg-boss.
create table jobs (
  site_id text not null references sites (id),
  id text not null,
  kind text not null,
  patient_id text,
  study_id text,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed')),
  percent double precision not null default 0,
  step text,
  seconds_left double precision,
  problems jsonb not null default '[]',
  attempts integer not null default 0,
  created_by text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (site_id, id)
);
create index jobs_study on jobs (site_id, study_id, created_at desc);
create index jobs_patient on jobs (site_id, patient_id, created_at desc);

create table audit (
  site_id text not null references sites (id),
  seq bigint not null,
  at timestamptz not null,
  account_id text,
  role text,
  path text not null,
  action text not null,
  resource text not null,
  resource_id text,
  patient_id text,
  outcome text not null check (outcome in ('allowed', 'denied', 'failed')),
  reason text,
  previous text not null,
  hash text not null,
  primary key (site_id, seq)
);
create index audit_patient on audit (site_id, patient_id, seq);
