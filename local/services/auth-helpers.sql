-- What row level security reads of the request's token. PostgREST gives all claims as one JSON setting, Supabase Lite
-- gives them one by one: both are read.
create or replace function auth.jwt() returns jsonb
language sql stable
return coalesce(nullif(current_setting('request.jwt.claims', true), ''), '{}')::jsonb;

create or replace function auth.uid() returns uuid
language sql stable
return coalesce(
  nullif(current_setting('request.jwt.claim.sub', true), ''),
  auth.jwt() ->> 'sub'
)::uuid;

create or replace function auth.role() returns text
language sql stable
return coalesce(nullif(current_setting('request.jwt.claim.role', true), ''), auth.jwt() ->> 'role');

create or replace function auth.email() returns text
language sql stable
return coalesce(nullif(current_setting('request.jwt.claim.email', true), ''), auth.jwt() ->> 'email');

-- Sign-ups and sign-ins are the auth service's own; nobody else reads its tables.
do $$
declare
  t record;
begin
  for t in select tablename from pg_tables where schemaname = 'auth' loop
    execute format('alter table auth.%I owner to supabase_auth_admin', t.tablename);
  end loop;
end $$;
grant usage, create on schema auth to supabase_auth_admin;
grant usage on schema auth to anon, authenticated, service_role;

create schema if not exists extensions;
grant usage on schema extensions to anon, authenticated, service_role;

-- Privileges as a new Supabase project has them; migrations take away what they do not want to give.
grant usage on schema public to anon, authenticated, service_role;
alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
alter default privileges in schema public grant all on functions to anon, authenticated, service_role;
