-- What the service holds of a person: handed out to them, and removed when they want it gone.

-- A table that holds rows of people, and which of its rows (t) are those of the person $1. A table that is missing here, and
-- whose rows do not go with auth.users, is found by supabase/tests/own-data.stack.test.ts.
create function public.own_data_tables() returns table (name text, is_own text)
language sql immutable
set search_path = ''
as $$
  values
    ('profiles', 't.user_id = $1'),
    ('unsubscribe_links', 't.user_id = $1'),
    ('saved_searches', 't.user_id = $1'),
    ('own_schedules', 't.saved_search_id in (select s.id from public.saved_searches s where s.user_id = $1)'),
    ('schedule_ticks', 't.saved_search_id in (select s.id from public.saved_searches s where s.user_id = $1)
      or t.schedule like ''saved-search/%'' and t.id in (select r.tick_id from public.search_runs r where r.user_id = $1)'),
    ('alerts', 'exists (select from public.saved_searches s
      where s.user_id = $1 and starts_with(t.tick_id, ''saved-search/'' || s.id || ''/''))'),
    ('feeds', 't.user_id = $1'),
    ('digests', 't.user_id = $1'),
    ('search_runs', 't.user_id = $1'),
    ('search_run_boards', 't.user_id = $1'),
    ('search_run_events', 't.user_id = $1'),
    ('source_sync_waiters', 't.run_id in (select r.id from public.search_runs r where r.user_id = $1)'),
    ('search_run_results', 't.user_id = $1'),
    ('seen_postings', 't.user_id = $1'),
    ('job_marks', 't.user_id = $1'),
    ('hidden_terms', 't.user_id = $1'),
    ('company_follows', 't.user_id = $1'),
    ('company_checks', 't.user_id = $1')
$$;

-- A page of the person's rows of one such table, in the order of its primary key: {"rows": […], "after": […] or null}. What
-- names a posting tells which one it is.
create function public.own_rows(p_table text, p_after jsonb default null, p_limit integer default 500) returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
declare
  me uuid := auth.uid();
  condition text;
  keys text;
  bounds text;
  posting text := '';
  page jsonb;
begin
  select d.is_own into condition from public.own_data_tables() d where d.name = p_table;
  if me is null or condition is null then
    raise exception using errcode = 'PT404', message = 'not_found';
  end if;
  select string_agg(format('t.%I', a.attname), ', ' order by k.place),
    string_agg(format('($2 ->> %s)::%s', k.place - 1, format_type(a.atttypid, a.atttypmod)), ', ' order by k.place)
  into keys, bounds
  from pg_catalog.pg_index i
  cross join lateral unnest(i.indkey::smallint[]) with ordinality k (attnum, place)
  join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
  where i.indrelid = format('public.%I', p_table)::regclass and i.indisprimary;
  if exists (select from pg_catalog.pg_attribute a
    where a.attrelid = format('public.%I', p_table)::regclass and a.attname = 'posting_id' and not a.attisdropped) then
    posting := ' || jsonb_build_object(''posting'', (select jsonb_build_object(''title'', p.title, ''company'', p.company,
      ''url'', (select s.url from public.posting_sources s where s.posting_id = p.id order by s.is_original desc, s.board limit 1))
      from public.postings p where p.id = t.posting_id))';
  end if;
  execute format(
    'select jsonb_build_object(''rows'', coalesce(jsonb_agg(o.row_data order by o.place), ''[]''),
        ''after'', (array_agg(o.key_values order by o.place desc) filter (where o.place = $3))[1])
      from (
        select row_number() over (order by %1$s) as place, to_jsonb(t)%3$s as row_data, jsonb_build_array(%1$s) as key_values
        from public.%4$I t where (%5$s) and ($2 is null or (%1$s) > (%2$s)) order by %1$s limit $3
      ) o',
    keys, bounds, posting, p_table, condition)
  into page using me, p_after, p_limit;
  return page;
end $$;

-- What signing in keeps of the person, without what would sign somebody in: passwords, tokens and codes.
create function public.own_account() returns jsonb
language sql stable security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'user', jsonb_build_object('id', u.id, 'email', u.email, 'phone', u.phone, 'created_at', u.created_at,
      'email_confirmed_at', u.email_confirmed_at, 'last_sign_in_at', u.last_sign_in_at,
      'app_metadata', u.raw_app_meta_data, 'user_metadata', u.raw_user_meta_data),
    'identities', coalesce((select jsonb_agg(jsonb_build_object('provider', i.provider, 'data', i.identity_data,
      'created_at', i.created_at, 'last_sign_in_at', i.last_sign_in_at) order by i.created_at)
      from auth.identities i where i.user_id = u.id), '[]'),
    'sessions', coalesce((select jsonb_agg(jsonb_build_object('created_at', s.created_at, 'updated_at', s.updated_at,
      'user_agent', s.user_agent, 'ip', s.ip) order by s.created_at)
      from auth.sessions s where s.user_id = u.id), '[]'),
    'audit_log_entries', coalesce((select jsonb_agg(jsonb_build_object('payload', e.payload, 'created_at', e.created_at,
      'ip_address', e.ip_address) order by e.created_at)
      -- Some auth servers write an object there, some its text.
      from auth.audit_log_entries e
      where case json_typeof(e.payload) when 'string' then (e.payload #>> '{}')::jsonb else e.payload::jsonb end
        ->> 'actor_id' = u.id::text), '[]'))
  from auth.users u where u.id = auth.uid()
$$;

-- The person and all that is theirs is removed, in one transaction. Returns the runs that were under way: their workflows
-- are to be cancelled. Their own Schedules go as those of any removed saved search do (own_schedules).
create function public.delete_account() returns uuid[]
language plpgsql security definer
set search_path = ''
set statement_timeout = '5min'
as $$
declare
  me uuid := auth.uid();
  under_way uuid[];
  ticks text[];
  leftover record;
begin
  if me is null then
    raise exception using errcode = 'PT401', message = 'unauthorized';
  end if;
  -- No run begins, and none is written, from here on.
  perform pg_advisory_xact_lock(hashtextextended('search_runs/' || me, 0));
  perform from public.search_runs r where r.user_id = me order by r.id for update;
  select coalesce(array_agg(r.id), '{}') into under_way
  from public.search_runs r where r.user_id = me and r.status in ('pending', 'running');

  for leftover in select d.name, d.is_own from public.own_data_tables() d where d.name in ('schedule_ticks', 'alerts')
  loop
    if leftover.name = 'alerts' then
      execute format('delete from public.alerts t where %s', leftover.is_own) using me;
    else
      execute format('select array_agg(t.id) from public.schedule_ticks t where %s', leftover.is_own) into ticks using me;
    end if;
  end loop;
  -- Before what they point to: nothing is written that is removed a moment later.
  delete from public.seen_postings where user_id = me;
  delete from public.search_run_results where user_id = me;
  delete from public.search_runs where user_id = me;

  -- Of the auth server's tables some name the person without referring to the account.
  for leftover in
    select c.oid::regclass as name from pg_catalog.pg_class c
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = 'user_id' and not a.attisdropped
    where c.relnamespace = 'auth'::regnamespace and c.relkind in ('r', 'p')
  loop
    execute format('delete from %s where user_id::text = $1', leftover.name) using me::text;
  end loop;
  delete from auth.audit_log_entries where strpos(payload::text, me::text) > 0;
  delete from auth.users where id = me;
  delete from public.schedule_ticks where id = any (ticks);
  return under_way;
end $$;

revoke execute on function
  public.own_data_tables(), public.own_rows(text, jsonb, integer), public.own_account(), public.delete_account()
  from public, anon, authenticated;
grant execute on function
  public.own_data_tables(), public.own_rows(text, jsonb, integer), public.own_account(), public.delete_account()
  to authenticated, service_role;
