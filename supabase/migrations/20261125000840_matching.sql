-- What fits a search, second making: canonical words, places and boards in one index, a bounded number of postings ranked
-- from what is small.

-- In plpgsql, which keeps its expressions ready: pages of postings are written by these.
drop function public.posting_search_vector(text, text[], text, text);
create function public.posting_search_vector(title text, tags text[], company text, description text) returns tsvector
language plpgsql stable
set search_path = ''
as $$
begin
  return setweight(to_tsvector('public.jobs', public.title_text(title)), 'A')
    || setweight(to_tsvector('public.jobs', public.title_text(array_to_string(tags, ' . '))), 'B')
    || setweight(to_tsvector('public.jobs', public.search_text(company)), 'C')
    || setweight(to_tsvector('public.jobs', public.search_text(left(description, 20000))), 'D');
end $$;

create or replace function public.posting_title_search(title text, tags text[]) returns tsvector
language plpgsql stable
set search_path = ''
as $$
begin
  return setweight(to_tsvector('public.jobs', public.title_text(title)), 'A')
    || setweight(to_tsvector('public.jobs', public.title_text(array_to_string(tags, ' . '))), 'B');
end $$;

-- Words, facets and title in one index: whatever a match asks is one scan of it. What waits to be sorted in is read by
-- every search, so it is kept short.
drop index public.postings_search;
create index postings_search on public.postings using gin (search, facets, title_search)
  with (gin_pending_list_limit = 512);

-- Words that stand in no posting, and so are likely mistyped, are replaced by the nearest title word that starts alike:
-- one edit or two letters swapped, two edits in long words. Phrases in quotes are left as they are. A word of a title is
-- known; only of others the index is asked, not every posting.
create or replace function public.mend_search_words(query text) returns text
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
      and not exists (select from public.title_words known
        where known.word = lower(extensions.unaccent('extensions.unaccent', given.word)))
      -- "with" and the like stand for nothing: not mistyped.
      and numnode(plainto_tsquery('public.jobs', given.word)) > 0
      and not exists (
        select from public.postings p where p.search @@ plainto_tsquery('public.jobs', public.title_text(given.word)))
      and left(t.word, 1) = left(lower(given.word), 1)
      and length(t.word) between length(given.word) - 2 and length(given.word) + 2
      and (edits <= 1 or (edits = 2 and (length(given.word) >= 8 or same_letters)))
    order by edits, same_letters desc, extensions.similarity(t.word, lower(given.word)) desc, t.word
    limit 1
  ) nearest on true
);

-- What a title asks for: the words that have to be there, any one of them (of which one has to be in the title or the
-- tags), and how far along the job is to be. That last is a wish, unless nothing else is asked: who looks for a junior
-- engineer is shown engineers, juniors first.
create type public.asked_words as (required tsquery, about tsquery, words text[], level tsquery, other_levels tsquery);

drop function public.search_query(text);
drop function public.about_query(tsquery);

-- Phrases in quotes, "or", and a minus before what is left out are understood. A minus alone means nothing.
create function public.search_query(title text) returns public.asked_words
language plpgsql stable
set search_path = ''
as $$
declare
  levels constant text[] := '{junior,midlevel,senior,lead,staff,principal}';
  left_out constant text := '(?:^|\s)-+("[^"]*"|[^\s"-][^\s"]*)';
  asked public.asked_words;
  wanted text := regexp_replace(title, left_out, ' ', 'g');
  named text[];
  excluded text;
begin
  -- Quotes outlive what is done to the words between them.
  wanted := replace(public.title_text(replace(public.mend_search_words(wanted), '"', ' xquotex ')), ' xquotex ', ' " ');
  select string_agg('-"' || btrim(public.title_text(m[1])) || '"', ' ') into excluded
  from regexp_matches(title, left_out, 'g') m where btrim(public.title_text(m[1])) <> '';

  if position('"' in wanted) = 0 then
    named := array(select word from unnest(levels) word where position(' ' || word || ' ' in wanted) > 0);
    if named <> '{}' and numnode(websearch_to_tsquery('public.jobs',
      regexp_replace(wanted, '\m(' || array_to_string(levels, '|') || ')\M', ' ', 'g'))) > 0 then
      wanted := regexp_replace(wanted, '\m(' || array_to_string(levels, '|') || ')\M', ' ', 'g');
      asked.level := to_tsquery('public.jobs', array_to_string(named, ' | '));
      asked.other_levels := to_tsquery('public.jobs', array_to_string(array(
        -- A step up or down the same ladder: "II" and the like are none of these.
        select word from unnest(levels || '{intern,head,director,ii,iii,iv}') word where word <> all (named)
      ), ' | '));
    end if;
  end if;

  asked.required := websearch_to_tsquery('public.jobs', wanted || ' ' || coalesce(excluded, ''));
  asked.words := array(
    select distinct replace(m[1], '''''', '''')
    from regexp_matches(websearch_to_tsquery('public.jobs', wanted)::text, '''((?:[^'']|'''')+)''', 'g') m);
  asked.about := (select string_agg(quote_literal(word), ' | ') from unnest(asked.words) word)::tsquery;
  -- "PM" is written for two trades.
  if 'pm' = any (asked.words) then
    asked.required := ts_rewrite(asked.required, 'pm', 'pm | manag & (product | project | program)');
    asked.about := asked.about || 'manag & (product | project | program)'::tsquery;
  end if;
  return asked;
end $$;

-- One of facets, as a tsquery's operand.
create function public.facet(kind text, name text) returns text
language sql immutable parallel safe
set search_path = ''
return '''' || replace(replace(kind || ':' || name, '\', '\\'), '''', '''''') || '''';

-- Any of these boards.
create function public.any_board(boards text[]) returns tsquery
language sql immutable parallel safe
set search_path = ''
return (select string_agg(public.facet('board', b), ' | ') from unnest(boards) b)::tsquery;

-- What of a search the index answers beside its words: remote if asked, at the place or open to people there. Postings
-- whose place the gazetteer does not know are let through; their text decides. Null when nothing of that is asked.
create function public.facet_query(remote_only boolean, place_in text[], place_reach text[]) returns tsquery
language sql immutable parallel safe
set search_path = ''
return nullif(concat_ws(' & ',
  case when remote_only then '''mode:remote''' end,
  case when cardinality(place_in) > 0 then '(''place:unknown'''
    || (select string_agg(' | ' || public.facet('place', k), '') from unnest(place_in) k)
    || coalesce(' | (''mode:remote'' & ('
      || (select string_agg(public.facet('reach', k), ' | ') from unnest(place_reach) k) || '))', '')
    || ')' end), '')::tsquery;

-- Of what fits, so many of the newest are ranked in each pass: a word that half the catalogue has costs no more than
-- another. The first pass looks for all that is asked in title and tags, the second for what is said elsewhere.
insert into public.service_limits (name, value) values ('postings_ranked', 1000) on conflict do nothing;

drop function public.matching_postings(jsonb, text[], integer);
create function public.matching_postings(
  parameters jsonb, boards text[], place_in text[], place_reach text[], most integer
) returns table (posting_id uuid, score real)
language plpgsql stable
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  asked public.asked_words := public.search_query(parameters ->> 'title');
  required tsquery := asked.required;
  about tsquery := asked.about;
  words text[] := asked.words;
  level tsquery := asked.level;
  other_levels tsquery := asked.other_levels;
  on_boards tsquery := public.any_board(boards);
  -- Few of the boards: the index finds their postings. Most of them: it would go through nearly all.
  few_boards boolean := cardinality(boards) <= 3;
  facets tsquery := public.facet_query(
    coalesce((parameters ->> 'remoteOnly')::boolean, false), place_in, place_reach);
  place_words text := public.whole_words(lower(extensions.unaccent('extensions.unaccent', parameters ->> 'place')));
  place_known boolean := coalesce(cardinality(place_in) > 0, false);
  floor numeric := (parameters -> 'salaryFloor' ->> 'amount')::numeric;
  floor_currency text := parameters -> 'salaryFloor' ->> 'currency';
  known_pay_only boolean := coalesce((parameters ->> 'salaryKnownOnly')::boolean, false);
  oldest timestamptz := now() - make_interval(days => (parameters ->> 'maxAgeDays')::integer);
  left_out text[] := array(
    select public.whole_words(lower(w)) from jsonb_array_elements_text(parameters -> 'excludeWords') w);
  this_week integer := public.week_of(now());
  -- Weeks back from now, the newest first; what is older than all of them comes last. Postings may be dated ahead a day.
  week_spans constant int4range[] := '{"[-1,1]","[2,5]","[6,13]"}';
  last_week constant integer := 13;
  span int4range;
  asked_facets tsquery;
  in_title boolean;
  ids uuid[] := '{}';
  scores real[] := '{}';
  more_ids uuid[];
  more_scores real[];
  wanted integer := least(most, public.service_limit('postings_ranked'));
begin
  if about is null or boards = '{}' then
    return;
  end if;
  if few_boards then
    facets := coalesce(facets && on_boards, on_boards);
  end if;
  foreach in_title in array array[true, false] loop
    foreach span in array week_spans || null::int4range loop
      exit when cardinality(ids) >= wanted;
      asked_facets := case when span is null then 'open'::tsquery else (
        select string_agg(public.facet('week', (this_week - back)::text), ' | ')
        from generate_series(lower(span), upper(span) - 1) back)::tsquery end;
      asked_facets := coalesce(asked_facets && facets, asked_facets);
      select array_agg(found.id), array_agg(found.score) into more_ids, more_scores
      from (
        -- How well it fits, from title and tags: all that is asked in the title, how much of it, how little beside it and
        -- in what order; how far along the job is; among equals the fresh one.
        select p.id, greatest(0, 0.5
          + case when p.title @@ required then 1.0 when p.title_search @@ required then 0.4 else 0 end
          + 0.6 * (length(p.title) - length(ts_delete(p.title, words))) / greatest(cardinality(words), 1)
          + 0.4 * (length(p.title) - length(ts_delete(p.title, words))) / greatest(length(p.title), 1)
          + 0.2 * least(1, ts_rank_cd('{0,0,0.1,1}', p.title_search, required))
          + case when p.title @@ level then 0.5 when p.title @@ other_levels then -0.5 else 0 end
          + 0.1 * exp(-greatest(0, extract(epoch from now() - p.seen_at)::float8) / 1209600.0))::real as score
        from (
          select t.id, t.title_search, t.facets, t.closed_at, t.expires_at, t.place_keys, t.remote_keys, t.place_text, t.work_mode,
            t.salary_a_year, t.salary_currency, t.posted_at, t.title as title_text, t.company,
            ts_filter(t.title_search, '{a}') as title, coalesce(t.posted_at, t.first_seen_at) as seen_at
          from public.postings t
          where in_title and t.title_search @@ required and t.facets @@ asked_facets
          union all
          select t.id, t.title_search, t.facets, t.closed_at, t.expires_at, t.place_keys, t.remote_keys, t.place_text, t.work_mode,
            t.salary_a_year, t.salary_currency, t.posted_at, t.title as title_text, t.company,
            ts_filter(t.title_search, '{a}'), coalesce(t.posted_at, t.first_seen_at)
          from public.postings t
          where not in_title and t.title_search @@ about and t.search @@ required and t.facets @@ asked_facets
            and not t.title_search @@ required
        ) p
        -- Beside the index: nearly all postings are on one of so many boards.
        where (few_boards or (p.facets || ''::tsvector) @@ on_boards)
          and (span is not null or public.week_of(p.seen_at) < this_week - last_week)
          and p.closed_at is null
          and (p.expires_at is null or p.expires_at > now())
          and (place_words is null
            or (place_known and (p.place_keys && place_in
              or (p.work_mode = 'remote' and p.remote_keys && place_reach)))
            or ((not place_known or p.place_keys = '{}') and p.place_text ~ place_words)
            -- Nothing is said of where, or that anywhere will do.
            or (p.work_mode = 'remote' and p.place_keys = '{}' and p.place_text ~ '^(|remote|anywhere.*|worldwide.*)$'))
          and (not known_pay_only or p.salary_a_year is not null)
          -- Pay that is unknown, or in a currency without a rate, is no reason to leave a posting out.
          and (floor is null or p.salary_a_year is null
            or coalesce(public.convert_pay(p.salary_a_year, p.salary_currency, floor_currency) >= floor, true))
          and (oldest is null or p.posted_at is null or p.posted_at >= oldest)
          and (left_out = '{}' or not lower(p.title_text || ' ' || p.company) ~ any (left_out))
        limit wanted - cardinality(ids)
      ) found;
      ids := ids || coalesce(more_ids, '{}');
      scores := scores || coalesce(more_scores, '{}');
    end loop;
    wanted := least(most, cardinality(ids) + public.service_limit('postings_ranked'));
  end loop;
  return query
    select ranked.id, ranked.score from unnest(ids, scores) ranked (id, score)
    order by ranked.score desc, ranked.id limit most;
end $$;

-- Writes what fits into the run's results, and what its boards found. The run's row must be locked.
create or replace function public.match_run_boards(p_run uuid, p_boards text[]) returns void
language plpgsql
set search_path = ''
as $$
declare
  run public.search_runs;
begin
  select * into run from public.search_runs where id = p_run;

  with matches as materialized (
    select * from public.matching_postings(run.parameters, p_boards, run.place_in, run.place_reach,
      public.service_limit('results_per_board') * cardinality(p_boards))
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

revoke execute on function
  public.posting_search_vector(text, text[], text, text), public.posting_title_search(text, text[]),
  public.search_query(text), public.facet(text, text), public.any_board(text[]),
  public.facet_query(boolean, text[], text[]),
  public.matching_postings(jsonb, text[], text[], text[], integer)
  from public, anon, authenticated;
grant execute on function
  public.posting_search_vector(text, text[], text, text), public.posting_title_search(text, text[]),
  public.search_query(text), public.facet(text, text), public.any_board(text[]),
  public.facet_query(boolean, text[], text[]),
  public.matching_postings(jsonb, text[], text[], text[], integer)
  to service_role;
