-- The same matches, found in fewer and shorter scans of the index.

-- Words without accents are what they are without taking accents off, which costs a third.
create function public.description_vector(words text) returns tsvector
language plpgsql stable
set search_path = ''
as $$
begin
  return to_tsvector(case when octet_length(words) = length(words) then 'pg_catalog.english' else 'public.jobs' end::regconfig,
    words);
end $$;

create or replace function public.posting_search_vector(title text, tags text[], company text, description text) returns tsvector
language plpgsql stable
set search_path = ''
as $$
begin
  return setweight(to_tsvector('public.jobs', public.title_text(title)), 'A')
    || setweight(to_tsvector('public.jobs', public.title_text(array_to_string(tags, ' . '))), 'B')
    || setweight(to_tsvector('public.jobs', public.search_text(company)), 'C')
    || setweight(public.description_vector(public.search_text(left(description, 20000))), 'D');
end $$;

-- Of what fits, so many of the newest are ranked: a word that half the catalogue has costs no more than another.
update public.service_limits set value = 500 where name = 'postings_ranked';

-- Of those who begin, who is called as it was asked (new grad) comes first. Required of a description: without what every
-- description says and without what has to stand side by side, and whether anything has to.
alter type public.asked_words
  add attribute spelling tsquery, add attribute anywhere tsquery, add attribute side_by_side boolean;

-- What no search is about: descriptions come without these words (activities/boards/normalise/description-words.ts).
do $$
begin
  execute format(
    'create function public.said_everywhere() returns text[]
     language sql immutable parallel safe set search_path = '''' return %L::text[]',
    tsvector_to_array(to_tsvector('public.jobs',
      'a about after again all also am an and any are as at be because been before being both but by can could did'
      || ' do does doing down during each every few for from further had has have having he her here hers him his how i'
      || ' if in into is it its just me more most my no nor not now of off on once only or other our ours out over own'
      || ' same she should so some such than that the their theirs them then there these they this those through to too'
      || ' under until up us very was we were what when where which while who whom why will with would you your yours'
      || ' able across age applicant applicants apply background backgrounds based basis benefit benefits bring build'
      || ' building candidate candidates color colour committed companies company competitive day days disability drive'
      || ' driven eg employee employees employer employment environment equal etc excellent excited experience'
      || ' experienced factors first find full gender get good great grow growing growth help helping high highly hire'
      || ' hiring ideal ie including job join knowledge level like ll looking love make making may meet month months'
      || ' multiple need needs new next note offer one opportunities opportunity orientation origin part people per'
      || ' plus please position proud provide providing qualifications qualified race re real related religion required'
      || ' requirement requirements responsibilities right role roles salary set sexual skills status strong team teams'
      || ' tell things think time together understand understanding use using ve vary veteran veterans week well wide'
      || ' within work working world year years')));
end $$;
revoke execute on function public.said_everywhere() from public, anon, authenticated;
grant execute on function public.said_everywhere() to service_role;

-- Phrases in quotes, "or", and a minus before what is left out are understood. A minus alone means nothing.
create or replace function public.search_query(title text) returns public.asked_words
language plpgsql stable
set search_path = ''
as $$
declare
  levels constant text[] := '{junior,midlevel,senior,lead,staff,principal}';
  left_out constant text := '(?:^|\s)-+("[^"]*"|[^\s"-][^\s"]*)';
  asked public.asked_words;
  wanted text := regexp_replace(title, left_out, ' ', 'g');
  common text;
  nothing constant tsquery := websearch_to_tsquery('public.jobs', '');
  named text[];
  excluded text[];
begin
  -- Quotes outlive what is done to the words between them.
  wanted := replace(public.title_text(replace(public.mend_search_words(wanted), '"', ' xquotex ')), ' xquotex ', ' " ');
  if wanted ~ '\mnewgrad\M' and position('"' in wanted) = 0 then
    asked.spelling := 'newgrad';
    wanted := regexp_replace(wanted, '\mnewgrad\M', ' ', 'g');
  end if;
  excluded := array(
    select btrim(public.title_text(m[1])) from regexp_matches(title, left_out, 'g') m
    where btrim(public.title_text(m[1])) <> '');

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

  asked.required := websearch_to_tsquery('public.jobs',
    wanted || array_to_string(array(select ' -"' || words || '"' from unnest(excluded) words), ''));
  -- The index does not know which words of a description stand side by side.
  asked.anywhere := websearch_to_tsquery('public.jobs', replace(wanted, '"', ' ')
    || array_to_string(array(select ' -' || word from unnest(excluded) word where word !~ ' '), ''));
  asked.words := array(
    select distinct replace(m[1], '''''', '''')
    from regexp_matches(websearch_to_tsquery('public.jobs', wanted)::text, '''((?:[^'']|'''')+)''', 'g') m);
  asked.side_by_side := asked.anywhere::text <> asked.required::text;
  -- Every description would have them.
  foreach common in array asked.words loop
    if common = any (public.said_everywhere()) then
      asked.anywhere := ts_rewrite(asked.anywhere, quote_literal(common)::tsquery, nothing);
    end if;
  end loop;
  asked.about := (select string_agg(quote_literal(word), ' | ') from unnest(asked.words) word)::tsquery;
  -- "PM" is written for two trades.
  if 'pm' = any (asked.words) then
    asked.required := ts_rewrite(asked.required, 'pm', 'pm | manag & (product | project | program)');
    asked.anywhere := ts_rewrite(asked.anywhere, 'pm', 'pm | manag & (product | project | program)');
    asked.about := asked.about || 'manag & (product | project | program)'::tsquery;
  end if;
  return asked;
end $$;

-- What of a search the index answers beside its words: remote if asked, at the place or open to people there. Only
-- remote postings have a reach. Postings whose place the gazetteer does not know are let through; their text decides.
-- Null when nothing of that is asked.
create or replace function public.facet_query(remote_only boolean, place_in text[], place_reach text[]) returns tsquery
language plpgsql immutable parallel safe
set search_path = ''
as $$
declare
  at_place tsquery := case when cardinality(place_in) > 0 then array_to_string(
    array['''place:unknown''']
      || array(select public.facet('place', k) from unnest(place_in) k)
      || array(select public.facet('reach', k) from unnest(place_reach) k), ' | ') end;
begin
  return case when remote_only then coalesce('''mode:remote'''::tsquery && at_place, '''mode:remote''') else at_place end;
end $$;

create or replace function public.matching_postings(
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
  anywhere tsquery := asked.anywhere;
  side_by_side boolean := asked.side_by_side;
  about tsquery := asked.about;
  words text[] := asked.words;
  level tsquery := asked.level;
  spelling tsquery := asked.spelling;
  other_levels tsquery := asked.other_levels;
  on_boards tsquery := public.any_board(boards);
  -- Few of the boards: the index finds their postings. Most of them: it would go through nearly all.
  few_boards boolean := cardinality(boards) <= 3;
  -- Beside the weeks, a question of its own to the index, which it answers quicker than both in one.
  asked_facets tsquery := public.facet_query(
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
  span int4range;
  asked_weeks tsquery;
  found_before integer;
  few boolean := false;
  -- What is older has not been looked at.
  looked_back_to timestamptz;
  -- All that is asked in title and tags, the level too; without it; what is said elsewhere.
  passes constant text[] := case when level is null then '{title,text}' else '{level,title,text}' end;
  pass text;
  in_title tsquery;
  not_again tsquery;
  ids uuid[] := '{}';
  scores real[] := '{}';
  more_ids uuid[];
  more_scores real[];
  wanted integer := public.service_limit('postings_ranked');
begin
  if about is null or boards = '{}' then
    return;
  end if;
  if few_boards then
    asked_facets := coalesce(asked_facets && on_boards, on_boards);
  end if;
  foreach pass in array passes loop
    in_title := case pass when 'level' then required && level when 'title' then required else about end;
    not_again := case pass when 'title' then required && level when 'text' then required end;
    found_before := cardinality(ids);
    looked_back_to := null;
    foreach span in array week_spans || null::int4range loop
      exit when cardinality(ids) >= wanted;
      -- Few of the newest fit: all others are asked for at once; where few titles did, so are all that say it elsewhere.
      continue when (lower(span) > 0 or pass = 'text' and few and span is not null)
        and cardinality(ids) - found_before < wanted / 2;
      asked_weeks := case when span is null then 'open' else (
        select string_agg('''week:' || this_week - back || '''', ' | ')
        from generate_series(lower(span), upper(span) - 1) back) end;
      select array_agg(found.id), array_agg(found.score) into more_ids, more_scores
      from (
        -- How well it fits, from title and tags: all that is asked in the title, how much of it, how little beside it and
        -- in what order; how far along the job is; among equals the fresh one.
        select p.id, greatest(0, 0.5
          + case when title.lexemes @@ required then 1.0 when p.title_search @@ required then 0.4 else 0 end
          + 0.6 * (length(title.lexemes) - length(ts_delete(title.lexemes, words))) / greatest(cardinality(words), 1)
          + 0.4 * (length(title.lexemes) - length(ts_delete(title.lexemes, words))) / greatest(length(title.lexemes), 1)
          + 0.2 * least(1, ts_rank_cd('{0,0,0.1,1}', p.title_search, required))
          + case when title.lexemes @@ level then 0.5 when title.lexemes @@ other_levels then -0.5 else 0 end
          + case when title.lexemes @@ spelling then 0.3 else 0 end
          -- Remote work that is open to people there is not there.
          + case when place_known and p.place_keys && place_in then 0.3 else 0 end
          + 0.1 * exp(-greatest(0, extract(epoch from now() - title.seen_at)::float8) / 1209600.0))::real as score
        from (
          -- With and without facets, by title or by all words: one of the four is at work.
          select t.* from public.postings t
          where pass <> 'text' and asked_facets is null and t.title_search @@ in_title and t.facets @@ asked_weeks
          union all
          select t.* from public.postings t
          where pass <> 'text' and asked_facets is not null and t.title_search @@ in_title
            and t.facets @@ asked_facets and t.facets @@ asked_weeks
          union all
          select t.* from public.postings t
          where pass = 'text' and asked_facets is null and t.title_search @@ in_title
            and t.facets @@ asked_weeks and t.search @@ anywhere
          union all
          select t.* from public.postings t
          where pass = 'text' and asked_facets is not null and t.title_search @@ in_title
            and t.facets @@ asked_facets and t.facets @@ asked_weeks and t.search @@ anywhere
        ) p
        cross join lateral (
          select ts_filter(p.title_search, '{a}') as lexemes, coalesce(p.posted_at, p.first_seen_at) as seen_at
        ) title
        -- What an earlier pass had, and boards: beside the index, as nearly all postings meet these.
        where (not_again is null or not (p.title_search || ''::tsvector) @@ not_again)
          and (few_boards or (p.facets || ''::tsvector) @@ on_boards)
          and (span is not null or looked_back_to is null or title.seen_at < looked_back_to)
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
          and (left_out = '{}' or not lower(p.title || ' ' || p.company) ~ any (left_out))
          and (pass <> 'text' or not side_by_side
            or public.posting_search_vector(p.title, p.tags, p.company, p.description_text) @@ required)
        limit wanted - cardinality(ids)
      ) found;
      few := few or cardinality(ids) + cardinality(coalesce(more_ids, '{}')) - found_before < wanted / 2;
      looked_back_to := to_timestamp((this_week - upper(span) + 1) * 604800.0);
      ids := ids || coalesce(more_ids, '{}');
      scores := scores || coalesce(more_scores, '{}');
    end loop;
  end loop;
  return query
    select ranked.id, ranked.score from unnest(ids, scores) ranked (id, score)
    order by ranked.score desc, ranked.id limit most;
end $$;

-- The fewest first: what the first column lacks is not looked for in the others.
drop index public.postings_search;
create index postings_search on public.postings using gin (title_search, facets, search)
  with (gin_pending_list_limit = 4096);

revoke execute on function public.description_vector(text) from public, anon, authenticated;
grant execute on function public.description_vector(text) to service_role;
