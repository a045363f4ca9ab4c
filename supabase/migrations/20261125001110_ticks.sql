-- What a tick does: whose searches are due, which boards they need, and their runs, page by page.

alter table public.schedule_ticks
  -- When the boards of its searches had been read, once for all of them.
  add column boards_fresh_at timestamptz,
  -- How many were left out for which reason (left_out_because); left_out is their sum.
  add column left_out_because jsonb not null default '{}';

-- Paused searches are gone through as well: they are counted.
drop index public.saved_searches_by_schedule;
create index saved_searches_by_schedule on public.saved_searches (schedule, id);

-- Why a saved search is not run at a tick, null when it is due. The one place of this rule.
--   schedule   it does not follow this schedule (any more)
--   paused     the person paused it
--   away       the person was not here for p_inactive_days
--   quiet      the tick was due in the person's quiet hours
--   under_way  the same search is being run
--   recent     the same search was begun less than p_spacing_seconds ago
create function public.left_out_because(
  p_saved_search_id uuid, p_follows text, p_due_at timestamptz, p_inactive_days integer, p_spacing_seconds integer
) returns text
language sql stable
set search_path = ''
return (
  select case
    when s.schedule <> p_follows then 'schedule'
    when s.paused_at is not null then 'paused'
    when p.seen_at < now() - make_interval(days => p_inactive_days) then 'away'
    when public.is_quiet(p.time_zone, p.quiet_from, p.quiet_to, p_due_at) then 'quiet'
    when exists (
      select from public.search_runs r
      where r.user_id = s.user_id and r.search_key = public.search_key(s.parameters)
        and r.status in ('pending', 'running')
    ) then 'under_way'
    when exists (
      select from public.search_runs r
      where r.user_id = s.user_id and r.created_at > now() - make_interval(secs => p_spacing_seconds)
        and r.search_key = public.search_key(s.parameters)
    ) then 'recent'
  end
  from public.saved_searches s left join public.profiles p on p.user_id = s.user_id
  where s.id = p_saved_search_id
);

-- What a schedule's ticks run: a schedule of one saved search follows the row's own times.
create function public.follows_of_schedule(p_schedule text) returns text
language sql immutable parallel safe
set search_path = ''
return case when p_schedule like 'saved-search/%' then 'own' else 'service' end;

-- The tick begins, or goes on: an interrupted one where it was.
create function public.begin_tick(
  p_tick text, p_schedule text, p_saved_search_id uuid, p_due_at timestamptz, p_cause text
) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  tick public.schedule_ticks;
begin
  insert into public.schedule_ticks (id, schedule, saved_search_id, due_at, cause)
  values (p_tick, p_schedule, (select s.id from public.saved_searches s where s.id = p_saved_search_id), p_due_at, p_cause)
  on conflict (id) do nothing;
  select * into strict tick from public.schedule_ticks where id = p_tick;
  return jsonb_build_object('completed', tick.completed_at is not null, 'boards_fresh', tick.boards_fresh_at is not null,
    'runs_created', tick.runs_created, 'left_out', tick.left_out_because);
end $$;

-- The boards that the tick's due searches name.
create function public.tick_boards(p_tick text, p_inactive_days integer, p_spacing_seconds integer)
returns setof text
language sql stable
set search_path = ''
as $$
  select distinct board
  from public.schedule_ticks t
  join public.saved_searches s on s.schedule = public.follows_of_schedule(t.schedule)
  cross join jsonb_array_elements_text(s.parameters -> 'boards') board
  where t.id = p_tick
    and public.left_out_because(s.id, s.schedule, t.due_at, p_inactive_days, p_spacing_seconds) is null
  order by board
$$;

-- The sources of a board that have to be read, of those that are the same for every search: a feed, or companies.
create function public.stale_sources(p_board text, p_kind text, p_fresh_seconds integer) returns jsonb
language sql stable
set search_path = ''
return (
  select coalesce(jsonb_agg(s.source order by s.source), '[]')
  from public.board_sources('{}', p_board, p_kind, p_fresh_seconds) s
  where s.stale and not s.resting
);

-- The tick's next saved searches, and the last before them: {"reached": uuid, "searches": [{"id", "user_id",
-- "parameters", "left_out_because"}]}. None when all were dealt with.
create function public.tick_searches(p_tick text, p_limit integer, p_inactive_days integer, p_spacing_seconds integer)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  tick public.schedule_ticks;
  follows text;
  listed uuid[];
begin
  select * into tick from public.schedule_ticks where id = p_tick;
  follows := public.follows_of_schedule(tick.schedule);
  if tick.completed_at is not null then
    listed := '{}';
  elsif follows = 'own' then
    listed := array(
      select s.id from public.saved_searches s where s.id = tick.saved_search_id and tick.reached is null
    );
  else
    listed := array(
      select s.id from public.saved_searches s
      where s.schedule = follows and (tick.reached is null or s.id > tick.reached)
      order by s.id limit p_limit
    );
  end if;
  return jsonb_build_object('reached', tick.reached, 'searches', (
    select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'user_id', s.user_id, 'parameters', s.parameters,
      'left_out_because', public.left_out_because(s.id, follows, tick.due_at, p_inactive_days, p_spacing_seconds))
      order by s.id), '[]')
    from public.saved_searches s where s.id = any (listed)
  ));
end $$;

-- Both with the counts of the same reason added up.
create function public.add_counts(a jsonb, b jsonb) returns jsonb
language sql immutable parallel safe
set search_path = ''
return (
  select coalesce(jsonb_object_agg(reason, times), '{}') from (
    select key as reason, sum(value::integer) as times
    from (select * from jsonb_each_text(a) union all select * from jsonb_each_text(b)) each_count
    group by key
  ) total
);

-- A page of the tick in one transaction: the runs of its due searches, the counts, how far it is. p_due: [{"id",
-- "user_id", "parameters", "place_in", "place_reach"}]; p_left_out: {"<reason>": n}. p_after is where the page began: one
-- that another attempt has dealt with changes nothing. A search that somebody began meanwhile counts as under way.
create function public.create_tick_runs(
  p_tick text, p_after uuid, p_reached uuid, p_due jsonb, p_left_out jsonb, p_last boolean
) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  tick public.schedule_ticks;
  runs jsonb := '[]';
  meanwhile integer;
begin
  select * into tick from public.schedule_ticks where id = p_tick for update;
  if tick.id is null then
    raise exception using errcode = 'PT404', message = 'tick_not_found';
  end if;
  if tick.completed_at is null and tick.reached is not distinct from p_after then
    perform set_config('app.actor', 'service', true);
    with due as (
      select d.* from jsonb_to_recordset(p_due)
        as d (id uuid, user_id uuid, parameters jsonb, place_in text[], place_reach text[])
    ), created as (
      insert into public.search_runs (user_id, source, saved_search_id, parameters, place_in, place_reach, tick_id)
      select d.user_id, 'cron', d.id, d.parameters, d.place_in, d.place_reach, p_tick
      from due d join public.saved_searches s on s.id = d.id and s.user_id = d.user_id
      -- Each run takes its person's lock: in one order, so that two ticks do not wait for each other.
      order by d.user_id
      on conflict do nothing
      returning id, user_id, source, saved_search_id, tick_id, jsonb_array_length(parameters -> 'boards') as boards
    )
    select coalesce(jsonb_agg(to_jsonb(c)), '[]') into runs from created c;

    meanwhile := jsonb_array_length(p_due) - jsonb_array_length(runs);
    if meanwhile > 0 then
      p_left_out := public.add_counts(p_left_out, jsonb_build_object('under_way', meanwhile));
    end if;
    update public.schedule_ticks set
      boards_fresh_at = coalesce(boards_fresh_at, clock_timestamp()),
      reached = coalesce(p_reached, reached),
      runs_created = runs_created + jsonb_array_length(runs),
      left_out_because = public.add_counts(left_out_because, p_left_out),
      left_out = left_out + (select coalesce(sum(value::integer), 0) from jsonb_each_text(p_left_out)),
      completed_at = case when p_last then clock_timestamp() end
    where id = p_tick
    returning * into tick;
  end if;
  return jsonb_build_object('runs', runs, 'runs_created', tick.runs_created, 'left_out', tick.left_out_because,
    'completed', tick.completed_at is not null);
end $$;

-- A run waits no longer for a source's sync. Returns how many others wait for it: runs, whoever follows a company that
-- was not read yet, and a tick that reads the boards for all its searches. The sync is stopped when nobody does.
create or replace function public.leave_source_sync(p_source text, p_run uuid) returns integer
language plpgsql
set search_path = ''
as $$
begin
  -- Leaving one after the other: two that leave at once must not both see the other still there.
  perform pg_advisory_xact_lock(hashtextextended('waiters/' || p_source, 0));
  delete from public.source_sync_waiters where source = p_source and run_id = p_run;
  return (select count(*) from public.source_sync_waiters where source = p_source)
    + (
      select count(*) from public.company_follows f
      where f.board = split_part(p_source, '/', 1) and f.token = substr(p_source, length(f.board) + 2)
        and not exists (select from public.source_syncs s where s.source = p_source and s.synced_at is not null)
    )
    + (
      select count(*) from public.schedule_ticks t
      where t.boards_fresh_at is null and t.completed_at is null and t.begun_at > now() - interval '1 hour'
        and public.follows_of_schedule(t.schedule) = 'service'
    );
end $$;
create index schedule_ticks_under_way on public.schedule_ticks (begun_at) where completed_at is null;

-- The reconciler tells a run's tick to the workflow that it starts.
drop function public.runs_to_reconcile(integer, integer, integer, uuid);
create function public.runs_to_reconcile(
  p_pending_seconds integer, p_quiet_seconds integer, p_limit integer, p_after uuid default null
) returns table (id uuid, user_id uuid, source public.search_run_source, saved_search_id uuid, tick_id text,
  boards integer, status public.search_run_status, cancel_requested boolean)
language sql stable
set search_path = ''
as $$
  select r.id, r.user_id, r.source, r.saved_search_id, r.tick_id, jsonb_array_length(r.parameters -> 'boards'),
    r.status, r.cancel_requested_at is not null
  from public.search_runs r
  where r.status in ('pending', 'running')
    and ((r.status = 'pending' and r.created_at < now() - make_interval(secs => p_pending_seconds))
      or (r.status = 'running' and r.updated_at < now() - make_interval(secs => p_quiet_seconds)))
    and (p_after is null or r.id > p_after)
  order by r.id
  limit p_limit
$$;

revoke execute on function
  public.left_out_because(uuid, text, timestamptz, integer, integer),
  public.follows_of_schedule(text), public.begin_tick(text, text, uuid, timestamptz, text),
  public.tick_boards(text, integer, integer), public.stale_sources(text, text, integer),
  public.tick_searches(text, integer, integer, integer), public.add_counts(jsonb, jsonb),
  public.create_tick_runs(text, uuid, uuid, jsonb, jsonb, boolean),
  public.runs_to_reconcile(integer, integer, integer, uuid)
  from public, anon, authenticated;
grant execute on function
  public.left_out_because(uuid, text, timestamptz, integer, integer),
  public.follows_of_schedule(text), public.begin_tick(text, text, uuid, timestamptz, text),
  public.tick_boards(text, integer, integer), public.stale_sources(text, text, integer),
  public.tick_searches(text, integer, integer, integer), public.add_counts(jsonb, jsonb),
  public.create_tick_runs(text, uuid, uuid, jsonb, jsonb, boolean),
  public.runs_to_reconcile(integer, integer, integer, uuid)
  to service_role;
