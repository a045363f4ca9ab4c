-- What operators read of runs, counted by the hour in which they ended: a percentile over a million runs takes seconds, over
-- what is counted here milliseconds. Nothing in it is about a person, and it stays when people and their runs are removed.

-- outcome: a run's status as people are shown it; 'partial' is a success of which some board did not answer in full.
-- error_class: why the run failed, else ''.
create table public.run_figures (
  hour timestamptz not null,
  outcome text not null check (outcome in ('success', 'partial', 'failed', 'cancelled')),
  source public.search_run_source not null,
  error_class text not null,
  runs integer not null,
  primary key (hour, outcome, source, error_class)
);

-- How long runs took that nobody cancelled, from being asked for to their end. A bucket holds what differs by less than 5 %.
create table public.run_duration_figures (
  hour timestamptz not null,
  bucket smallint not null,
  runs integer not null,
  primary key (hour, bucket)
);

-- How each board of these runs ended; 'partial' when some of its companies could not be read.
create table public.board_figures (
  hour timestamptz not null,
  board text not null,
  outcome text not null check (outcome in ('success', 'partial', 'failed', 'cancelled', 'skipped')),
  error_class text not null,
  runs integer not null,
  primary key (hour, board, outcome, error_class)
);

-- Requests that the workers made to each board.
create table public.board_requests (
  hour timestamptz not null,
  board text not null,
  requests integer not null,
  primary key (hour, board)
);

do $$
declare
  name text;
begin
  foreach name in array array['run_figures', 'run_duration_figures', 'board_figures', 'board_requests'] loop
    execute format('alter table public.%I enable row level security', name);
    execute format('create policy "service: everything" on public.%I for all to service_role using (true) with check (true)', name);
    execute format('grant all on public.%I to service_role', name);
  end loop;
end $$;

-- The bucket of a duration, and the milliseconds that stand for it: at most 2.5 % from any duration in it.
create function public.duration_bucket(p_milliseconds double precision) returns smallint
language sql immutable parallel safe
set search_path = ''
return ceil(ln(greatest(p_milliseconds, 1)) / ln(1.05))::smallint;

create function public.bucket_milliseconds(p_bucket smallint) returns double precision
language sql immutable parallel safe
set search_path = ''
return 2 * 1.05 ^ p_bucket / 2.05;

create function public.run_outcome(p_status public.search_run_status, p_run uuid) returns text
language sql stable
set search_path = ''
return case
  when p_status = 'success' and exists (
    select from public.search_run_boards b where b.run_id = p_run and (b.state = 'failed' or b.sources_failed > 0)
  ) then 'partial'
  else p_status::text
end;

create function public.board_outcome(p_state public.board_state, p_sources_failed integer) returns text
language sql immutable parallel safe
set search_path = ''
return case when p_state = 'success' and p_sources_failed > 0 then 'partial' else p_state::text end;

-- Whoever counts, counts alone: the rows of the hour are everybody's.
create function public.lock_figures() returns void
language sql
set search_path = ''
begin atomic
  select pg_advisory_xact_lock(hashtextextended('run_figures', 0));
end;

-- Counts the hours from p_since to p_until anew: what was there before these tables were, or after rows were changed by hand.
create function public.recount_figures(p_since timestamptz, p_until timestamptz) returns void
language plpgsql
set search_path = ''
as $$
declare
  since timestamptz := date_trunc('hour', p_since, 'UTC');
  until timestamptz := date_trunc('hour', p_until, 'UTC');
begin
  perform public.lock_figures();
  delete from public.run_figures where hour >= since and hour < until;
  delete from public.run_duration_figures where hour >= since and hour < until;
  delete from public.board_figures where hour >= since and hour < until;

  insert into public.run_figures (hour, outcome, source, error_class, runs)
  select date_trunc('hour', r.completed_at, 'UTC'), public.run_outcome(r.status, r.id), r.source, coalesce(r.error_class, ''), count(*)
  from public.search_runs r
  where r.status in ('success', 'failed', 'cancelled') and r.completed_at >= since and r.completed_at < until
  group by 1, 2, 3, 4;

  insert into public.run_duration_figures (hour, bucket, runs)
  select date_trunc('hour', r.completed_at, 'UTC'),
    public.duration_bucket(extract(epoch from r.completed_at - r.created_at)::double precision * 1000), count(*)
  from public.search_runs r
  where r.status in ('success', 'failed') and r.completed_at >= since and r.completed_at < until
  group by 1, 2;

  insert into public.board_figures (hour, board, outcome, error_class, runs)
  select date_trunc('hour', r.completed_at, 'UTC'), b.board, public.board_outcome(b.state, b.sources_failed),
    coalesce(b.error_class::text, ''), count(*)
  from public.search_runs r join public.search_run_boards b on b.run_id = r.id
  where r.status in ('success', 'failed', 'cancelled') and r.completed_at >= since and r.completed_at < until
    and b.state not in ('queued', 'running')
  group by 1, 2, 3, 4;
end $$;

create function public.search_runs_count() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  ended_in timestamptz := date_trunc('hour', new.completed_at, 'UTC');
begin
  perform public.lock_figures();
  insert into public.run_figures as f (hour, outcome, source, error_class, runs)
  values (ended_in, public.run_outcome(new.status, new.id), new.source, coalesce(new.error_class, ''), 1)
  on conflict (hour, outcome, source, error_class) do update set runs = f.runs + 1;

  if new.status <> 'cancelled' then
    insert into public.run_duration_figures as f (hour, bucket, runs)
    values (ended_in,
      public.duration_bucket(extract(epoch from new.completed_at - new.created_at)::double precision * 1000), 1)
    on conflict (hour, bucket) do update set runs = f.runs + 1;
  end if;

  insert into public.board_figures as f (hour, board, outcome, error_class, runs)
  select ended_in, b.board, public.board_outcome(b.state, b.sources_failed), coalesce(b.error_class::text, ''), 1
  from public.search_run_boards b where b.run_id = new.id and b.state not in ('queued', 'running')
  on conflict (hour, board, outcome, error_class) do update set runs = f.runs + 1;
  return null;
end $$;
-- At the end of the transaction, when it has every other lock that it takes: whoever waits for the figures' lock keeps
-- nobody from what they wait for.
create constraint trigger search_runs_count after update of status on public.search_runs
  deferrable initially deferred for each row
  when (new.status <> old.status and new.status in ('success', 'failed', 'cancelled'))
  execute function public.search_runs_count();

-- The worker made p_requests requests to a board.
create function public.count_board_requests(p_board text, p_requests integer) returns void
language sql
set search_path = ''
begin atomic
  insert into public.board_requests as b (hour, board, requests)
  values (date_trunc('hour', now(), 'UTC'), p_board, p_requests)
  on conflict (hour, board) do update set requests = b.requests + excluded.requests;
end;

revoke execute on function
  public.duration_bucket(double precision), public.bucket_milliseconds(smallint),
  public.run_outcome(public.search_run_status, uuid), public.board_outcome(public.board_state, integer),
  public.lock_figures(), public.recount_figures(timestamptz, timestamptz), public.search_runs_count(),
  public.count_board_requests(text, integer)
  from public, anon, authenticated;
grant execute on function
  public.duration_bucket(double precision), public.bucket_milliseconds(smallint),
  public.run_outcome(public.search_run_status, uuid), public.board_outcome(public.board_state, integer),
  public.lock_figures(), public.recount_figures(timestamptz, timestamptz), public.search_runs_count(),
  public.count_board_requests(text, integer)
  to service_role;

select public.recount_figures(now() - interval '31 days', now() + interval '1 hour');
