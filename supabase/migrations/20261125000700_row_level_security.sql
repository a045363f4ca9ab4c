-- Who may do what. A person reads what is theirs and the catalogue, keeps saved searches, and starts runs;
-- everything else is the worker's. Nothing is granted to anon.

alter table public.saved_searches enable row level security;
alter table public.search_runs enable row level security;
alter table public.search_run_boards enable row level security;
alter table public.search_run_events enable row level security;
alter table public.search_run_results enable row level security;
alter table public.seen_postings enable row level security;
alter table public.postings enable row level security;
alter table public.posting_sources enable row level security;
alter table public.company_boards enable row level security;
alter table public.source_syncs enable row level security;
alter table public.source_sync_waiters enable row level security;
alter table public.title_words enable row level security;
alter table public.service_limits enable row level security;

-- Tables and functions made later start without grants too.
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke execute on functions from public, anon, authenticated;
revoke all on all tables in schema public from anon, authenticated;
revoke all on all sequences in schema public from anon, authenticated;
revoke execute on all functions in schema public from public, anon, authenticated;

grant usage on schema public, extensions to authenticated, service_role;
grant all on all tables in schema public to service_role;
grant all on all sequences in schema public to service_role;
grant execute on all functions in schema public to service_role;
-- The audit log is written by triggers and by nobody else.
revoke insert, update, delete, truncate on public.search_run_events from service_role;

grant select, insert (name, parameters, user_id), update (name, parameters), delete
  on public.saved_searches to authenticated;
grant select on public.search_runs, public.search_run_boards, public.search_run_events,
  public.search_run_results, public.seen_postings, public.postings, public.posting_sources,
  public.company_boards to authenticated;
-- Only what a person may say of a run; the rest is set by the triggers and the worker.
grant insert (user_id, parameters, saved_search_id, client_context, idempotency_key)
  on public.search_runs to authenticated;
grant execute on function
  public.search_key(jsonb), public.is_search_parameters(jsonb),
  public.accepted_run(public.search_runs, boolean),
  public.create_search_run(jsonb, uuid, jsonb, text), public.request_cancel(uuid),
  public.run_results(uuid, text, boolean, text, boolean, real, uuid, integer)
  to authenticated;

create policy "own saved searches: read" on public.saved_searches
  for select to authenticated using (user_id = (select auth.uid()));
create policy "own saved searches: add" on public.saved_searches
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "own saved searches: change" on public.saved_searches
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "own saved searches: remove" on public.saved_searches
  for delete to authenticated using (user_id = (select auth.uid()));

create policy "own runs: read" on public.search_runs
  for select to authenticated using (user_id = (select auth.uid()));
create policy "own runs: start" on public.search_runs
  for insert to authenticated with check (user_id = (select auth.uid()));

create policy "own runs' boards: read" on public.search_run_boards
  for select to authenticated using (user_id = (select auth.uid()));
create policy "own runs' events: read" on public.search_run_events
  for select to authenticated using (user_id = (select auth.uid()));
create policy "own runs' results: read" on public.search_run_results
  for select to authenticated using (user_id = (select auth.uid()));
create policy "own seen postings: read" on public.seen_postings
  for select to authenticated using (user_id = (select auth.uid()));

create policy "catalogue: read" on public.postings for select to authenticated using (true);
create policy "catalogue's sources: read" on public.posting_sources for select to authenticated using (true);
create policy "company boards: read" on public.company_boards for select to authenticated using (true);

-- service_role bypasses row level security where the role has BYPASSRLS (as on Supabase); written out all the same.
do $$
declare
  name text;
begin
  foreach name in array array['saved_searches', 'search_runs', 'search_run_boards', 'search_run_events',
    'search_run_results', 'seen_postings', 'postings', 'posting_sources', 'company_boards', 'source_syncs',
    'source_sync_waiters', 'title_words', 'service_limits'] loop
    execute format('create policy "service: everything" on public.%I for all to service_role using (true) with check (true)', name);
  end loop;
end $$;
