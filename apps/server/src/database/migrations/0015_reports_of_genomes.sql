-- The genotype a report speaks of: while the patient has it closed, the report is not shown. Of an earlier report nobody knows: it may speak of any.
alter table documents add column genome_id text;
update documents d set genome_id = (
  select g.id from genomes g join studies s on s.site_id = g.site_id and s.patient_id = g.patient_id
  where g.site_id = d.site_id and s.id = d.study_id
  order by g.created_at desc limit 1);
