-- How soon, told apart from the plan it stands in: the worklist is put in order of it by the database, not by whoever reads it.
alter table judgements add column urgency text
  check (urgency in ('emergency', 'urgent', 'soon', 'routine', 'self-care'));
alter table judgements add column headline text;
-- Of the newest judgement: 0 emergency, 1 urgent, 2 soon, 3 routine, 4 self-care, 5 not judged yet.
alter table patients add column urgency_rank smallint not null default 5 check (urgency_rank between 0 and 5);

-- With the row itself, so that no way of writing a judgement (an analysis, a restore) can leave the order behind.
create function judgement_urgency() returns trigger language plpgsql set search_path from current as $$
begin
  new.urgency := new.plan ->> 'urgency';
  new.headline := coalesce(new.assessment -> 'triage' -> 'statements' -> 0 ->> 'text', new.plan -> 'next' -> 0 ->> 'text');
  update patients set urgency_rank = coalesce(
      array_position(array['emergency', 'urgent', 'soon', 'routine', 'self-care'], new.urgency) - 1, 5)
    where site_id = new.site_id and id = new.patient_id
      and not exists (
        select 1 from judgements j
        where j.site_id = new.site_id and j.patient_id = new.patient_id and j.created_at > new.created_at);
  return new;
end $$;
create trigger urgency before insert on judgements for each row execute function judgement_urgency();

update judgements set
  urgency = plan ->> 'urgency',
  headline = coalesce(assessment -> 'triage' -> 'statements' -> 0 ->> 'text', plan -> 'next' -> 0 ->> 'text');
update patients p set urgency_rank = coalesce(
  (select array_position(array['emergency', 'urgent', 'soon', 'routine', 'self-care'], j.urgency) - 1
   from judgements j
   where j.site_id = p.site_id and j.patient_id = p.id
   order by j.created_at desc
   limit 1),
  5);
create index patients_urgency on patients (site_id, urgency_rank, lower(name), id);
