-- Alerts by rules (domain/alert-rules.ts): what each look found, what was told on which channel, what is silenced.

alter table public.alerts
  drop constraint alerts_kind_check,
  -- A rule's name: the code knows which there are.
  add constraint alerts_kind_check check (kind ~ '^[a-z_]{1,50}$'),
  -- What of the rule it is about, as an operator names it: a board, a task queue, a path, a schedule.
  add column subject text not null generated always as (
    case when tick_id is null then regexp_replace(key, '^[^/]*/', '') else regexp_replace(tick_id, '/[^/]*$', '') end
  ) stored;

-- What the last looks at each subject of a rule found: what an alert waits for before it is raised or over.
create table public.alert_looks (
  -- <rule>/<subject>, as in alerts.
  key text primary key,
  -- The look that was counted last: one that is repeated counts once.
  look text not null,
  -- Looks in a row that found it over its threshold, or well under it.
  over integer not null,
  under integer not null,
  value double precision,
  looked_at timestamptz not null default clock_timestamp()
);

-- What was told of an alert on a channel: at most one row for that it is so and one for that it is over.
create table public.alert_notices (
  alert_id uuid not null references public.alerts (id) on delete cascade,
  channel text not null check (channel ~ '^[a-z]{1,20}$'),
  event text not null check (event in ('raised', 'resolved')),
  -- sending → told; waiting after it was certainly not taken; unsure when nobody knows and it is not told again.
  state text not null check (state in ('sending', 'told', 'waiting', 'unsure')),
  -- The message that it is part of, which is told as a whole.
  message_id uuid not null,
  attempts integer not null default 1,
  put_off_until timestamptz,
  -- What the channel answered last, as a code.
  error text,
  claimed_at timestamptz not null default clock_timestamp(),
  told_at timestamptz,
  primary key (alert_id, channel, event)
);
create index alert_notices_sending on public.alert_notices (channel, claimed_at) where state = 'sending';
create index alert_notices_by_message on public.alert_notices (message_id);

create table public.alert_silences (
  id uuid primary key default gen_random_uuid(),
  rule text not null check (rule ~ '^[a-z_]{1,50}$'),
  -- Null: the whole rule.
  subject text,
  until timestamptz not null,
  reason text,
  created_at timestamptz not null default now(),
  constraint alert_silences_once unique nulls not distinct (rule, subject)
);

alter table public.alert_looks enable row level security;
alter table public.alert_notices enable row level security;
alter table public.alert_silences enable row level security;
create policy "service: everything" on public.alert_looks for all to service_role using (true) with check (true);
create policy "service: everything" on public.alert_notices for all to service_role using (true) with check (true);
create policy "service: everything" on public.alert_silences for all to service_role using (true) with check (true);
revoke all on public.alert_looks, public.alert_notices, public.alert_silences from anon, authenticated;
grant all on public.alert_looks, public.alert_notices, public.alert_silences to service_role;

-- What was told before there were channels was told on both there were.
insert into public.alert_notices (alert_id, channel, event, state, message_id, told_at)
select a.id, c.channel, e.event, 'told', gen_random_uuid(), e.told_at
from public.alerts a, unnest(array['log', 'email']) c (channel),
  lateral (values ('raised', a.told_at), ('resolved', a.told_resolved_at)) e (event, told_at)
where e.told_at is not null;
drop function public.alerts_to_tell(integer), public.alerts_told(uuid[]);
drop index public.alerts_untold;
alter table public.alerts drop column told_at, drop column told_resolved_at;

-- Since when a source has failed without a success in between.
alter table public.source_syncs add column failing_since timestamptz;
update public.source_syncs set failing_since = failed_at where failed_at is not null;
create function public.source_syncs_failing() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.failing_since := case when new.failed_at is not null then coalesce(old.failing_since, new.failed_at) end;
  return new;
end $$;
create trigger source_syncs_failing before insert or update of failed_at on public.source_syncs
  for each row execute function public.source_syncs_failing();

-- Runs that ended in the last minutes.
create index search_runs_ended on public.search_runs (completed_at) where status in ('success', 'failed');

-- What the rules look at in the database: how the runs of the last p_window_minutes ended; for how many hours each board
-- that can be asked has failed as a whole; the size of the database; runs under way for longer than p_stuck_minutes, where
-- a schedule's run may wait for its turn: of a large tick the last do for long.
-- A source that is not there, or that was cancelled, says nothing about its board.
create function public.alert_figures(p_window_minutes integer, p_stuck_minutes integer) returns jsonb
language sql stable
set search_path = ''
return jsonb_build_object(
  'runs', (
    select jsonb_build_object('ended', count(*), 'failed', count(*) filter (where r.status = 'failed'))
    from public.search_runs r
    where r.status in ('success', 'failed') and r.completed_at > now() - make_interval(mins => p_window_minutes)
  ),
  'boards', (
    select coalesce(jsonb_agg(jsonb_build_object('board', b.board, 'hours', coalesce(extract(epoch from now() - f.since) / 3600, 0),
      'error_class', f.error_class) order by b.board), '[]')
    from public.boards b
    left join lateral (
      select max(s.synced_at) as synced_at from public.source_syncs s where s.board = b.board
    ) ok on true
    left join lateral (
      select min(greatest(s.failing_since, ok.synced_at)) as since,
        (array_agg(s.error_class order by s.failed_at desc))[1] as error_class
      from public.source_syncs s
      where s.board = b.board and s.failing_since is not null and s.failed_at > coalesce(ok.synced_at, '-infinity')
        and s.error_class not in ('not_found', 'cancelled')
    ) f on true
    where b.availability = 'ready'
  ),
  'database_bytes', pg_catalog.pg_database_size(pg_catalog.current_database()),
  'stuck', (
    select jsonb_build_object('runs', count(*), 'minutes', coalesce(extract(epoch from now() - min(r.since)) / 60, 0),
      'oldest', (array_agg(r.id order by r.since))[1])
    from (
      select a.id, case a.source when 'manual' then a.created_at else a.started_at end as since
      from public.search_runs a
      where a.status in ('pending', 'running')
    ) r
    where r.since < now() - make_interval(mins => p_stuck_minutes)
  )
);

-- What the looks before found, and which alerts they left open.
create function public.alert_look_states() returns jsonb
language sql stable
set search_path = ''
return (
  select coalesce(jsonb_agg(jsonb_build_object('key', l.key, 'over', l.over, 'under', l.under, 'is_open',
    exists (select from public.alerts a where a.key = l.key and a.resolved_at is null)) order by l.key), '[]')
  from public.alert_looks l
);

-- A look's findings [{"key", "kind", "over", "under", "value", "change": "raise"|"resolve"|"forget"|null, "message"}] in one
-- transaction. The same look again changes nothing.
create function public.record_looks(p_look text, p_findings jsonb) returns void
language plpgsql
set search_path = ''
as $$
begin
  with found as (
    select * from jsonb_to_recordset(p_findings)
      as f (key text, kind text, over integer, under integer, value double precision, change text, message text)
  ), counted as (
    insert into public.alert_looks as l (key, look, over, under, value)
    select f.key, p_look, f.over, f.under, f.value from found f
    on conflict (key) do update set look = excluded.look, over = excluded.over, under = excluded.under,
      value = excluded.value, looked_at = clock_timestamp() where l.look <> excluded.look
    returning l.key
  ), raised as (
    insert into public.alerts (key, kind, message)
    select f.key, f.kind, f.message from found f join counted c using (key) where f.change = 'raise'
    on conflict do nothing
  )
  update public.alerts a set resolved_at = clock_timestamp()
  from found f join counted c using (key)
  where f.change = 'resolve' and a.key = f.key and a.resolved_at is null;
  delete from public.alert_looks l
  using jsonb_to_recordset(p_findings) as f (key text, change text) where f.change = 'forget' and l.key = f.key;
end $$;

create function public.is_silenced(p_rule text, p_subject text) returns boolean
language sql stable
set search_path = ''
return exists (
  select from public.alert_silences s
  where s.rule = p_rule and (s.subject is null or s.subject = p_subject) and s.until > now()
);

-- Claims the next message of a channel, at most p_limit notices: {"id", "notices": [...]}, or null. A claim stands before
-- anything is sent, so that nobody else sends the same. One that has had no outcome for p_stale_seconds is of a process that
-- died: its message is told again under the same id where the channel knows it again (p_repeats), else it is left unsure.
create function public.claim_alert_notices(p_channel text, p_repeats boolean, p_stale_seconds integer, p_limit integer)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  claimed uuid;
begin
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('alert_notices/' || p_channel, 0));
  if p_repeats then
    select n.message_id into claimed from public.alert_notices n
    where n.channel = p_channel and n.state = 'sending' and n.claimed_at < now() - make_interval(secs => p_stale_seconds)
    order by n.claimed_at limit 1;
    update public.alert_notices n set attempts = n.attempts + 1, claimed_at = clock_timestamp() where n.message_id = claimed;
  else
    update public.alert_notices n set state = 'unsure', error = coalesce(n.error, 'no outcome')
    where n.channel = p_channel and n.state = 'sending' and n.claimed_at < now() - make_interval(secs => p_stale_seconds);
  end if;
  if claimed is null then
    claimed := gen_random_uuid();
    insert into public.alert_notices as n (alert_id, channel, event, state, message_id)
    select a.id, p_channel, e.event, 'sending', claimed
    from public.alerts a
    cross join lateral (
      select case when a.resolved_at is null then 'raised' else 'resolved' end as event,
        coalesce(a.resolved_at, a.raised_at) as at
    ) e
    where not public.is_silenced(a.kind, a.subject)
      and not exists (
        select from public.alert_notices t where t.alert_id = a.id and t.channel = p_channel and t.event = e.event
          and (t.state <> 'waiting' or t.put_off_until > now())
      )
      -- Who was not told that it is so has nothing to be told.
      and (a.resolved_at is null or exists (
        select from public.alert_notices t where t.alert_id = a.id and t.channel = p_channel and t.event = 'raised'
          and t.state in ('told', 'unsure')
      ))
    order by e.at, a.id limit p_limit
    on conflict (alert_id, channel, event) do update
      set state = 'sending', message_id = excluded.message_id, attempts = n.attempts + 1, claimed_at = clock_timestamp();
  end if;
  return (
    select jsonb_build_object('id', claimed, 'notices', jsonb_agg(jsonb_build_object('event', n.event, 'kind', a.kind,
      'subject', a.subject, 'message', a.message, 'raised_at', a.raised_at, 'resolved_at', a.resolved_at)
      order by n.event, a.raised_at, a.id))
    from public.alert_notices n join public.alerts a on a.id = n.alert_id
    where n.message_id = claimed having count(*) > 0
  );
end $$;

-- What became of a claimed message: told; not_told, to be told from p_put_off_seconds on; unsure, when it may have been. What
-- a channel knows again (p_repeats) is then told again under the same id.
create function public.close_alert_message(
  p_message uuid, p_outcome text, p_repeats boolean default false, p_error text default null,
  p_put_off_seconds integer default null
) returns void
language sql
set search_path = ''
begin atomic
  update public.alert_notices n set
    state = case p_outcome when 'told' then 'told' when 'not_told' then 'waiting'
      else case when p_repeats then 'sending' else 'unsure' end end,
    claimed_at = case when p_outcome = 'unsure' and p_repeats then '-infinity' else n.claimed_at end,
    told_at = case when p_outcome = 'told' then clock_timestamp() end,
    put_off_until = now() + make_interval(secs => p_put_off_seconds),
    error = left(p_error, 200)
  where n.message_id = p_message and n.state = 'sending';
end;

-- For an operator: alerts that are open or were in the last p_hours, and the silences that hold.
create function public.alerts_overview(p_hours integer) returns jsonb
language sql stable
set search_path = ''
return jsonb_build_object(
  'alerts', (
    select coalesce(jsonb_agg(jsonb_build_object('rule', a.kind, 'subject', a.subject, 'message', a.message,
      'raised_at', a.raised_at, 'resolved_at', a.resolved_at, 'silenced', public.is_silenced(a.kind, a.subject),
      'notices', (
        select coalesce(jsonb_agg(jsonb_build_object('channel', n.channel, 'event', n.event, 'state', n.state, 'error', n.error)
          order by n.channel, n.event), '[]')
        from public.alert_notices n where n.alert_id = a.id
      )) order by a.resolved_at desc nulls first, a.raised_at desc), '[]')
    from public.alerts a
    where a.resolved_at is null or a.resolved_at > now() - make_interval(hours => p_hours)
  ),
  'silences', (
    select coalesce(jsonb_agg(jsonb_build_object('rule', s.rule, 'subject', s.subject, 'until', s.until, 'reason', s.reason)
      order by s.rule, s.subject nulls first), '[]')
    from public.alert_silences s where s.until > now()
  )
);

-- Until then nobody is told of a rule, or of one subject of it. Silencing it again changes until when.
create function public.silence_alerts(p_rule text, p_subject text, p_until timestamptz, p_reason text) returns void
language sql
set search_path = ''
begin atomic
  insert into public.alert_silences (rule, subject, until, reason) values (p_rule, p_subject, p_until, p_reason)
  on conflict on constraint alert_silences_once do update set until = excluded.until, reason = excluded.reason, created_at = now();
end;

revoke execute on function
  public.source_syncs_failing(), public.alert_figures(integer, integer), public.alert_look_states(),
  public.record_looks(text, jsonb), public.is_silenced(text, text),
  public.claim_alert_notices(text, boolean, integer, integer),
  public.close_alert_message(uuid, text, boolean, text, integer), public.alerts_overview(integer),
  public.silence_alerts(text, text, timestamptz, text)
  from public, anon, authenticated;
grant execute on function
  public.source_syncs_failing(), public.alert_figures(integer, integer), public.alert_look_states(),
  public.record_looks(text, jsonb), public.is_silenced(text, text),
  public.claim_alert_notices(text, boolean, integer, integer),
  public.close_alert_message(uuid, text, boolean, text, integer), public.alerts_overview(integer),
  public.silence_alerts(text, text, timestamptz, text)
  to service_role;
