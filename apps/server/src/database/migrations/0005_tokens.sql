-- Machines have accounts too: a PACS or a modality that speaks DICOMweb. They have no password, only tokens.
alter table accounts drop constraint accounts_role_check;
alter table accounts add constraint accounts_role_check
  check (role in ('clinician', 'care-team', 'patient', 'proxy', 'researcher', 'admin', 'device'));

create table api_tokens (
  site_id text not null references sites (id),
  id text not null,
  -- SHA-256 of the token: a copy of the table opens nothing.
  hash text not null,
  account_id text not null,
  name text not null,
  scopes text[] not null,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (site_id, id),
  unique (site_id, hash),
  foreign key (site_id, account_id) references accounts (site_id, id) on delete cascade
);
create index api_tokens_account on api_tokens (site_id, account_id);

alter table api_tokens enable row level security;
alter table api_tokens force row level security;
create policy site on api_tokens using (site_id = current_setting('foramen.site', true))
  with check (site_id = current_setting('foramen.site', true));
