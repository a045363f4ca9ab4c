-- The due rule as a part of one query instead of a call a row: a tick of many searches goes through all of them twice, once
-- for its boards and once page by page.

-- The saved searches that a tick goes through, in the order of their ids, each due (left_out_because is null) or left out.
-- The one place of this rule.
--   schedule   it does not follow this schedule (any more)
--   paused     the person paused it
--   away       the person was not here for p_inactive_days
--   quiet      the tick was due in the person's quiet hours
--   under_way  the same search is being run
--   recent     the same search was begun less than p_spacing_seconds ago
create function public.searches_of_tick(
  p_tick text, p_after uuid, p_limit integer, p_inactive_days integer, p_spacing_seconds integer
) returns table (id uuid, user_id uuid, parameters jsonb, left_out_because text)
language plpgsql stable
set search_path = ''
as $$
declare
  tick public.schedule_ticks;
  follows text;
begin
  select * into strict tick from public.schedule_ticks t where t.id = p_tick;
  follows := public.follows_of_schedule(tick.schedule);
  return query
    select s.id, s.user_id, s.parameters, case
      when s.schedule <> follows then 'schedule'
      when s.paused_at is not null then 'paused'
      when p.seen_at < now() - make_interval(days => p_inactive_days) then 'away'
      when p.quiet_from is not null and public.is_quiet(p.time_zone, p.quiet_from, p.quiet_to, tick.due_at) then 'quiet'
      when exists (
        select from public.search_runs r
        where r.user_id = s.user_id and r.status in ('pending', 'running')
          and r.search_key = public.search_key(s.parameters)
      ) then 'under_way'
      when exists (
        select from public.search_runs r
        where r.user_id = s.user_id and r.created_at > now() - make_interval(secs => p_spacing_seconds)
          and r.search_key = public.search_key(s.parameters)
      ) then 'recent'
    end
    from (
      select * from public.saved_searches one where follows = 'own' and one.id = tick.saved_search_id
      union all
      select * from public.saved_searches each where follows = 'service' and each.schedule = 'service'
    ) s
    left join public.profiles p on p.user_id = s.user_id
    where p_after is null or s.id > p_after
    order by s.id
    limit p_limit;
end $$;

-- The boards that the tick's due searches name.
create or replace function public.tick_boards(p_tick text, p_inactive_days integer, p_spacing_seconds integer)
returns setof text
language sql stable
set search_path = ''
as $$
  select distinct board
  from public.searches_of_tick(p_tick, null, null, p_inactive_days, p_spacing_seconds) s
  cross join jsonb_array_elements_text(s.parameters -> 'boards') board
  where s.left_out_because is null
  order by board
$$;

-- The tick's next saved searches, and the last before them: {"reached": uuid, "searches": [{"id", "user_id",
-- "parameters", "left_out_because"}]}. None when all were dealt with.
create or replace function public.tick_searches(
  p_tick text, p_limit integer, p_inactive_days integer, p_spacing_seconds integer
) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('reached', t.reached, 'searches', coalesce((
    select jsonb_agg(to_jsonb(s) order by s.id)
    from public.searches_of_tick(p_tick, t.reached, p_limit, p_inactive_days, p_spacing_seconds) s
    where t.completed_at is null
  ), '[]'))
  from public.schedule_ticks t where t.id = p_tick
$$;

drop function public.left_out_because(uuid, text, timestamptz, integer, integer);

revoke execute on function public.searches_of_tick(text, uuid, integer, integer, integer)
  from public, anon, authenticated;
grant execute on function public.searches_of_tick(text, uuid, integer, integer, integer) to service_role;
