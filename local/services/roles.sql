-- The roles of a Supabase project. Roles belong to the whole server, so this runs once a server and may run again.
do $$
declare
  wanted record;
begin
  for wanted in
    select * from (values
      ('anon', 'nologin noinherit'),
      ('authenticated', 'nologin noinherit'),
      ('service_role', 'nologin noinherit bypassrls'),
      ('authenticator', 'login noinherit'),
      ('supabase_auth_admin', 'login noinherit'),
      ('run_listener', 'login noinherit connection limit 100')
    ) as r (name, options)
  loop
    begin
      execute format('create role %I %s', wanted.name, wanted.options);
    exception when duplicate_object or unique_violation then
      execute format('alter role %I %s', wanted.name, wanted.options);
    end;
  end loop;
end $$;

-- PostgREST logs in as authenticator and becomes the role of each request's token; so does Supabase Lite where it
-- serves the data too. run_listener gets no right on anything: it hears what is notified.
grant anon, authenticated, service_role to authenticator, supabase_auth_admin;
