-- A cancelled run leaves the syncs that it waits for as soon as its workflow hears of it. The activities that wait hear of
-- it with their next heartbeat, which is later the more of them are at work.

-- Whether the run waits for the source now: one that is to be cancelled begins to wait for nothing.
create function public.wait_for_source_sync(p_source text, p_run uuid) returns boolean
language plpgsql
set search_path = ''
as $$
declare
  cancelled boolean;
begin
  -- Shared: whoever cancels the run meanwhile finds it waiting, or it finds itself cancelled.
  select cancel_requested_at is not null into cancelled from public.search_runs where id = p_run for share;
  if cancelled then
    return false;
  end if;
  insert into public.source_sync_waiters (source, run_id) values (p_source, p_run) on conflict do nothing;
  return true;
end $$;

-- A run that is to be cancelled, by whichever way, waits for nothing any more. Returns the sources that nobody wants read
-- now: their syncs are stopped.
create function public.leave_source_syncs(p_run uuid) returns setof text
language plpgsql
set search_path = ''
as $$
declare
  waited_for text;
begin
  update public.search_runs set cancel_requested_at = now()
  where id = p_run and cancel_requested_at is null and status in ('pending', 'running');
  -- In one order, so that two that leave the same sources do not wait for each other.
  for waited_for in select source from public.source_sync_waiters where run_id = p_run order by source loop
    if public.leave_source_sync(waited_for, p_run) = 0 then
      return next waited_for;
    end if;
  end loop;
end $$;

comment on function public.join_source_sync(text, uuid) is 'Workers of the build before wait_for_source_sync still call it.';

revoke execute on function public.wait_for_source_sync(text, uuid), public.leave_source_syncs(uuid)
  from public, anon, authenticated;
grant execute on function public.wait_for_source_sync(text, uuid), public.leave_source_syncs(uuid) to service_role;
