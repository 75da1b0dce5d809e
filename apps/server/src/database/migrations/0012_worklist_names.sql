-- The name as the worklist is put in order of it, in a column of its own: behind row security the database takes only conditions that cannot give
-- anything away into a look at an index, and a call of lower() is none of them. Without it a page would be found by walking through all before it.
alter table patients add column sort_name text;

-- With the row itself, so that no way of writing a patient (a study that comes, a restore of an older backup) can leave it out.
create function patient_sort_name() returns trigger language plpgsql as $$
begin
  new.sort_name := lower(new.name);
  return new;
end $$;
create trigger sort_name before insert or update on patients for each row execute function patient_sort_name();

update patients set sort_name = lower(name);
alter table patients alter column sort_name set not null;
drop index patients_urgency;
drop index patients_name;
create index patients_urgency on patients (site_id, urgency_rank, sort_name, id);
create index patients_name on patients (site_id, sort_name, id);
