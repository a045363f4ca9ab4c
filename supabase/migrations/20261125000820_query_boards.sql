-- Boards that are asked what a search asks, and boards that cannot be asked here.

-- Why a board of a run was skipped.
alter table public.search_run_boards
  add column skipped_because text check (skipped_because in ('needs_key', 'off')),
  add constraint search_run_boards_skipped check ((state = 'skipped') = (skipped_because is not null));

-- What query boards are asked for a search (domain/board.ts, boardQuerySchema): the part that they can answer, spelled
-- one way, so that many searches share an answer. The rest (pay, age, words to leave out) is matching's. Null when
-- there is nothing to ask for.
create function public.query_of_search(parameters jsonb) returns jsonb
language sql immutable parallel safe
set search_path = ''
return (
  select jsonb_build_object(
    'title', asked.title,
    'place', nullif(btrim(regexp_replace(lower(parameters ->> 'place'), '\s+', ' ', 'g')), ''),
    'remoteOnly', coalesce((parameters ->> 'remoteOnly')::boolean, false)
  )
  from (
    select btrim(regexp_replace(
      -- A word or a phrase with a leading minus is left out of the search; quotes hold a phrase together.
      regexp_replace(lower(parameters ->> 'title'), '(^|\s)-+\s*("[^"]*"?|\S+)', ' ', 'g'),
      '["“”„«»\s]+', ' ', 'g')) as title
  ) asked
  where asked.title <> ''
);

-- A query's source on a board.
create function public.query_source(p_board text, p_query jsonb) returns text
language sql immutable parallel safe
set search_path = ''
return p_board || '/' || md5(p_query::text);

create function public.board_query(p_source text) returns jsonb
language sql stable
set search_path = ''
return (select q.query from public.board_queries q where q.source = p_source);

drop function public.board_sources(text, boolean, integer);

-- The sources of a board for a search, and whether each has to be synced: never read, or longer ago than the board's
-- interval. p_kind: 'feed', 'company' or 'query'. p_fresh_seconds counts from the last good sync; a source that failed
-- lately rests until next_allowed_at.
create function public.board_sources(p_parameters jsonb, p_board text, p_kind text, p_fresh_seconds integer)
returns table (source text, stale boolean, resting boolean, error_class public.board_error_class, error_message text)
language sql stable
set search_path = ''
as $$
  select key.source,
    coalesce(s.synced_at <= now() - make_interval(secs => p_fresh_seconds), true),
    coalesce(s.next_allowed_at > now(), false),
    s.error_class, s.error_message
  from (
    select p_board as source where p_kind = 'feed'
    union all
    select c.board || '/' || c.token from public.company_boards c where p_kind = 'company' and c.board = p_board
    union all
    select public.query_source(p_board, q) from public.query_of_search(p_parameters) q
    where p_kind = 'query' and q is not null
  ) key
  left join public.source_syncs s on s.source = key.source
$$;

-- The workflow begins. p_boards says of every known board: {"<board>": {"kind": "feed"|"company"|"query",
-- "freshSeconds": integer, "availability": "ready"|"needs_key"|"off"}, ...}. Boards that are not ready are skipped,
-- those with nothing to fetch are matched here, the others are returned.
create or replace function public.start_search_run(p_run uuid, p_boards jsonb) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  run public.search_runs;
  query jsonb;
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

  update public.search_run_boards set state = 'failed', error_class = 'config',
    error_message = 'This board is not known to the service any more.'
  where run_id = p_run and state = 'queued' and not p_boards ? board;

  update public.search_run_boards set state = 'skipped',
    skipped_because = p_boards #>> array[board, 'availability']
  where run_id = p_run and state = 'queued' and p_boards #>> array[board, 'availability'] <> 'ready';

  query := public.query_of_search(run.parameters);
  insert into public.board_queries (source, board, query)
  select public.query_source(b.board, query), b.board, query
  from public.search_run_boards b
  where b.run_id = p_run and b.state in ('queued', 'running') and p_boards #>> array[b.board, 'kind'] = 'query'
    and query is not null
  on conflict (source) do update set last_asked_at = now();

  select array_agg(b.board) filter (where n.to_read = 0), array_agg(b.board) filter (where n.to_read > 0)
  into fresh, waiting
  from public.search_run_boards b
  cross join lateral (
    select count(*) filter (where s.stale) as to_read
    from public.board_sources(run.parameters, b.board, p_boards #>> array[b.board, 'kind'],
      (p_boards #>> array[b.board, 'freshSeconds'])::integer) s
  ) n
  where b.run_id = p_run and b.state in ('queued', 'running');

  if fresh is not null then
    perform public.match_run_boards(p_run, fresh);
    update public.search_run_boards b set state = 'success', sources_total = n.total, sources_done = n.total
    from unnest(fresh) f (board)
    cross join lateral (
      select count(*) as total
      from public.board_sources(run.parameters, f.board, p_boards #>> array[f.board, 'kind'], 0)
    ) n
    where b.run_id = p_run and b.board = f.board;
  end if;
  return jsonb_build_object('finished', false, 'boards', coalesce(to_jsonb(waiting), '[]'::jsonb));
end $$;

drop function public.begin_run_board(uuid, text, boolean, integer);

-- A board's turn: what of it has to be synced, and what rests after a failure.
create function public.begin_run_board(p_run uuid, p_board text, p_kind text, p_fresh_seconds integer)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  run public.search_runs;
  counted record;
begin
  select * into run from public.search_runs where id = p_run and status = 'running' for update;
  if run.id is null then
    return null;
  end if;
  select count(*) as total,
    count(*) filter (where not s.stale) as fresh,
    coalesce(jsonb_agg(s.source order by s.source) filter (where s.stale and not s.resting), '[]') as stale,
    coalesce(jsonb_agg(jsonb_build_object('source', s.source, 'class', s.error_class, 'message', s.error_message))
      filter (where s.stale and s.resting), '[]') as resting
  into counted
  from public.board_sources(run.parameters, p_board, p_kind, p_fresh_seconds) s;

  update public.search_run_boards set state = 'running', sources_total = counted.total,
    sources_done = counted.fresh, sources_failed = jsonb_array_length(counted.resting)
  where run_id = p_run and board = p_board and state in ('queued', 'running');
  return jsonb_build_object('total', counted.total, 'fresh', counted.fresh,
    'stale', counted.stale, 'resting', counted.resting);
end $$;

-- The end. p_end: 'done' (the boards tell success or failure), 'cancelled', or 'lost' (its workflow is gone).
-- Whatever was found stays. A skipped board is neither a success nor a failure: a run of nothing else has no board
-- that could be asked.
create or replace function public.finish_search_run(
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
  reasons text[];
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

    select count(*) filter (where state = 'success'),
      coalesce(array_agg(distinct error_class::text) filter (where state = 'failed'), '{}'),
      array_agg(distinct skipped_because)
    into succeeded, classes, reasons from public.search_run_boards where run_id = p_run;

    outcome := case
      when p_end = 'cancelled' then 'cancelled'
      when p_end = 'done' and run.status = 'running' and succeeded > 0 then 'success'
      else 'failed'
    end;
    update public.search_runs set
      status = outcome,
      error_class = case when outcome = 'failed' then
        coalesce(p_class, case cardinality(classes) when 0 then 'config' when 1 then classes[1]
          else 'all_boards_failed' end) end,
      error_message = case when outcome = 'failed' then
        coalesce(p_message, case
          when cardinality(classes) > 0 then 'None of the boards could be read.'
          when reasons = '{needs_key}' then 'Each of its boards needs a key that this service does not have.'
          when reasons = '{off}' then 'Each of its boards is off here.'
          else 'Each of its boards needs a key that this service does not have, or is off here.'
        end) end,
      jobs_found = coalesce(jobs_found, 0),
      jobs_new = coalesce(jobs_new, 0)
    where id = p_run returning * into run;
    delete from public.source_sync_waiters where run_id = p_run;
  end if;
  return jsonb_build_object('status', run.status, 'found', run.jobs_found, 'new', run.jobs_new);
end $$;

revoke execute on function
  public.query_of_search(jsonb), public.query_source(text, jsonb), public.board_query(text),
  public.board_sources(jsonb, text, text, integer), public.begin_run_board(uuid, text, text, integer)
  from public, anon, authenticated;
grant execute on function
  public.query_of_search(jsonb), public.query_source(text, jsonb), public.board_query(text),
  public.board_sources(jsonb, text, text, integer), public.begin_run_board(uuid, text, text, integer)
  to service_role;
