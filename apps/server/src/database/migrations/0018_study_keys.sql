-- What a study search by DICOM must be able to ask for besides its date and number (PS3.18, table 10.6.1-5).
alter table studies add column study_time text;
alter table studies add column study_label text;
alter table studies add column referring_physician text;

update studies s set
  study_time = case
    when m.time ~ '^([01]\d|2[0-3])([0-5]\d([0-5]\d(\.\d{1,6})?)?)?$' then rpad(split_part(m.time, '.', 1), 6, '0') || coalesce(substring(m.time from '\.\d+$'), '')
  end,
  study_label = nullif(left(trim(m.label), 200), ''),
  referring_physician = nullif(left(regexp_replace(m.referrer, '[\^\s]+$', ''), 200), '')
from (
  select x.site_id, x.study_id, trim(x.metadata #>> '{00080030,Value,0}') as time, x.metadata #>> '{00200010,Value,0}' as label,
    x.metadata #>> '{00080090,Value,0,Alphabetic}' as referrer
  from (
    -- One object of each study is read, not all.
    select t.site_id, t.id as study_id, (
      select i.metadata from instances i where i.site_id = t.site_id and i.study_id = t.id order by i.number, i.sop_uid limit 1
    )::jsonb as metadata
    from studies t
  ) x
  where x.metadata is not null
) m
where m.site_id = s.site_id and m.study_id = s.id;
