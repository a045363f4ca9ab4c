-- What fits a search: weighted full text with mistyped words mended, place, remote, pay, age, words to leave out.

-- Words that stand in no posting, and so are likely mistyped, are replaced by the nearest title word that starts
-- alike: one edit or two letters swapped, two edits in long words. Phrases in quotes are left as they are.
-- Whether a word stands nowhere is asked of the index, not of every posting.
create function public.mend_search_words(query text) returns text
language sql stable
set search_path = ''
set enable_seqscan = off
return (
  select string_agg(coalesce(nearest.word, given.word), ' ' order by given.n)
  from regexp_split_to_table(query, '\s+') with ordinality given (word, n)
  left join lateral (
    select t.word
    from public.title_words t
    cross join lateral (
      select extensions.levenshtein_less_equal(t.word, lower(given.word), 2) as edits,
        (select string_agg(c, '' order by c) from regexp_split_to_table(t.word, '') c)
          = (select string_agg(c, '' order by c) from regexp_split_to_table(lower(given.word), '') c) as same_letters
    ) compared
    where given.word ~ '^[[:alpha:]]{4,30}$'
      and query !~ '"'
      -- "with" and the like stand for nothing: not mistyped.
      and numnode(plainto_tsquery('public.jobs', given.word)) > 0
      and not exists (select from public.postings p where p.search @@ plainto_tsquery('public.jobs', given.word))
      and left(t.word, 1) = left(lower(given.word), 1)
      and length(t.word) between length(given.word) - 2 and length(given.word) + 2
      and (edits <= 1 or (edits = 2 and (length(given.word) >= 8 or same_letters)))
    order by edits, same_letters desc, extensions.similarity(t.word, lower(given.word)) desc, t.word
    limit 1
  ) nearest on true
);

-- What is asked for: all words, phrases in quotes, "or", a minus before what is left out. Several minuses in a row
-- mean nothing, and would nest deeper than a tsquery can.
create function public.search_query(title text) returns tsquery
language sql stable
set search_path = ''
return websearch_to_tsquery('public.jobs',
  public.mend_search_words(regexp_replace(public.search_text(title), '-\s*(-\s*)+', ' ', 'g')));

-- The same words, any of them, in the title or the tags: a posting must be about the job, not only mention it.
create function public.about_query(query tsquery) returns tsquery
language sql immutable
set search_path = ''
return (
  select string_agg(distinct quote_literal(word) || ':AB', ' | ')::tsquery
  from (
    select replace(m[1], '''''', '''') as word
    from regexp_matches(
      regexp_replace(query::text, '!''(?:[^'']|'''')+''|!\( [^()]+ \)', '', 'g'), '''((?:[^'']|'''')+)''', 'g') m
  ) words
);

-- A pattern that finds the words as whole words: "us" is not in "Austin", and signs are themselves ("c++").
create function public.whole_words(words text) returns text
language sql immutable parallel safe
set search_path = ''
return '(^|[^[:alnum:]])' || regexp_replace(words, '([][\\.^$*+?(){}|-])', '\\\1', 'g') || '($|[^[:alnum:]])';

create function public.matching_postings(parameters jsonb, boards text[], most integer)
returns table (posting_id uuid, score real)
language sql stable
set search_path = ''
as $$
  -- Materialized: worked out once, not again for every posting.
  with asked as materialized (
    select public.search_query(parameters ->> 'title') as query
  ), terms as materialized (
    select query, public.about_query(query) as about,
      public.whole_words(lower(extensions.unaccent('extensions.unaccent', parameters ->> 'place'))) as place,
      (parameters -> 'salaryFloor' ->> 'amount')::numeric as floor,
      parameters -> 'salaryFloor' ->> 'currency' as currency,
      (parameters ->> 'maxAgeDays')::integer as age,
      (select array_agg(public.whole_words(lower(w)))
         from jsonb_array_elements_text(parameters -> 'excludeWords') w) as left_out
    from asked
  )
  select p.id,
    (
      ts_rank('{0.05, 0.1, 0.3, 1.0}', p.search, t.query, 1)
      -- All words in the title beats some in the title; fresh beats stale among equals.
      + case when to_tsvector('public.jobs', public.search_text(p.title)) @@ t.query then 1.0 else 0 end
      + 0.2 * exp(-greatest(0, extract(epoch from now() - coalesce(p.posted_at, p.first_seen_at))) / 1209600.0)
    )::real as score
  from terms t, public.postings p
  where p.search @@ t.query
    and p.search @@ t.about
    and (t.place is null
      or p.place_text ~ t.place
      or (p.work_mode = 'remote' and p.place_text ~ '^(|remote|anywhere.*|worldwide.*)$'))
    and (not coalesce((parameters ->> 'remoteOnly')::boolean, false) or p.work_mode = 'remote')
    -- Pay that is unknown, or in another currency, is no reason to leave a posting out.
    and (t.floor is null or p.salary_a_year is null or p.salary_currency is distinct from t.currency
      or p.salary_a_year >= t.floor)
    and (t.age is null or p.posted_at is null or p.posted_at >= now() - make_interval(days => t.age))
    and (p.expires_at is null or p.expires_at > now())
    and not coalesce(lower(p.title || ' ' || p.company) ~ any (t.left_out), false)
    and exists (select from public.posting_sources s where s.posting_id = p.id and s.board = any (boards))
  order by score desc, p.id
  limit most
$$;

-- Writes what fits into the run's results, and what its boards found. The run's row must be locked.
create function public.match_run_boards(p_run uuid, p_boards text[]) returns void
language plpgsql
set search_path = ''
as $$
declare
  run public.search_runs;
begin
  select * into run from public.search_runs where id = p_run;

  with matches as materialized (
    select * from public.matching_postings(
      run.parameters, p_boards, public.service_limit('results_per_board') * cardinality(p_boards))
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

-- A run's results, best first, as its owner may see them.
create function public.run_results(
  p_run uuid, p_board text default null, p_only_new boolean default null, p_work_mode text default null,
  p_with_salary boolean default null, p_after_score real default null, p_after_posting uuid default null,
  p_limit integer default 20
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
          (
            select jsonb_agg(jsonb_build_object('board', s.board, 'url', s.url, 'apply_url', s.apply_url,
              'attribution', s.attribution) order by s.is_original desc, s.first_seen_at, s.board)
            from public.posting_sources s where s.posting_id = p.id
          ) as sources
        from page join public.postings p on p.id = page.posting_id
      ) shown
    ), '[]')
  )
$$;
