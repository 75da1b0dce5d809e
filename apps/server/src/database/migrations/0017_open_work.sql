-- What is asked for every second, every minute, and for each object of the nightly sweep must not walk through all there ever was.
create index jobs_open on jobs (site_id) where state in ('queued', 'running');
create index studies_unsettled on studies (site_id, arrived_at)
  where arrived_at is not null and (settled_at is null or settled_at < arrived_at);
drop index studies_arriving;
create index blobs_object on blobs using hash (object);
