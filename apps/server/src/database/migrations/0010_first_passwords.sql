-- A password that an administrator chose for somebody else: good for signing in once, to choose one's own.
alter table accounts add column must_change_password boolean not null default false;
