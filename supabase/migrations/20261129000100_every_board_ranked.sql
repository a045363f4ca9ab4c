-- What a run finds does not hang on which of its boards were fresh when it began. Boards that are matched together shared one
-- bound (postings_ranked), those that are matched one by one as they answer had one each: the same wide search found three
-- times as much when its boards had to be asked first.

-- Of a board that more fit of than were ranked, the run has the newest.
alter table public.search_run_boards add column more_may_fit boolean not null default false;

-- The best of what fits on some boards, best first, without what the run's person hid; and whether more may fit than were ranked.
create function public.best_matches(
  run public.search_runs, p_boards text[], out ids uuid[], out scores real[], out more_may_fit boolean)
language plpgsql
set search_path = ''
as $$
declare
  per_board constant integer := public.service_limit('results_per_board');
  ranked constant integer := public.service_limit('postings_ranked');
  most constant integer := per_board * cardinality(p_boards);
  wanted constant integer := least(most, ranked);
  at_most_more constant integer := public.service_limit('hidden_postings_ranked');
  more integer := 0;
  hidden uuid[];
  kept integer;
begin
  loop
    perform set_config('app.more_postings_ranked', more::text, true);
    select coalesce(array_agg(m.posting_id order by m.n), '{}'), array_agg(m.score order by m.n) into ids, scores
    from public.matching_postings(run.parameters, p_boards, run.place_in, run.place_reach, most + more)
      with ordinality m (posting_id, score, n);
    perform set_config('app.more_postings_ranked', '', true);
    hidden := array(select public.hidden_postings(run.user_id, ids));
    kept := cardinality(ids) - cardinality(hidden);
    exit when kept >= wanted or cardinality(ids) < wanted + more or more >= at_most_more;
    -- As many more as it takes when of the rest as much is hidden, and a fifth beside.
    more := least(at_most_more, greatest(2 * more, wanted::bigint * cardinality(hidden) * 6 / greatest(5 * kept, 1)));
  end loop;
  more_may_fit := cardinality(ids) >= least(per_board, ranked) + more;
  select coalesce(array_agg(m.id), '{}'), array_agg(m.score) into ids, scores
  from (
    select * from unnest(ids, scores) with ordinality fitting (id, score, n)
    where id <> all (hidden) order by n limit most
  ) m;
end $$;

-- Writes what fits into the run's results, without what its person hid, and what its boards found. The run's row must
-- be locked.
create or replace function public.match_run_boards(p_run uuid, p_boards text[]) returns void
language plpgsql
set search_path = ''
as $$
declare
  run public.search_runs;
  ids uuid[];
  scores real[];
  more_may_fit boolean;
  -- Boards of which more may fit.
  bounded text[];
  held integer;
begin
  select * into run from public.search_runs where id = p_run;

  loop
    select b.ids, b.scores, b.more_may_fit into ids, scores, more_may_fit from public.best_matches(run, p_boards) b;
    bounded := case when more_may_fit then p_boards else '{}' end;
    if more_may_fit and cardinality(p_boards) > 1 then
      with of_boards as materialized (
        select asked.board, b.ids, b.scores, b.more_may_fit
        from unnest(p_boards) asked (board) cross join lateral public.best_matches(run, array[asked.board]) b
      ), fitting as (
        -- A job on several boards fits as well on each.
        select distinct on (f.id) f.id, f.score
        from of_boards b cross join lateral unnest(b.ids, b.scores) f (id, score)
        order by f.id
      )
      select coalesce((select array_agg(f.id order by f.id) from fitting f), '{}'),
        (select array_agg(f.score order by f.id) from fitting f),
        coalesce((select array_agg(b.board) from of_boards b where b.more_may_fit), '{}')
      into ids, scores, bounded;
    end if;
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

  update public.search_run_boards b
  set found = counted.found, new = counted.new, more_may_fit = b.board = any (bounded)
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

revoke execute on function public.best_matches(public.search_runs, text[]) from public, anon, authenticated;
grant execute on function public.best_matches(public.search_runs, text[]) to service_role;
