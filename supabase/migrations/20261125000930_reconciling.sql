-- The reconciler looks at every run under way, a part of them at a time, and at workflows that outlived their run.

drop index public.search_runs_active;
create index search_runs_active on public.search_runs (id) where status in ('pending', 'running');

drop function public.runs_to_reconcile(integer, integer, integer);

-- What the reconciler compares with Temporal: accepted but not begun, or under way and quiet for a while. In the order of
-- their ids, after the last that it has seen: runs that are only slow do not keep others from being looked at.
create function public.runs_to_reconcile(
  p_pending_seconds integer, p_quiet_seconds integer, p_limit integer, p_after uuid default null
) returns table (id uuid, user_id uuid, source public.search_run_source, saved_search_id uuid, boards integer,
  status public.search_run_status, cancel_requested boolean)
language sql stable
set search_path = ''
as $$
  select r.id, r.user_id, r.source, r.saved_search_id, jsonb_array_length(r.parameters -> 'boards'),
    r.status, r.cancel_requested_at is not null
  from public.search_runs r
  where r.status in ('pending', 'running')
    and ((r.status = 'pending' and r.created_at < now() - make_interval(secs => p_pending_seconds))
      or (r.status = 'running' and r.updated_at < now() - make_interval(secs => p_quiet_seconds)))
    and (p_after is null or r.id > p_after)
  order by r.id
  limit p_limit
$$;

-- Which of these runs are over for so long, and for how many seconds; null: there is no such run any more.
create function public.runs_over(p_runs uuid[], p_seconds integer) returns table (id uuid, seconds_over integer)
language sql stable
set search_path = ''
as $$
  select asked.id, extract(epoch from now() - r.completed_at)::integer
  from unnest(p_runs) asked (id) left join public.search_runs r on r.id = asked.id
  where r.id is null or r.completed_at <= now() - make_interval(secs => p_seconds)
$$;

revoke execute on function
  public.runs_to_reconcile(integer, integer, integer, uuid), public.runs_over(uuid[], integer)
  from public, anon, authenticated;
grant execute on function
  public.runs_to_reconcile(integer, integer, integer, uuid), public.runs_over(uuid[], integer) to service_role;
