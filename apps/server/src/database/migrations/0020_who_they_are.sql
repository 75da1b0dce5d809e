-- A number is a person's only within who issued it, and a name is more than what a page shows of it.
alter table patients add column person_name text;
alter table patients add column id_issuer text;
alter table patients add column sex_code text;
-- Folded by the product itself: what small letters are depends on how a database was set up.
alter table patients add column name_key text;
alter table studies add column referrer_key text;

update patients p set
  person_name = nullif(left(m.name, 400), ''),
  id_issuer = nullif(left(trim(m.issuer), 200), ''),
  sex_code = case when m.sex in ('M', 'F', 'O') then m.sex end
from (
  select x.site_id, x.id, trim(x.metadata #>> '{00100021,Value,0}') as issuer, trim(x.metadata #>> '{00100040,Value,0}') as sex,
    regexp_replace(concat(regexp_replace(x.metadata #>> '{00100010,Value,0,Alphabetic}', '[\^\s]+$', ''),
      '=', regexp_replace(x.metadata #>> '{00100010,Value,0,Ideographic}', '[\^\s]+$', ''),
      '=', regexp_replace(x.metadata #>> '{00100010,Value,0,Phonetic}', '[\^\s]+$', '')), '=+$', '') as name
  from (
    -- One object of each patient is read, not all.
    select t.site_id, t.id, (
      select i.metadata from studies s join instances i on i.site_id = s.site_id and i.study_id = s.id
      where s.site_id = t.site_id and s.patient_id = t.id order by s.created_at, i.number, i.sop_uid limit 1
    )::jsonb as metadata
    from patients t
  ) x
  where x.metadata is not null
) m
where m.site_id = p.site_id and m.id = p.id;
-- Two people may have been given one number; which record is whose is for the product to tell.
drop index patients_mrn;
create index patients_number on patients (site_id, medical_record_number);
