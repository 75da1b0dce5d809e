-- Whose order led to a judgement: who gave the answers, the genotype or the study; null where nobody did (a modality sent it) and for earlier ones.
alter table judgements add column account_id text;
alter table judgements add foreign key (site_id, account_id) references accounts (site_id, id);
-- The order itself.
alter table judgements add column job_id text;
