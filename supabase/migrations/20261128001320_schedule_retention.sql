-- What schedules and alerts leave behind goes after its time, in the sweep's small steps.

-- Ticks that a run refers to are left out from the first, however many there are.
create index schedule_ticks_without_runs on public.schedule_ticks (begun_at) where runs_created = 0;
create index tick_requests_by_time on public.tick_requests (asked_at);
create index alerts_closed on public.alerts (resolved_at) where resolved_at is not null;

-- Removes what is older than so many days, at most p_limit of each: ticks that made no run, requests for ticks, and alerts
-- that are over (with what was told of them) and silences that ended. Returns how many of each.
-- A tick stays as long as its runs do: the history tells by which tick a run came, and the same tick started again finds
-- itself completed. One with an open alert stays until it is made up for.
create function public.purge_schedule_records(p_tick_days integer, p_request_days integer, p_alert_days integer, p_limit integer)
returns jsonb
language sql
set search_path = ''
as $$
  with ticks as (
    delete from public.schedule_ticks where id = any (array(
      select t.id from public.schedule_ticks t
      where t.runs_created = 0 and t.begun_at < now() - make_interval(days => p_tick_days)
        and not exists (select from public.search_runs r where r.tick_id = t.id)
        and not exists (select from public.alerts a where a.tick_id = t.id and a.resolved_at is null)
      limit p_limit))
    returning 1
  ), requests as (
    delete from public.tick_requests where id = any (array(
      select r.id from public.tick_requests r
      where r.asked_at < now() - make_interval(days => p_request_days) limit p_limit))
    returning 1
  ), alerts as (
    delete from public.alerts where id = any (array(
      select a.id from public.alerts a
      where a.resolved_at < now() - make_interval(days => p_alert_days) limit p_limit))
    returning 1
  ), silences as (
    delete from public.alert_silences where until < now() - make_interval(days => p_alert_days)
  )
  select jsonb_build_object('ticks', (select count(*) from ticks), 'requests', (select count(*) from requests),
    'alerts', (select count(*) from alerts))
$$;

-- The tick begins, or goes on: an interrupted one where it was. One that was due longer than p_retention_days ago and is not
-- known is refused: it may have happened and been forgotten since. Known are a row, and an open alert that it was missed.
drop function public.begin_tick(text, text, uuid, timestamptz, text);
create function public.begin_tick(
  p_tick text, p_schedule text, p_saved_search_id uuid, p_due_at timestamptz, p_cause text, p_retention_days integer default null
) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  tick public.schedule_ticks;
begin
  if p_due_at < now() - make_interval(days => p_retention_days)
    and not exists (select from public.schedule_ticks t where t.id = p_tick)
    and not exists (select from public.alerts a where a.tick_id = p_tick and a.resolved_at is null)
  then
    raise exception using errcode = 'PT410', message = 'tick_forgotten';
  end if;
  insert into public.schedule_ticks (id, schedule, saved_search_id, due_at, cause)
  values (p_tick, p_schedule, (select s.id from public.saved_searches s where s.id = p_saved_search_id), p_due_at, p_cause)
  on conflict (id) do nothing;
  select * into strict tick from public.schedule_ticks where id = p_tick;
  return jsonb_build_object('completed', tick.completed_at is not null, 'boards_fresh', tick.boards_fresh_at is not null,
    'runs_created', tick.runs_created, 'left_out', tick.left_out_because);
end $$;

revoke execute on function
  public.purge_schedule_records(integer, integer, integer, integer),
  public.begin_tick(text, text, uuid, timestamptz, text, integer)
  from public, anon, authenticated;
grant execute on function
  public.purge_schedule_records(integer, integer, integer, integer),
  public.begin_tick(text, text, uuid, timestamptz, text, integer)
  to service_role;
