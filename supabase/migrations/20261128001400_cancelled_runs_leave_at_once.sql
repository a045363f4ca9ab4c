-- A cancelled run leaves the syncs that it waits for as soon as its workflow hears of it. The activities that wait hear of
-- it with their next heartbeat, which is later the more of them are at work.

-- How many want a source read, beside the runs that left: runs that wait for it, whoever follows a company that was not
-- read yet, and a tick that reads the boards for all its searches.
create function public.source_sync_interest(p_source text) returns integer
language sql stable
set search_path = ''
return (select count(*) from public.source_sync_waiters where source = p_source)
  + (
    select count(*) from public.company_follows f
    where f.board = split_part(p_source, '/', 1) and f.token = substr(p_source, length(f.board) + 2)
      and not exists (select from public.source_syncs s where s.source = p_source and s.synced_at is not null)
  )
  + (
    select count(*) from public.schedule_ticks t
    where t.boards_fresh_at is null and t.completed_at is null and t.begun_at > now() - interval '1 hour'
      and public.follows_of_schedule(t.schedule) = 'service'
  );

-- A run waits no longer for a source's sync. Returns how many others want it: it is stopped when nobody does.
create or replace function public.leave_source_sync(p_source text, p_run uuid) returns integer
language plpgsql
set search_path = ''
as $$
begin
  -- Leaving one after the other: two that leave at once must not both see the other still there.
  perform pg_advisory_xact_lock(hashtextextended('waiters/' || p_source, 0));
  delete from public.source_sync_waiters where source = p_source and run_id = p_run;
  return public.source_sync_interest(p_source);
end $$;

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

revoke execute on function public.source_sync_interest(text), public.wait_for_source_sync(text, uuid),
  public.leave_source_syncs(uuid) from public, anon, authenticated;
grant execute on function public.source_sync_interest(text), public.wait_for_source_sync(text, uuid),
  public.leave_source_syncs(uuid) to service_role;
