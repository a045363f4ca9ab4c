-- Old postings go: what a whole list does not name any more, what a board says is closed, what is past its date or was
-- on no list for long. They are marked closed, and removed only when nobody's results refer to them.

insert into public.service_limits (name, value)
values
  -- A list that lacks more than this share of what its source had, and at least so many, is doubted once.
  ('doubted_missing_percent', 50),
  ('doubted_missing_least', 20)
on conflict do nothing;

alter table public.source_syncs
  -- The last whole list lacked so much that nothing was closed: the next one that says the same is believed.
  add column doubted boolean not null default false;

alter table public.posting_sources
  -- When a list named it last, to within a week: unchanged postings are not written at each sync.
  add column read_at timestamptz not null default now();
create index posting_sources_open_by_source on public.posting_sources (source, board_posting_id)
  where closed_at is null;
create index posting_sources_closed_by_source on public.posting_sources (source, board_posting_id)
  where closed_at is not null;
create index posting_sources_open_by_reading on public.posting_sources (read_at) where closed_at is null;
create index postings_by_closing on public.postings (closed_at) where closed_at is not null;
create index postings_open_by_expiry on public.postings (expires_at) where closed_at is null and expires_at is not null;

alter table public.source_sync_pages add column logged_at timestamptz not null default now();

-- A sync begins, unless its source was read lately: what the last one noted of its pages is forgotten.
create function public.begin_source_sync(p_source text, p_fresh_seconds integer) returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if public.is_source_fresh(p_source, p_fresh_seconds) then
    return false;
  end if;
  delete from public.source_sync_pages where source = p_source;
  return true;
end $$;

-- A page was read: whoever waits for this source sees it, and which postings it held is noted. Runs are always locked in
-- the same order; a step of a run, which holds its own row only, is waited for.
drop function public.report_sync_progress(text);
create function public.report_sync_progress(p_source text, p_posting_ids text[]) returns void
language plpgsql
set search_path = ''
as $$
begin
  if cardinality(p_posting_ids) > 0 then
    insert into public.source_sync_pages (source, posting_ids) values (p_source, p_posting_ids);
  end if;
  update public.search_run_boards b set page = b.page + 1
  where b.board = split_part(p_source, '/', 1) and b.state = 'running' and b.run_id in (
    select r.id from public.search_runs r
    join public.source_sync_waiters w on w.run_id = r.id
    where w.source = p_source and r.status = 'running'
    order by r.id for update of r
  );
end $$;

-- Open postings of a source that none of the sync's pages named; as many as asked for, others each time.
create function public.missing_postings(p_source text, p_limit integer) returns setof text
language sql
set search_path = ''
as $$
  select s.board_posting_id from public.posting_sources s
  where s.source = p_source and s.closed_at is null
    and s.board_posting_id not in (
      select named.id from public.source_sync_pages page, unnest(page.posting_ids) named (id) where page.source = p_source)
  order by random()
  limit p_limit
$$;

-- Marks postings of a source closed. Returns how many were open.
create function public.close_source_postings(p_source text, p_posting_ids text[]) returns integer
language plpgsql
set search_path = ''
as $$
declare
  closed uuid[];
begin
  with gone as (
    update public.posting_sources set closed_at = now()
    where source = p_source and board_posting_id = any (p_posting_ids) and closed_at is null
    returning posting_id
  )
  select array_agg(posting_id) into closed from gone;
  perform public.refresh_postings(closed);
  return coalesce(cardinality(closed), 0);
end $$;

-- The sync is done. What its pages named is open; with a whole list, what they did not name is closed, unless that is
-- so much that the board is doubted. Returns how many postings were closed.
drop function public.finish_source_sync(text, integer, integer, integer, integer);
create function public.finish_source_sync(
  p_source text, p_pages integer, p_read integer, p_new integer, p_skipped integer, p_whole boolean
) returns integer
language plpgsql
set search_path = ''
as $$
declare
  named text[];
  reopened uuid[];
  missing text[];
  open_before integer;
  too_many boolean := false;
  doubted_before boolean;
  closed integer := 0;
begin
  named := array(
    select on_page.id from public.source_sync_pages page, unnest(page.posting_ids) on_page (id)
    where page.source = p_source);

  with back as (
    update public.posting_sources set closed_at = null, read_at = now()
    where source = p_source and closed_at is not null and board_posting_id = any (named)
    returning posting_id
  )
  select array_agg(posting_id) into reopened from back;
  if reopened is not null then
    perform public.refresh_postings(reopened);
  end if;
  update public.posting_sources set read_at = now()
  where source = p_source and closed_at is null and read_at < now() - interval '7 days'
    and board_posting_id = any (named);

  if p_whole then
    select count(*), array_agg(s.board_posting_id) filter (where s.board_posting_id <> all (named))
    into open_before, missing
    from public.posting_sources s where s.source = p_source and s.closed_at is null;
    select s.doubted into doubted_before from public.source_syncs s where s.source = p_source;
    too_many := cardinality(missing) >= public.service_limit('doubted_missing_least')
      and cardinality(missing) * 100 > open_before * public.service_limit('doubted_missing_percent');
    if missing is not null and (not too_many or coalesce(doubted_before, false)) then
      closed := public.close_source_postings(p_source, missing);
      too_many := false;
    end if;
  end if;
  delete from public.source_sync_pages where source = p_source;

  insert into public.source_syncs as s
    (source, board, synced_at, pages, postings_read, postings_new, postings_skipped, doubted)
  values (p_source, split_part(p_source, '/', 1), now(), p_pages, p_read, p_new, p_skipped, coalesce(too_many, false))
  on conflict (source) do update set
    synced_at = now(), failed_at = null, next_allowed_at = null, error_class = null, error_message = null,
    pages = excluded.pages, postings_read = excluded.postings_read, postings_new = excluded.postings_new,
    postings_skipped = excluded.postings_skipped, updated_at = now(),
    doubted = case when p_whole then excluded.doubted else s.doubted end;
  return closed;
end $$;

-- What no list named for so long, and what is past its date, is closed: so many at a time. Returns how many were.
create function public.close_old_postings(p_unseen_days integer, p_limit integer) returns integer
language plpgsql
set search_path = ''
as $$
declare
  unseen uuid[];
  expired uuid[];
begin
  with old as (
    select s.board, s.board_posting_id from public.posting_sources s
    where s.closed_at is null and s.read_at < now() - make_interval(days => p_unseen_days)
    order by s.read_at limit p_limit
  ), gone as (
    update public.posting_sources s set closed_at = now() from old
    where s.board = old.board and s.board_posting_id = old.board_posting_id
    returning s.posting_id
  )
  select coalesce(array_agg(posting_id), '{}') into unseen from gone;
  expired := array(
    select p.id from public.postings p
    where p.closed_at is null and p.expires_at <= now()
    order by p.expires_at limit p_limit
  );
  perform public.refresh_postings(unseen || expired);
  return cardinality(unseen) + cardinality(expired);
end $$;

-- Removes postings that are closed for so long and are in nobody's results: so many at a time. Returns how many were.
create function public.purge_postings(p_retention_days integer, p_limit integer) returns integer
language sql
set search_path = ''
as $$
  with old as (
    select p.id from public.postings p
    where p.closed_at < now() - make_interval(days => p_retention_days)
      and not exists (select from public.search_run_results r where r.posting_id = p.id)
    limit p_limit
  ), gone as (
    delete from public.postings p using old where p.id = old.id returning 1
  )
  select count(*) from gone
$$;

-- Removes what syncs and queries left behind: queries that nobody asked for so long, notes of syncs that died, waiters
-- whose run is over. Returns how many rows went.
create function public.purge_sync_leftovers(p_query_days integer) returns integer
language sql
set search_path = ''
as $$
  with queries as (
    delete from public.board_queries where last_asked_at < now() - make_interval(days => p_query_days)
    returning source
  ), syncs as (
    delete from public.source_syncs s using queries q where s.source = q.source returning 1
  ), pages as (
    delete from public.source_sync_pages where logged_at < now() - interval '1 day' returning 1
  ), waiters as (
    delete from public.source_sync_waiters w using public.search_runs r
    where r.id = w.run_id and r.status not in ('pending', 'running') returning 1
  )
  select (select count(*) from queries) + (select count(*) from syncs) + (select count(*) from pages)
    + (select count(*) from waiters)
$$;

-- A run's results, best first, as its owner may see them; closed ones too, with the date.
drop function public.run_results(uuid, text, boolean, text, boolean, real, uuid, integer);
create function public.run_results(
  p_run uuid, p_board text default null, p_only_new boolean default null, p_work_mode text default null,
  p_with_salary boolean default null, p_after_score real default null, p_after_posting uuid default null,
  p_limit integer default 20, p_only_open boolean default null
) returns jsonb
language sql stable
set search_path = ''
as $$
  with fitting as (
    select r.posting_id, r.score, r.is_new
    from public.search_run_results r join public.postings p on p.id = r.posting_id
    where r.run_id = p_run
      and (p_only_new is not true or r.is_new)
      and (p_work_mode is null or p.work_mode = p_work_mode)
      and (p_with_salary is not true or coalesce(p.salary_min, p.salary_max) is not null)
      and (p_only_open is not true or (p.closed_at is null and coalesce(p.expires_at > now(), true)))
      and (p_board is null or exists (
        select from public.posting_sources s where s.posting_id = r.posting_id and s.board = p_board))
  ), page as (
    select * from fitting f
    where p_after_score is null
      or f.score < p_after_score
      or (f.score = p_after_score and f.posting_id > p_after_posting)
    order by f.score desc, f.posting_id
    limit p_limit
  )
  select jsonb_build_object(
    'total', (select count(*) from fitting),
    'items', coalesce((
      select jsonb_agg(to_jsonb(shown) order by shown.score desc, shown.posting_id)
      from (
        select page.posting_id, page.score, page.is_new, p.title, p.company, p.locations, p.work_mode,
          p.employment_type, p.salary_min, p.salary_max, p.salary_currency, p.salary_period, p.salary_raw,
          p.posted_at, p.posted_at_precision, p.first_seen_at, left(p.description_text, 300) as excerpt,
          -- The sweep may not have come by since the posting's date has passed.
          coalesce(p.closed_at, case when p.expires_at <= now() then p.expires_at end) as closed_at,
          (
            select jsonb_agg(jsonb_build_object('board', s.board, 'url', s.url, 'apply_url', s.apply_url,
              'attribution', s.attribution, 'closed_at', s.closed_at)
              order by s.closed_at is not null, s.is_original desc, s.first_seen_at, s.board)
            from public.posting_sources s where s.posting_id = p.id
          ) as sources
        from page join public.postings p on p.id = page.posting_id
      ) shown
    ), '[]')
  )
$$;

revoke execute on function
  public.begin_source_sync(text, integer), public.report_sync_progress(text, text[]),
  public.missing_postings(text, integer), public.close_source_postings(text, text[]),
  public.finish_source_sync(text, integer, integer, integer, integer, boolean),
  public.close_old_postings(integer, integer), public.purge_postings(integer, integer),
  public.purge_sync_leftovers(integer),
  public.run_results(uuid, text, boolean, text, boolean, real, uuid, integer, boolean)
  from public, anon, authenticated;
grant execute on function
  public.begin_source_sync(text, integer), public.report_sync_progress(text, text[]),
  public.missing_postings(text, integer), public.close_source_postings(text, text[]),
  public.finish_source_sync(text, integer, integer, integer, integer, boolean),
  public.close_old_postings(integer, integer), public.purge_postings(integer, integer),
  public.purge_sync_leftovers(integer)
  to service_role;
grant execute on function
  public.run_results(uuid, text, boolean, text, boolean, real, uuid, integer, boolean) to authenticated, service_role;
