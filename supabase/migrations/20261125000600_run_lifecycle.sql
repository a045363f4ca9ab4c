-- A run's life as one call a step. Each locks the run's row first, so that no two steps wait for each other,
-- and each can be repeated: a retried activity changes nothing twice.

-- A run as PostgREST answers it with its boards, so that accepting one takes a single call.
create function public.accepted_run(run public.search_runs, joined boolean) returns jsonb
language sql stable
set search_path = ''
return jsonb_build_object(
  'id', run.id,
  'joined', joined,
  'run', to_jsonb(run) || jsonb_build_object('boards', (
    select jsonb_agg(to_jsonb(b)) from public.search_run_boards b where b.run_id = run.id
  ))
);

-- The person asks. The same search already active, or the same idempotency key: that run.
create function public.create_search_run(
  p_parameters jsonb, p_saved_search_id uuid default null, p_client_context jsonb default null,
  p_idempotency_key text default null
) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  me uuid := auth.uid();
  found public.search_runs;
begin
  if me is null then
    raise exception using errcode = 'PT401', message = 'unauthorized';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('search_runs/' || me, 0));

  if p_idempotency_key is not null then
    select * into found from public.search_runs r where r.user_id = me and r.idempotency_key = p_idempotency_key;
    if found.id is not null then
      if found.search_key <> public.search_key(p_parameters) then
        raise exception using errcode = 'PT409', message = 'idempotency_key_reused';
      end if;
      return public.accepted_run(found, true);
    end if;
  end if;

  select * into found from public.search_runs r
  where r.user_id = me and r.search_key = public.search_key(p_parameters) and r.status in ('pending', 'running');
  if found.id is not null then
    return public.accepted_run(found, true);
  end if;

  insert into public.search_runs (user_id, parameters, saved_search_id, client_context, idempotency_key)
  values (me, p_parameters, p_saved_search_id, p_client_context, p_idempotency_key)
  returning * into found;
  return public.accepted_run(found, false);
end $$;

-- The person cancels. A run that has not begun ends at once; one under way is marked, its workflow ends it.
create function public.request_cancel(p_run uuid) returns public.search_run_status
language plpgsql security definer
set search_path = ''
as $$
declare
  run public.search_runs;
begin
  select * into run from public.search_runs where id = p_run and user_id = auth.uid() for update;
  if run.id is null then
    raise exception using errcode = 'PT404', message = 'run_not_found';
  elsif run.status in ('success', 'failed', 'cancelled') then
    raise exception using errcode = 'PT409', message = 'run_is_finished', detail = run.status::text;
  elsif run.status = 'pending' then
    update public.search_run_boards set state = 'cancelled' where run_id = p_run;
    update public.search_runs set status = 'cancelled', cancel_requested_at = now(), jobs_found = 0, jobs_new = 0
    where id = p_run returning * into run;
  elsif run.cancel_requested_at is null then
    update public.search_runs set cancel_requested_at = now() where id = p_run returning * into run;
  end if;
  return run.status;
end $$;

-- The workflow begins. p_boards: {"<board>": {"company": boolean, "freshSeconds": integer}, ...} for every known
-- board. Boards with nothing to fetch are matched here; the others are returned.
create function public.start_search_run(p_run uuid, p_boards jsonb) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  run public.search_runs;
  fresh text[];
  waiting text[];
begin
  perform set_config('app.actor', 'workflow', true);
  select * into run from public.search_runs where id = p_run for update;
  if run.id is null or run.status in ('success', 'failed', 'cancelled') then
    return jsonb_build_object('finished', true, 'boards', '[]'::jsonb);
  end if;
  if run.status = 'pending' then
    update public.search_runs set status = 'running' where id = p_run;
  end if;

  select array_agg(b.board) filter (where n.to_read = 0 and p_boards ? b.board),
         array_agg(b.board) filter (where n.to_read > 0 and p_boards ? b.board)
  into fresh, waiting
  from public.search_run_boards b
  cross join lateral (
    select count(*) filter (where s.stale) as to_read
    from public.board_sources(b.board, (p_boards #>> array[b.board, 'company'])::boolean,
      (p_boards #>> array[b.board, 'freshSeconds'])::integer) s
  ) n
  where b.run_id = p_run and b.state in ('queued', 'running');

  update public.search_run_boards set state = 'failed', error_class = 'config',
    error_message = 'This board is not known to the service any more.'
  where run_id = p_run and state = 'queued' and not p_boards ? board;

  if fresh is not null then
    perform public.match_run_boards(p_run, fresh);
    update public.search_run_boards b set state = 'success', sources_total = n.total, sources_done = n.total
    from unnest(fresh) f (board)
    cross join lateral (
      select count(*) as total
      from public.board_sources(f.board, (p_boards #>> array[f.board, 'company'])::boolean, 0)
    ) n
    where b.run_id = p_run and b.board = f.board;
  end if;
  return jsonb_build_object('finished', false, 'boards', coalesce(to_jsonb(waiting), '[]'::jsonb));
end $$;

-- A board's turn: what of it has to be synced, and what rests after a failure.
create function public.begin_run_board(p_run uuid, p_board text, p_is_company_board boolean, p_fresh_seconds integer)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  counted record;
begin
  perform from public.search_runs where id = p_run and status = 'running' for update;
  if not found then
    return null;
  end if;
  select count(*) as total,
    count(*) filter (where not s.stale) as fresh,
    coalesce(jsonb_agg(s.source order by s.source) filter (where s.stale and not s.resting), '[]') as stale,
    coalesce(jsonb_agg(jsonb_build_object('source', s.source, 'class', s.error_class, 'message', s.error_message))
      filter (where s.stale and s.resting), '[]') as resting
  into counted
  from public.board_sources(p_board, p_is_company_board, p_fresh_seconds) s;

  update public.search_run_boards set state = 'running', sources_total = counted.total,
    sources_done = counted.fresh, sources_failed = jsonb_array_length(counted.resting)
  where run_id = p_run and board = p_board and state in ('queued', 'running');
  return jsonb_build_object('total', counted.total, 'fresh', counted.fresh,
    'stale', counted.stale, 'resting', counted.resting);
end $$;

create function public.report_run_board(p_run uuid, p_board text, p_done integer, p_failed integer) returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.search_runs where id = p_run and status = 'running' for update;
  if found then
    update public.search_run_boards set sources_done = p_done, sources_failed = p_failed
    where run_id = p_run and board = p_board and state = 'running';
  end if;
end $$;

-- A board is done: what the catalogue holds of it is matched, also after a failure (older postings may fit).
create function public.finish_run_board(
  p_run uuid, p_board text, p_done integer, p_failed integer,
  p_class public.board_error_class default null, p_message text default null
) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  result public.search_run_boards;
begin
  perform from public.search_runs where id = p_run and status = 'running' for update;
  if found then
    perform public.match_run_boards(p_run, array[p_board]);
    update public.search_run_boards set
      state = case when p_done = 0 and p_failed > 0 then 'failed' else 'success' end::public.board_state,
      sources_done = p_done, sources_failed = p_failed, error_class = p_class, error_message = left(p_message, 500)
    where run_id = p_run and board = p_board and state in ('queued', 'running');
  end if;
  select * into result from public.search_run_boards where run_id = p_run and board = p_board;
  return jsonb_build_object('state', result.state, 'found', result.found, 'new', result.new);
end $$;

-- The end. p_end: 'done' (the boards tell success or failure), 'cancelled', or 'lost' (its workflow is gone).
-- Whatever was found stays.
create function public.finish_search_run(
  p_run uuid, p_end text, p_actor text default 'workflow', p_class text default null, p_message text default null
) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  run public.search_runs;
  outcome public.search_run_status;
  succeeded integer;
  classes text[];
begin
  perform set_config('app.actor', p_actor, true);
  select * into run from public.search_runs where id = p_run for update;
  if run.id is null then
    return null;
  end if;
  if run.status in ('pending', 'running') then
    update public.search_run_boards set
      state = case p_end when 'cancelled' then 'cancelled' else 'failed' end::public.board_state,
      error_class = case p_end when 'cancelled' then null else coalesce(error_class, 'upstream') end,
      error_message = case p_end when 'cancelled' then null
        else coalesce(error_message, 'The search ended before this board was read.') end
    where run_id = p_run and state in ('queued', 'running');

    select count(*) filter (where state = 'success'), array_agg(distinct error_class::text) filter (where state = 'failed')
    into succeeded, classes from public.search_run_boards where run_id = p_run;

    outcome := case
      when p_end = 'cancelled' then 'cancelled'
      when p_end = 'done' and run.status = 'running' and succeeded > 0 then 'success'
      else 'failed'
    end;
    update public.search_runs set
      status = outcome,
      error_class = case when outcome = 'failed' then
        coalesce(p_class, case when cardinality(classes) = 1 then classes[1] else 'all_boards_failed' end) end,
      error_message = case when outcome = 'failed' then coalesce(p_message, 'None of the boards could be read.') end,
      jobs_found = coalesce(jobs_found, 0),
      jobs_new = coalesce(jobs_new, 0)
    where id = p_run returning * into run;
    delete from public.source_sync_waiters where run_id = p_run;
  end if;
  return jsonb_build_object('status', run.status, 'found', run.jobs_found, 'new', run.jobs_new);
end $$;

-- What the reconciler compares with Temporal: accepted but not begun, or under way and quiet for a while.
create function public.runs_to_reconcile(p_pending_seconds integer, p_quiet_seconds integer, p_limit integer)
returns table (id uuid, user_id uuid, source public.search_run_source, saved_search_id uuid, boards integer,
  status public.search_run_status, cancel_requested boolean)
language sql stable
set search_path = ''
as $$
  select r.id, r.user_id, r.source, r.saved_search_id, jsonb_array_length(r.parameters -> 'boards'),
    r.status, r.cancel_requested_at is not null
  from public.search_runs r
  where (r.status = 'pending' and r.created_at < now() - make_interval(secs => p_pending_seconds))
    or (r.status = 'running' and r.updated_at < now() - make_interval(secs => p_quiet_seconds))
  order by r.created_at
  limit p_limit
$$;
