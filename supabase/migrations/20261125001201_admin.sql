-- What the admin pages show. Every function asks first whether the token is an admin's; for anybody else there is nothing.

create function public.is_admin() returns boolean
language sql stable
set search_path = ''
return coalesce(auth.jwt() -> 'app_metadata' ->> 'role' = 'admin', false);

create function public.expect_admin() returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if not public.is_admin() then
    raise exception using errcode = 'PT404', message = 'admins_only';
  end if;
end $$;

-- Runs by their end, the last first; those that go on stand before all others.
create index search_runs_by_end on public.search_runs
  (coalesce(completed_at, 'infinity'::timestamptz) desc, id desc);
create index search_runs_failed_by_end on public.search_runs
  (error_class, coalesce(completed_at, 'infinity'::timestamptz) desc, id desc) where error_class is not null;
create index search_runs_unsuccessful_by_end on public.search_runs
  (status, coalesce(completed_at, 'infinity'::timestamptz) desc, id desc) where status in ('failed', 'cancelled');
-- What went wrong with a board, the last first.
create index search_run_boards_gone_wrong_by_board on public.search_run_boards (board, completed_at desc, run_id)
  where state = 'failed' or sources_failed > 0;
-- When a board was read last, and when it failed last.
create index source_syncs_by_success on public.source_syncs (board, synced_at desc) where synced_at is not null;
create index source_syncs_by_failure on public.source_syncs (board, failed_at desc) where failed_at is not null;
-- Ticks of saved searches' own times.
create index schedule_ticks_own_by_due on public.schedule_ticks (due_at, completed_at) where saved_search_id is not null;
create index alerts_by_time on public.alerts (raised_at desc);

-- Where the figures of the last p_hours hours begin and end, counting the hour under way, and in steps of how many hours
-- they are drawn.
create function public.figures_window(
  p_hours integer, out since timestamptz, out until timestamptz, out step_hours integer
)
language sql stable
set search_path = ''
begin atomic
  select date_trunc('hour', now(), 'UTC') + interval '1 hour' - make_interval(hours => p_hours),
    date_trunc('hour', now(), 'UTC') + interval '1 hour',
    case when p_hours <= 24 then 1 when p_hours <= 168 then 6 else 24 end;
end;

-- How runs ended, in all and step by step, how long they took, and how many are under way.
create function public.admin_run_figures(p_hours integer) returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
declare
  span record;
  step interval;
begin
  perform public.expect_admin();
  select * into span from public.figures_window(p_hours);
  step := make_interval(hours => span.step_hours);
  return jsonb_build_object(
    'since', span.since, 'until', span.until, 'step_hours', span.step_hours,
    'counts', (
      select coalesce(jsonb_agg(to_jsonb(c)), '[]') from (
        select f.outcome, f.source, f.error_class, sum(f.runs) as runs
        from public.run_figures f where f.hour >= span.since and f.hour < span.until
        group by 1, 2, 3 order by 1, 2, 3
      ) c
    ),
    'steps', (
      select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (
        select date_bin(step, f.hour, span.since) as at, f.outcome, sum(f.runs) as runs
        from public.run_figures f where f.hour >= span.since and f.hour < span.until
        group by 1, 2 order by 1, 2
      ) s
    ),
    -- By nearest rank: the first bucket up to which that share of the runs lies. The row without a step is for all.
    'durations', (
      select coalesce(jsonb_agg(to_jsonb(d) order by d.at nulls first), '[]') from (
        select ranked.at, ranked.total as runs,
          public.bucket_milliseconds(min(ranked.bucket) filter (where ranked.upto >= ceil(0.5 * ranked.total))) as p50,
          public.bucket_milliseconds(min(ranked.bucket) filter (where ranked.upto >= ceil(0.95 * ranked.total))) as p95
        from (
          select counted.at, counted.bucket,
            sum(counted.runs) over (partition by counted.at order by counted.bucket) as upto,
            sum(counted.runs) over (partition by counted.at) as total
          from (
            select date_bin(step, f.hour, span.since) as at, f.bucket, sum(f.runs) as runs
            from public.run_duration_figures f where f.hour >= span.since and f.hour < span.until
            group by grouping sets ((1, 2), (2))
          ) counted
        ) ranked
        group by ranked.at, ranked.total
      ) d
    ),
    'active', (
      select jsonb_build_object('pending', count(*) filter (where r.status = 'pending'),
        'running', count(*) filter (where r.status = 'running'), 'oldest', min(r.created_at))
      from public.search_runs r where r.status in ('pending', 'running')
    ));
end $$;

-- How each board did in runs, what was asked of it, and when it was read last.
create function public.admin_board_figures(p_hours integer) returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
declare
  span record;
begin
  perform public.expect_admin();
  select * into span from public.figures_window(p_hours);
  return jsonb_build_object(
    'since', span.since, 'until', span.until,
    'boards', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'board', b.board, 'availability', b.availability,
        'outcomes', coalesce(ended.outcomes, '[]'),
        'requests', coalesce(asked.requests, 0), 'busiest_hour', coalesce(asked.busiest, 0),
        'synced_at', good.synced_at, 'failed_at', bad.failed_at, 'error_class', bad.error_class,
        'source_failed', bad.source) order by b.board), '[]')
      from public.boards b
      left join (
        select o.board, jsonb_agg(jsonb_build_object('outcome', o.outcome, 'error_class', o.error_class, 'runs', o.runs)
          order by o.outcome, o.error_class) as outcomes
        from (
          select f.board, f.outcome, f.error_class, sum(f.runs) as runs
          from public.board_figures f where f.hour >= span.since and f.hour < span.until group by 1, 2, 3
        ) o group by o.board
      ) ended on ended.board = b.board
      left join (
        select q.board, sum(q.requests) as requests, max(q.requests) as busiest
        from public.board_requests q where q.hour >= span.since and q.hour < span.until group by 1
      ) asked on asked.board = b.board
      left join lateral (
        select s.synced_at from public.source_syncs s
        where s.board = b.board and s.synced_at is not null order by s.synced_at desc limit 1
      ) good on true
      left join lateral (
        select s.failed_at, s.error_class, s.source from public.source_syncs s
        where s.board = b.board and s.failed_at is not null order by s.failed_at desc limit 1
      ) bad on true
    ));
end $$;

-- What became of the ticks: of each of the service's schedules one by one, of saved searches' own times in all; and the
-- alerts that are open or were raised.
create function public.admin_schedule_figures(p_hours integer, p_schedules text[]) returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
declare
  span record;
begin
  perform public.expect_admin();
  select * into span from public.figures_window(p_hours);
  return jsonb_build_object(
    'since', span.since, 'until', span.until,
    'ticks', (
      select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'schedule', t.schedule, 'due_at', t.due_at,
        'cause', t.cause, 'begun_at', t.begun_at, 'completed_at', t.completed_at, 'runs_created', t.runs_created,
        'left_out', t.left_out) order by t.due_at desc), '[]')
      from public.schedule_ticks t
      where t.schedule = any (p_schedules) and t.due_at >= span.since and t.due_at < span.until
    ),
    -- Nothing is missed of a schedule before its first tick.
    'first_ticks', (
      select coalesce(jsonb_object_agg(s, (select min(t.due_at) from public.schedule_ticks t where t.schedule = s)), '{}')
      from unnest(p_schedules) s
    ),
    'own', (
      select jsonb_build_object('begun', count(*), 'completed', count(t.completed_at))
      from public.schedule_ticks t
      where t.saved_search_id is not null and t.due_at >= span.since and t.due_at < span.until
    ),
    'alerts', (
      select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'message', a.message,
        'raised_at', a.raised_at, 'resolved_at', a.resolved_at) order by a.raised_at desc), '[]')
      from (
        select * from public.alerts a
        where a.resolved_at is null or a.raised_at >= span.since
        order by a.raised_at desc limit 100
      ) a
    ));
end $$;

-- A page of everybody's runs by keyset over their end, the last first: what is behind the figures. p_outcome: a status as
-- people are shown it, and p_error_class: of the run as a whole, or of p_board where that is given. With p_board and
-- p_board_failed the runs in which that board went wrong.
-- The statement has the conditions that are asked for and no others, so that each is planned with its own index.
create function public.admin_runs(
  p_outcome text default null, p_source text default null, p_error_class text default null, p_board text default null,
  p_board_failed boolean default null, p_tick text default null, p_since timestamptz default null, p_until timestamptz default null,
  p_after_at timestamptz default null, p_after_id uuid default null, p_limit integer default 50
) returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
declare
  ended constant text := 'coalesce(r.completed_at, ''infinity''::timestamptz)';
  gone_wrong constant text := '(b.state = ''failed'' or b.sources_failed > 0)';
  -- A board ends before its run; what ended long before a run's longest time is none of it.
  of_board constant text := format('r.id in (select b.run_id from public.search_run_boards b where b.board = $4 and %s %s %s %s)',
    gone_wrong,
    case when p_error_class is not null then 'and b.error_class = $3::public.board_error_class' end,
    case when p_since is not null then 'and b.completed_at >= $5 - interval ''1 day''' end,
    case when p_until is not null then 'and b.completed_at < $6' end);
  fits text := concat_ws(' and ', 'true',
    case p_outcome
      when 'success' then format('r.status = ''success'' and not exists (
        select from public.search_run_boards b where b.run_id = r.id and %s)', gone_wrong)
      when 'partial' then format('r.status = ''success'' and exists (
        select from public.search_run_boards b where b.run_id = r.id and %s)', gone_wrong)
      else case when p_outcome is not null then format('r.status in (%s) and r.status = $1::public.search_run_status',
        case when p_outcome in ('failed', 'cancelled') then '''failed'', ''cancelled''' else '''pending'', ''running''' end) end
    end,
    case when p_source is not null then 'r.source = $2::public.search_run_source' end,
    case
      when p_board is not null and (p_board_failed or p_error_class is not null) then of_board
      when p_board is not null then 'r.parameters -> ''boards'' ? $4'
      when p_error_class is not null then 'r.error_class = $3'
    end,
    case when p_tick is not null then 'r.tick_id = $10' end,
    case when p_since is not null then ended || ' >= $5' end,
    case when p_until is not null then ended || ' < $6' end,
    case when p_after_at is not null then format('(%s, r.id) < ($7, $8)', ended) end);
  items jsonb;
begin
  perform public.expect_admin();
  -- Boards do not go wrong by what befalls whole runs.
  if p_board is not null and p_error_class <> all (enum_range(null::public.board_error_class)::text[]) then
    return '[]';
  end if;
  execute format('
    select jsonb_agg(jsonb_build_object(
      ''id'', page.id, ''user_id'', page.user_id, ''outcome'', public.run_outcome(page.status, page.id),
      ''source'', page.source, ''error_class'', page.error_class,
      ''created_at'', page.created_at, ''started_at'', page.started_at, ''completed_at'', page.completed_at,
      ''failed_boards'', (
        select coalesce(jsonb_agg(jsonb_build_object(''board'', b.board, ''error_class'', b.error_class) order by b.board), ''[]'')
        from public.search_run_boards b where b.run_id = page.id and %s
      )) order by coalesce(page.completed_at, ''infinity''::timestamptz) desc, page.id desc)
    from (select r.* from public.search_runs r where %s order by %s desc, r.id desc limit $9) page',
    gone_wrong, fits, ended)
    into items
    using p_outcome, p_source, p_error_class, p_board, p_since, p_until, p_after_at, p_after_id, p_limit, p_tick;
  return coalesce(items, '[]');
end $$;

revoke execute on function
  public.is_admin(), public.expect_admin(), public.figures_window(integer), public.admin_run_figures(integer),
  public.admin_board_figures(integer), public.admin_schedule_figures(integer, text[]),
  public.admin_runs(text, text, text, text, boolean, text, timestamptz, timestamptz, timestamptz, uuid, integer)
  from public, anon;
revoke execute on function public.figures_window(integer) from authenticated;
grant execute on function
  public.is_admin(), public.expect_admin(), public.admin_run_figures(integer), public.admin_board_figures(integer),
  public.admin_schedule_figures(integer, text[]),
  public.admin_runs(text, text, text, text, boolean, text, timestamptz, timestamptz, timestamptz, uuid, integer)
  to authenticated, service_role;
grant execute on function public.figures_window(integer) to service_role;
