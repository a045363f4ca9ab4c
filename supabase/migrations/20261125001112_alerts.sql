-- What an operator has to see: raised once, told once, resolved once.
create table public.alerts (
  id uuid primary key default gen_random_uuid(),
  -- What it is about; one that is open is not raised again.
  key text not null,
  kind text not null check (kind in ('tick_missed', 'tick_unfinished')),
  message text not null,
  tick_id text,
  raised_at timestamptz not null default clock_timestamp(),
  resolved_at timestamptz,
  -- When the operator was told that it is so, and that it is over.
  told_at timestamptz,
  told_resolved_at timestamptz
);
create unique index alerts_open on public.alerts (key) where resolved_at is null;
create index alerts_by_tick on public.alerts (tick_id);
create index alerts_untold on public.alerts (raised_at)
  where told_at is null or (resolved_at is not null and told_resolved_at is null);

-- Up to when the times of a schedule were looked at. 'saved-search' stands for all that have times of their own.
create table public.schedule_watches (
  schedule text primary key,
  watched_until timestamptz not null
);

alter table public.alerts enable row level security;
alter table public.schedule_watches enable row level security;
create policy "service: everything" on public.alerts for all to service_role using (true) with check (true);
create policy "service: everything" on public.schedule_watches for all to service_role using (true) with check (true);
grant all on public.alerts, public.schedule_watches to service_role;

-- Up to when a schedule's times were looked at; one that is watched for the first time begins at p_since. Never longer
-- ago than p_lookback_seconds.
create function public.watched_until(p_schedule text, p_since timestamptz, p_lookback_seconds integer)
returns timestamptz
language sql
set search_path = ''
begin atomic
  insert into public.schedule_watches (schedule, watched_until) values (p_schedule, p_since)
  on conflict (schedule) do update set watched_until = public.schedule_watches.watched_until
  returning greatest(watched_until, now() - make_interval(secs => p_lookback_seconds));
end;

-- A schedule's times were looked at up to p_until: ticks of p_ticks [{"tick", "schedule", "due"}] that were not completed are
-- alerts. Looking at the same again raises none again.
create function public.watch_ticks(p_schedule text, p_until timestamptz, p_ticks jsonb) returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.alerts (key, kind, message, tick_id)
  select 'tick/' || e.tick, case when t.id is null then 'tick_missed' else 'tick_unfinished' end,
    format(case when t.id is null then 'The tick of %s that was due at %s did not happen.'
      else 'The tick of %s that was due at %s did not come to its end.' end, e.schedule, e.due), e.tick
  from jsonb_to_recordset(p_ticks) as e (tick text, schedule text, due text)
  left join public.schedule_ticks t on t.id = e.tick
  where t.completed_at is null and not exists (select from public.alerts a where a.key = 'tick/' || e.tick)
  on conflict do nothing;
  update public.schedule_watches set watched_until = greatest(watched_until, p_until) where schedule = p_schedule;
end $$;

-- Ticks that anybody began and that did not come to their end within p_grace_seconds are alerts as well. Alerts whose tick
-- was completed are resolved; of a saved search with times of its own also when a later tick was, or when it has them no
-- more; and those of schedules that are no more among p_schedules.
create function public.settle_tick_alerts(p_grace_seconds integer, p_lookback_seconds integer, p_schedules text[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.alerts (key, kind, message, tick_id)
  select 'tick/' || t.id, 'tick_unfinished',
    format('The tick of %s that was due at %s did not come to its end.', t.schedule,
      to_char(t.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"')), t.id
  from public.schedule_ticks t
  where t.completed_at is null and t.begun_at < now() - make_interval(secs => p_grace_seconds)
    and t.begun_at > now() - make_interval(secs => p_lookback_seconds)
    and (t.schedule = any (p_schedules) or public.follows_of_schedule(t.schedule) = 'own')
    and not exists (select from public.alerts a where a.key = 'tick/' || t.id)
  on conflict do nothing;

  update public.alerts a set resolved_at = clock_timestamp()
  from (
    select o.id, regexp_replace(o.tick_id, '/[^/]*$', '') as schedule, right(o.tick_id, 17) as due
    from public.alerts o where o.resolved_at is null and o.tick_id is not null
  ) open
  where a.id = open.id and case public.follows_of_schedule(open.schedule)
    when 'service' then not open.schedule = any (p_schedules)
      or exists (select from public.schedule_ticks t where t.id = a.tick_id and t.completed_at is not null)
    else not exists (
        select from public.saved_searches s
        where s.id::text = split_part(open.schedule, '/', 2) and s.schedule = 'own' and s.paused_at is null
      )
      or exists (
        select from public.schedule_ticks t
        where t.schedule = open.schedule and t.due_at >= open.due::timestamptz and t.completed_at is not null
      )
    end;
  delete from public.schedule_watches w where w.schedule <> 'saved-search' and not w.schedule = any (p_schedules);
end $$;

-- The timetables of saved searches with times of their own, page by page; changed_at: they are what they are since then.
create function public.own_timetables(p_after uuid, p_limit integer) returns jsonb
language sql stable
set search_path = ''
return (
  select coalesce(jsonb_agg(jsonb_build_object('id', own.id, 'times', own.own_times, 'days', own.own_days,
    'timeZone', own.time_zone, 'changed_at', own.updated_at) order by own.id), '[]')
  from (
    select s.* from public.saved_searches s
    where s.schedule = 'own' and s.paused_at is null and (p_after is null or s.id > p_after)
    order by s.id limit p_limit
  ) own
);

-- What the operator was not told yet: alerts, and that alerts they were told of are over.
create function public.alerts_to_tell(p_limit integer) returns jsonb
language sql stable
set search_path = ''
return (
  select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'message', a.message,
    'raised_at', a.raised_at, 'resolved_at', a.resolved_at) order by a.raised_at, a.id), '[]')
  from (
    select * from public.alerts
    where (told_at is null and resolved_at is null) or (told_at is not null and resolved_at is not null and told_resolved_at is null)
    order by raised_at, id limit p_limit
  ) a
);

create function public.alerts_told(p_alerts uuid[]) returns void
language sql
set search_path = ''
begin atomic
  update public.alerts set told_at = coalesce(told_at, clock_timestamp()),
    told_resolved_at = case when resolved_at is not null then clock_timestamp() end
  where id = any (p_alerts);
end;

revoke execute on function
  public.watched_until(text, timestamptz, integer), public.watch_ticks(text, timestamptz, jsonb),
  public.settle_tick_alerts(integer, integer, text[]), public.own_timetables(uuid, integer),
  public.alerts_to_tell(integer), public.alerts_told(uuid[])
  from public, anon, authenticated;
grant execute on function
  public.watched_until(text, timestamptz, integer), public.watch_ticks(text, timestamptz, jsonb),
  public.settle_tick_alerts(integer, integer, text[]), public.own_timetables(uuid, integer),
  public.alerts_to_tell(integer), public.alerts_told(uuid[])
  to service_role;
