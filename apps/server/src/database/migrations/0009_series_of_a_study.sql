-- A series is one of its study. Two studies whose maker gave a series of each the same UID keep their own.
alter table series drop constraint series_site_id_series_uid_key;
alter table series add unique (site_id, study_id, series_uid);
