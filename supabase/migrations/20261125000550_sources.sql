-- What a run needs to be read: a board's sources, how fresh each is, and who waits for its sync.

-- The sources of a board, and whether each has to be synced: never read, or longer ago than the board's interval.
-- p_fresh_seconds counts from the last good sync; a source that failed lately rests until next_allowed_at.
create function public.board_sources(p_board text, p_is_company_board boolean, p_fresh_seconds integer)
returns table (source text, stale boolean, resting boolean, error_class public.board_error_class, error_message text)
language sql stable
set search_path = ''
as $$
  select key.source,
    coalesce(s.synced_at <= now() - make_interval(secs => p_fresh_seconds), true),
    coalesce(s.next_allowed_at > now(), false),
    s.error_class, s.error_message
  from (
    select p_board as source where not p_is_company_board
    union all
    select c.board || '/' || c.token from public.company_boards c where p_is_company_board and c.board = p_board
  ) key
  left join public.source_syncs s on s.source = key.source
$$;

create function public.is_source_fresh(p_source text, p_fresh_seconds integer) returns boolean
language sql stable
set search_path = ''
return coalesce((
  select s.synced_at > now() - make_interval(secs => p_fresh_seconds)
  from public.source_syncs s where s.source = p_source
), false);

create function public.company_name(p_board text, p_token text) returns text
language sql stable
set search_path = ''
return (select c.name from public.company_boards c where c.board = p_board and c.token = p_token);

-- A run waits for a source's sync; the answer to leaving is how many still wait.
create function public.join_source_sync(p_source text, p_run uuid) returns void
language sql
set search_path = ''
begin atomic
  insert into public.source_sync_waiters (source, run_id) values (p_source, p_run) on conflict do nothing;
end;

create function public.leave_source_sync(p_source text, p_run uuid) returns integer
language plpgsql
set search_path = ''
as $$
begin
  -- Leaving one after the other: two that leave at once must not both see the other still there.
  perform pg_advisory_xact_lock(hashtextextended('waiters/' || p_source, 0));
  delete from public.source_sync_waiters where source = p_source and run_id = p_run;
  return (select count(*) from public.source_sync_waiters where source = p_source);
end $$;
