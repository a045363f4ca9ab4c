-- The reconciler looks at people's runs each time, and at the schedules' many by slices of their ids: ten thousand that
-- only wait for their turn would keep it, and Temporal, busy while people wait.

drop index public.search_runs_active;
create index search_runs_active on public.search_runs (source, id) where status in ('pending', 'running');

drop function public.runs_to_reconcile(integer, integer, integer, uuid);

-- Of one source, after one id and until another; null: from the first, to the last.
create function public.runs_to_reconcile(
  p_source public.search_run_source, p_pending_seconds integer, p_quiet_seconds integer, p_limit integer,
  p_after uuid default null, p_until uuid default null
) returns table (id uuid, user_id uuid, source public.search_run_source, saved_search_id uuid, tick_id text,
  boards integer, status public.search_run_status, cancel_requested boolean)
language sql stable
set search_path = ''
as $$
  select r.id, r.user_id, r.source, r.saved_search_id, r.tick_id, jsonb_array_length(r.parameters -> 'boards'),
    r.status, r.cancel_requested_at is not null
  from public.search_runs r
  where r.status in ('pending', 'running')
    and r.source = p_source
    and ((r.status = 'pending' and r.created_at < now() - make_interval(secs => p_pending_seconds))
      or (r.status = 'running' and r.updated_at < now() - make_interval(secs => p_quiet_seconds)))
    and (p_after is null or r.id > p_after)
    and (p_until is null or r.id <= p_until)
  order by r.id
  limit p_limit
$$;

revoke execute on function
  public.runs_to_reconcile(public.search_run_source, integer, integer, integer, uuid, uuid)
  from public, anon, authenticated;
grant execute on function
  public.runs_to_reconcile(public.search_run_source, integer, integer, integer, uuid, uuid) to service_role;
