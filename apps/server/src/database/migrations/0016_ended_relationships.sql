-- Access that was ended stays ended, also when the clock is set back behind the moment it ended.
alter table relationships add column ended boolean not null default false;
update relationships set ended = true where valid_until <= now();
