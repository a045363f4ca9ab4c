-- A page is written in less time: the words of descriptions come with the postings, each word once and without those that
-- every posting has; what waits to be sorted into the index is sorted in after the page, not while other pages wait for it.

-- All words of a posting. Where in the description a word stands is not kept.
create function public.posting_search(title_search tsvector, company text, description_words text) returns tsvector
language plpgsql stable
set search_path = ''
as $$
begin
  return title_search || setweight(to_tsvector('public.jobs', public.search_text(company)), 'C')
    || strip(public.description_vector(description_words));
end $$;

-- In plpgsql and without a query, as is what follows: pages of postings are written by these.
create or replace function public.week_of(at timestamptz) returns integer
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return floor(extract(epoch from at) / 604800);
end $$;

create or replace function public.posting_facets(
  boards text[], work_mode text, place_keys text[], remote_keys text[], seen_at timestamptz, closed boolean
) returns tsvector
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return array_to_tsvector(
    string_to_array('board:' || array_to_string(boards, ' board:')
      || ' place:' || coalesce(nullif(array_to_string(place_keys, ' place:'), ''), 'unknown'), ' ')
    || string_to_array('reach:' || nullif(array_to_string(remote_keys, ' reach:'), ''), ' ')
    || ('mode:' || work_mode)
    -- What is closed has no week: a search by weeks finds what is open.
    || case when not closed then array['open', 'week:' || public.week_of(seen_at)] end);
end $$;

-- Sorts what was written lately into the index of words, so that no search has to go through it.
create function public.sort_in_postings() returns void
language sql security definer
set search_path = ''
as $$ select gin_clean_pending_list('public.postings_search') $$;

-- Compressing them takes longer than writing them.
alter table public.postings
  alter column search set storage external,
  alter column description_html set storage external,
  alter column description_text set storage external;

-- p_postings: an array of domain/posting.ts's Posting, all of the source's board.
create or replace function public.record_postings_page(p_source text, p_postings jsonb) returns public.recorded_page
language plpgsql
set search_path = ''
-- What waits to be sorted into the index of words is sorted in at once, not in pieces.
set work_mem = '64MB'
as $$
declare
  outcome public.recorded_page;
  page public.page_posting[];
  again integer[];
  known_keys text[];
  known_matches text[];
  told public.page_posting;
  same uuid[];
  taken uuid[] := '{}';
  left_behind uuid[] := '{}';
begin
  -- Two boards that bring the same job at once would each make it: pages are written one after the other.
  perform pg_advisory_xact_lock(hashtextextended('postings', 0));

  page := array(
    select row(given.at, given.board, given.id, given.content_hash, given.own_board, keys.identity, keys.match,
      known.board is null, (known.match_key, known.identity_keys) is distinct from (keys.match, keys.identity),
      coalesce(known.posting_id, gen_random_uuid()), known.board is null, false)::public.page_posting
    from (
      select distinct on (id) (n - 1)::integer as at, posting ->> 'board' as board, id, posting,
        jsonb_hash_extended(posting, 0)::text as content_hash, posting ? 'companyToken' as own_board
      from jsonb_array_elements(p_postings) with ordinality as element (posting, n),
        lateral (select posting ->> 'boardPostingId' as id) of_board
      order by id, n desc
    ) given
    left join public.posting_sources known on known.board = given.board and known.board_posting_id = given.id
    cross join lateral jsonb_to_record(given.posting)
      as fields (company text, title text, locations text[], "placeKeys" text[], "identityKeys" text[])
    cross join lateral (
      select coalesce(fields."identityKeys", '{}') as identity,
        public.posting_match_key(fields.company, fields.title, fields.locations, coalesce(fields."placeKeys", '{}')) as match
      offset 0
    ) keys
    where known.content_hash is distinct from given.content_hash
    order by given.at
  );

  select jsonb_array_length(p_postings), count(*) filter (where is_new), count(*) filter (where not is_new)
  into outcome from unnest(page);
  if cardinality(page) = 0 then
    return outcome;
  end if;

  -- A job that a page tells twice, by its number: the second time it is known already.
  again := array(
    select distinct twice.at
    from (
      select t.at, row_number() over (partition by key order by t.at) as nth
      from unnest(page) t, unnest(t.identity_keys) key
      where not starts_with(key, 'url:')
    ) twice
    where nth > 1
  );
  if again <> '{}' then
    perform public.record_postings_page(p_source, (
      select jsonb_agg(posting order by n) from jsonb_array_elements(p_postings) with ordinality as element (posting, n)
      where n - 1 <> all (again)));
    perform public.record_postings_page(p_source, (
      select jsonb_agg(posting order by n) from jsonb_array_elements(p_postings) with ordinality as element (posting, n)
      where n - 1 = any (again)));
    return outcome;
  end if;

  -- What is known of the keys of this page, asked once for all of it.
  known_keys := array(
    select key from public.posting_sources s, unnest(s.identity_keys) key
    where s.identity_keys && array(
      select k from unnest(page) t, unnest(t.identity_keys) k where t.is_told_anew));
  known_matches := array(
    select s.match_key from public.posting_sources s
    where s.match_key = any (array(select t.match_key from unnest(page) t where t.is_told_anew)) and s.board <> page[1].board);

  for i in 1 .. cardinality(page) loop
    told := page[i];
    continue when not told.is_told_anew
      or (told.is_new and not told.identity_keys && known_keys and told.match_key <> all (known_matches));
    same := public.same_job(told.board, told.board_posting_id, p_postings -> told.at ->> 'title',
      array(select jsonb_array_elements_text(p_postings -> told.at -> 'locations')), told.identity_keys, told.match_key,
      case when not told.is_new then told.posting_id end, taken);
    if cardinality(same) > 1 then
      perform public.merge_postings(same[1], same[2:]);
      for j in 1 .. cardinality(page) loop
        if page[j].posting_id = any (same) then
          page[j].posting_id := same[1];
        end if;
      end loop;
    end if;
    if cardinality(same) > 0 then
      taken := taken || same[1];
      page[i].posting_id := same[1];
      page[i].makes_posting := false;
    elsif not told.is_new then
      page[i].posting_id := gen_random_uuid();
      page[i].makes_posting := true;
    end if;
    -- It tells of another job than the others that it was together with.
    if not told.is_new and told.posting_id <> all (same) then
      left_behind := left_behind || told.posting_id;
      if not page[i].makes_posting then
        update public.posting_sources set posting_id = page[i].posting_id, is_original = false
        where board = told.board and board_posting_id = told.board_posting_id;
      end if;
    end if;
  end loop;

  page := array(
    select row(t.at, t.board, t.board_posting_id, t.content_hash, t.own_board, t.identity_keys, t.match_key, t.is_new,
      t.is_told_anew, t.posting_id, t.makes_posting,
      t.makes_posting or coalesce(known.is_original, false) or (t.own_board and not exists (
        select from public.posting_sources o
        where o.posting_id = t.posting_id and o.own_board
          and (o.board, o.board_posting_id) <> (t.board, t.board_posting_id))))::public.page_posting
    from unnest(page) t
    left join public.posting_sources known on known.board = t.board and known.board_posting_id = t.board_posting_id
  );

  insert into public.postings as p (
    id, title, company, locations, place_text, country, work_mode, employment_type,
    salary_min, salary_max, salary_currency, salary_period, salary_raw, salary_a_year,
    posted_at, posted_at_precision, expires_at, description_html, description_text, tags, search, title_search,
    place_keys, remote_keys, facets, closed_at
  )
  select
    t.posting_id, given.title, given.company, given.locations,
    lower(extensions.unaccent('extensions.unaccent', array_to_string(given.locations, ' | ') || coalesce(' | ' || given.country, ''))),
    given.country, given."workMode", given."employmentType",
    pay.min, pay.max, pay.currency, pay.period, pay.raw, public.salary_a_year(coalesce(pay.max, pay.min), pay.period),
    given."postedAt", given."postedAtPrecision", given."expiresAt", given."descriptionHtml", given."descriptionText",
    coalesce(given.tags, '{}'),
    public.posting_search(in_title.words, given.company,
      coalesce(given."descriptionWords", public.search_text(left(given."descriptionText", 20000)))),
    in_title.words,
    coalesce(given."placeKeys", '{}'), coalesce(given."remoteKeys", '{}'),
    -- Of a new posting; those of a known one follow from all its sources, below.
    public.posting_facets(array[t.board], given."workMode", coalesce(given."placeKeys", '{}'),
      coalesce(given."remoteKeys", '{}'), coalesce(given."postedAt", now()), coalesce(given."expiresAt" <= now(), false)),
    case when given."expiresAt" <= now() then given."expiresAt" end
  from unnest(page) t
  cross join lateral jsonb_to_record(p_postings -> t.at) as given (
    title text, company text, locations text[], country text, "workMode" text, "employmentType" text, salary jsonb,
    "postedAt" timestamptz, "postedAtPrecision" text, "expiresAt" timestamptz, "descriptionHtml" text,
    "descriptionText" text, "descriptionWords" text, tags text[], "placeKeys" text[], "remoteKeys" text[])
  cross join lateral jsonb_to_record(coalesce(given.salary, '{}')) as pay (
    min numeric, max numeric, currency text, period text, raw text)
  -- Offset 0: made once for both columns.
  cross join lateral (
    select public.posting_title_search(given.title, coalesce(given.tags, '{}')) as words offset 0) in_title
  where t.is_original
  on conflict (id) do update set
    title = excluded.title, company = excluded.company,
    locations = excluded.locations, place_text = excluded.place_text, country = excluded.country,
    work_mode = excluded.work_mode, employment_type = excluded.employment_type,
    salary_min = excluded.salary_min, salary_max = excluded.salary_max,
    salary_currency = excluded.salary_currency, salary_period = excluded.salary_period,
    salary_raw = excluded.salary_raw, salary_a_year = excluded.salary_a_year,
    posted_at = excluded.posted_at, posted_at_precision = excluded.posted_at_precision,
    expires_at = excluded.expires_at, description_html = excluded.description_html,
    description_text = excluded.description_text, tags = excluded.tags, search = excluded.search,
    title_search = excluded.title_search, place_keys = excluded.place_keys, remote_keys = excluded.remote_keys,
    updated_at = now();

  -- A company's own board becomes the original of what only aggregators had.
  update public.posting_sources s set is_original = false
  from unnest(page) t
  where t.is_original and not t.makes_posting and s.posting_id = t.posting_id and s.is_original
    and (s.board, s.board_posting_id) <> (t.board, t.board_posting_id);

  insert into public.posting_sources as s
    (board, board_posting_id, posting_id, source, url, apply_url, attribution, is_original, content_hash, own_board,
    identity_keys, match_key)
  select t.board, t.board_posting_id, t.posting_id, p_source, given.url, given."applyUrl", given.attribution,
    t.is_original, t.content_hash, t.own_board, t.identity_keys, t.match_key
  from unnest(page) t
  cross join lateral jsonb_to_record(p_postings -> t.at) as given (url text, "applyUrl" text, attribution jsonb)
  on conflict (board, board_posting_id) do update set
    posting_id = excluded.posting_id, source = excluded.source, url = excluded.url, apply_url = excluded.apply_url,
    attribution = excluded.attribution, is_original = excluded.is_original, content_hash = excluded.content_hash,
    own_board = excluded.own_board, identity_keys = excluded.identity_keys, match_key = excluded.match_key,
    closed_at = null, updated_at = now();

  -- A posting that its original has left is another source's now, whose text is taken when it is read next.
  update public.posting_sources s set is_original = true, content_hash = ''
  from unnest(left_behind) gone (id)
  cross join lateral (
    select o.board, o.board_posting_id from public.posting_sources o where o.posting_id = gone.id
    order by o.own_board desc, o.first_seen_at, o.board, o.board_posting_id limit 1
  ) heir
  where s.board = heir.board and s.board_posting_id = heir.board_posting_id
    and not exists (select from public.posting_sources o where o.posting_id = gone.id and o.is_original);

  insert into public.title_words (word)
  select distinct word from unnest(page) t,
    regexp_split_to_table(
      lower(extensions.unaccent('extensions.unaccent', p_postings -> t.at ->> 'title')), '[^[:alnum:]]+') word
  where length(word) between 3 and 40
  on conflict do nothing;

  perform public.refresh_postings(left_behind || array(
    select distinct t.posting_id from unnest(page) t where not t.makes_posting));
  return outcome;
end $$;

revoke execute on function public.posting_search(tsvector, text, text), public.sort_in_postings()
  from public, anon, authenticated;
grant execute on function public.posting_search(tsvector, text, text), public.sort_in_postings() to service_role;
