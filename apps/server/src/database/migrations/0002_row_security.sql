-- One site never sees another's rows, whatever the query says. Forced, so that it binds the tables' owner as well.
do $$
declare
  name text;
begin
  for name in
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and c.relkind = 'r' and c.relname <> 'schema_migrations'
  loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy site on %I using (%I = current_setting(''foramen.site'', true)) with check (%I = current_setting(''foramen.site'', true))',
      name, case when name = 'sites' then 'id' else 'site_id' end, case when name = 'sites' then 'id' else 'site_id' end);
  end loop;
end
$$;
