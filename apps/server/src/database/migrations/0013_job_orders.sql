-- What was ordered besides the patient and the study, so that a job the queue has lost is put back as it was.
alter table jobs add column ordered jsonb not null default '{}';
