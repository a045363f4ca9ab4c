-- Writes what fits into the run's results, and what its boards found. The run's row must be locked.
create or replace function public.match_run_boards(p_run uuid, p_boards text[]) returns void
language plpgsql
set search_path = ''
as $$
declare
  run public.search_runs;
  ids uuid[];
  scores real[];
  held integer;
begin
  select * into run from public.search_runs where id = p_run;

  loop
    select coalesce(array_agg(m.posting_id order by m.posting_id), '{}'), array_agg(m.score order by m.posting_id)
    into ids, scores
    from public.matching_postings(run.parameters, p_boards, run.place_in, run.place_reach,
      public.service_limit('results_per_board') * cardinality(p_boards)) m;
    -- Held until they are written down, in the order in which a merge holds them. One that is gone by now was merged
    -- into another, which may fit in its place.
    perform from public.postings p where p.id = any (ids) order by p.id for key share;
    get diagnostics held = row_count;
    exit when held = cardinality(ids);
  end loop;

  with matches as (
    select m.posting_id, m.score from unnest(ids, scores) m (posting_id, score)
  ), first_time as (
    insert into public.seen_postings (user_id, posting_id, run_id)
    -- In one order, or two runs of the same person could each wait for the other.
    select run.user_id, m.posting_id, p_run from matches m order by m.posting_id
    on conflict do nothing
    returning posting_id
  )
  insert into public.search_run_results (run_id, posting_id, user_id, score, is_new)
  select p_run, m.posting_id, run.user_id, m.score,
    exists (select from first_time f where f.posting_id = m.posting_id)
      or exists (select from public.seen_postings s
        where s.user_id = run.user_id and s.posting_id = m.posting_id and s.run_id = p_run)
  from matches m
  on conflict do nothing;

  update public.search_run_boards b set found = counted.found, new = counted.new
  from (
    select asked.board, count(r.posting_id) as found, count(r.posting_id) filter (where r.is_new) as new
    from unnest(p_boards) asked (board)
    left join (
      select distinct s.board, r.posting_id, r.is_new
      from public.search_run_results r join public.posting_sources s on s.posting_id = r.posting_id
      where r.run_id = p_run
    ) r on r.board = asked.board
    group by asked.board
  ) counted
  where b.run_id = p_run and b.board = counted.board;

  update public.search_runs set
    jobs_found = (select count(*) from public.search_run_results r where r.run_id = p_run),
    jobs_new = (select count(*) from public.search_run_results r where r.run_id = p_run and r.is_new)
  where id = p_run;
end $$;
