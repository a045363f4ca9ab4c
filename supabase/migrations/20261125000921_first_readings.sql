-- A run waits no longer for a source's sync. Returns how many others wait for it: runs, and, until a company has been
-- read for the first time, whoever follows it. The sync is stopped when nobody does.
create or replace function public.leave_source_sync(p_source text, p_run uuid) returns integer
language plpgsql
set search_path = ''
as $$
begin
  -- Leaving one after the other: two that leave at once must not both see the other still there.
  perform pg_advisory_xact_lock(hashtextextended('waiters/' || p_source, 0));
  delete from public.source_sync_waiters where source = p_source and run_id = p_run;
  return (select count(*) from public.source_sync_waiters where source = p_source)
    + (
      select count(*) from public.company_follows f
      where f.board = split_part(p_source, '/', 1) and f.token = substr(p_source, length(f.board) + 2)
        and not exists (select from public.source_syncs s where s.source = p_source and s.synced_at is not null)
    );
end $$;
