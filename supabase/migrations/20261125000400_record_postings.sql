-- Writing what a board's page holds: one call a page, one transaction, unchanged postings write nothing.

create text search configuration public.jobs (copy = pg_catalog.english);
alter text search configuration public.jobs
  alter mapping for hword, hword_part, word with extensions.unaccent, pg_catalog.english_stem;

create function public.posting_match_key(company text, title text, locations text[]) returns text
language sql stable
set search_path = ''
return md5(
  regexp_replace(lower(extensions.unaccent('extensions.unaccent', company)), '(\y(inc|llc|ltd|limited|gmbh|plc|corp|sa|ag|bv)\y)|[^[:alnum:]]+', '', 'g')
  || '|' || trim(regexp_replace(lower(extensions.unaccent('extensions.unaccent', title)), '[^[:alnum:]+#]+', ' ', 'g'))
  || '|' || coalesce((
    select string_agg(distinct place, ',' order by place)
    from unnest(locations) l,
      lateral (select lower(extensions.unaccent('extensions.unaccent', trim(split_part(l, ',', 1)))) as place) p
    -- A job that can be done from anywhere is spelled in many ways.
    where place not in ('', 'anywhere', 'worldwide', 'global', 'remote')
  ), '')
);

-- Hours, days, weeks and months are counted as full-time work; an unknown period or amount stays unknown.
create function public.salary_a_year(amount numeric, period text) returns numeric
language sql immutable parallel safe
set search_path = ''
return amount * case period
  when 'hour' then 2080 when 'day' then 260 when 'week' then 52 when 'month' then 12 when 'year' then 1
end;

-- Text as it is indexed and searched alike. Dots and slashes part words ("Node.js" is found by "node" and by
-- "node js"), and languages whose names are a letter and signs keep the signs.
create function public.search_text(words text) returns text
language sql immutable parallel safe
set search_path = ''
return replace(replace(replace(translate(lower(words), './', '__'),
  'c++', 'cplusplus'), 'c#', 'csharp'), 'f#', 'fsharp');

create function public.posting_search_vector(title text, tags text[], company text, description text) returns tsvector
language sql stable
set search_path = ''
return setweight(to_tsvector('public.jobs', public.search_text(title)), 'A')
  || setweight(to_tsvector('public.jobs', public.search_text(array_to_string(tags, ' '))), 'B')
  || setweight(to_tsvector('public.jobs', public.search_text(company)), 'C')
  || setweight(to_tsvector('public.jobs', public.search_text(left(description, 20000))), 'D');

create type public.recorded_page as (postings_read integer, postings_new integer, postings_changed integer);

-- p_postings: an array of domain/posting.ts's Posting, all of the source's board.
-- A posting that another board has already joins that job; a company's own board becomes its original.
create function public.record_postings_page(p_source text, p_postings jsonb) returns public.recorded_page
language plpgsql
set search_path = ''
set client_min_messages = warning
as $$
declare
  outcome public.recorded_page;
  own_board boolean := position('/' in p_source) > 0;
begin
  -- Two boards that bring the same job at once would each make it: pages are written one after the other.
  perform pg_advisory_xact_lock(hashtextextended('postings', 0));

  create temporary table if not exists incoming_postings (
    board text, board_posting_id text, item jsonb, hash text, posting_id uuid, match_key text, places text[],
    is_new boolean, makes_posting boolean
  ) on commit delete rows;
  delete from incoming_postings;

  insert into incoming_postings (board, board_posting_id, item, hash, posting_id, match_key, places, is_new)
  select distinct on (item ->> 'boardPostingId')
    item ->> 'board', item ->> 'boardPostingId', item, md5(item::text), known.posting_id,
    public.posting_match_key(item ->> 'company', item ->> 'title', places.list), places.list,
    known.posting_id is null
  from jsonb_array_elements(p_postings) item
  cross join lateral (
    select coalesce(array_agg(l), '{}') as list from jsonb_array_elements_text(item -> 'locations') l
  ) places
  left join public.posting_sources known
    on known.board = item ->> 'board' and known.board_posting_id = item ->> 'boardPostingId'
  where known.content_hash is distinct from md5(item::text);

  select jsonb_array_length(p_postings), count(*) filter (where is_new), count(*) filter (where not is_new)
  into outcome from incoming_postings;
  if outcome.postings_new + outcome.postings_changed = 0 then
    return outcome;
  end if;

  -- A new source joins the same job on another board, one of each board a job; else it makes a new posting.
  update incoming_postings i set posting_id = joined.id
  from (
    select distinct on (n.match_key) n.board, n.board_posting_id, p.id
    from incoming_postings n
    join public.postings p on p.match_key = n.match_key
    where n.is_new
      and not exists (select from public.posting_sources s where s.posting_id = p.id and s.board = n.board)
    order by n.match_key, n.board_posting_id, p.first_seen_at, p.id
  ) joined
  where i.board = joined.board and i.board_posting_id = joined.board_posting_id;

  update incoming_postings set makes_posting = posting_id is null,
    posting_id = coalesce(posting_id, gen_random_uuid());

  -- The posting's text is its original's: written for new jobs, by the original's changes, and when a company's
  -- own board joins what only aggregators had.
  insert into public.postings as p (
    id, match_key, title, company, locations, place_text, country, work_mode, employment_type,
    salary_min, salary_max, salary_currency, salary_period, salary_raw, salary_a_year,
    posted_at, posted_at_precision, expires_at, description_html, description_text, tags, search
  )
  select
    i.posting_id, i.match_key, i.item ->> 'title', i.item ->> 'company', i.places,
    lower(extensions.unaccent('extensions.unaccent', array_to_string(i.places, ' | ') || coalesce(' | ' || (i.item ->> 'country'), ''))),
    i.item ->> 'country', i.item ->> 'workMode', i.item ->> 'employmentType',
    pay.min, pay.max, i.item #>> '{salary,currency}', i.item #>> '{salary,period}', i.item #>> '{salary,raw}',
    public.salary_a_year(coalesce(pay.max, pay.min), i.item #>> '{salary,period}'),
    (i.item ->> 'postedAt')::timestamptz, i.item ->> 'postedAtPrecision', (i.item ->> 'expiresAt')::timestamptz,
    i.item ->> 'descriptionHtml', i.item ->> 'descriptionText', words.tags,
    public.posting_search_vector(i.item ->> 'title', words.tags, i.item ->> 'company', i.item ->> 'descriptionText')
  from incoming_postings i
  cross join lateral (
    select (i.item #>> '{salary,min}')::numeric as min, (i.item #>> '{salary,max}')::numeric as max
  ) pay
  cross join lateral (
    select coalesce(array_agg(t), '{}') as tags from jsonb_array_elements_text(i.item -> 'tags') t
  ) words
  where i.makes_posting
    or (i.is_new and own_board and not exists (
      select from public.posting_sources s where s.posting_id = i.posting_id and s.is_original and position('/' in s.source) > 0))
    or exists (
      select from public.posting_sources s
      where s.board = i.board and s.board_posting_id = i.board_posting_id and s.is_original)
  on conflict (id) do update set
    match_key = excluded.match_key, title = excluded.title, company = excluded.company,
    locations = excluded.locations, place_text = excluded.place_text, country = excluded.country,
    work_mode = excluded.work_mode, employment_type = excluded.employment_type,
    salary_min = excluded.salary_min, salary_max = excluded.salary_max,
    salary_currency = excluded.salary_currency, salary_period = excluded.salary_period,
    salary_raw = excluded.salary_raw, salary_a_year = excluded.salary_a_year,
    posted_at = excluded.posted_at, posted_at_precision = excluded.posted_at_precision,
    expires_at = excluded.expires_at, description_html = excluded.description_html,
    description_text = excluded.description_text, tags = excluded.tags, search = excluded.search,
    updated_at = now();

  if own_board then
    update public.posting_sources s set is_original = false
    from incoming_postings i
    where i.is_new and s.posting_id = i.posting_id and s.is_original and position('/' in s.source) = 0;
  end if;

  insert into public.posting_sources as s
    (board, board_posting_id, posting_id, source, url, apply_url, attribution, is_original, content_hash)
  select i.board, i.board_posting_id, i.posting_id, p_source, i.item ->> 'url', i.item ->> 'applyUrl',
    i.item -> 'attribution',
    i.makes_posting or (own_board and not exists (
      select from public.posting_sources o where o.posting_id = i.posting_id and o.is_original)),
    i.hash
  from incoming_postings i
  on conflict (board, board_posting_id) do update set
    source = excluded.source, url = excluded.url, apply_url = excluded.apply_url,
    attribution = excluded.attribution, content_hash = excluded.content_hash, updated_at = now();

  insert into public.title_words (word)
  select distinct word from incoming_postings i,
    regexp_split_to_table(lower(extensions.unaccent('extensions.unaccent', i.item ->> 'title')), '[^[:alnum:]]+') word
  where length(word) between 3 and 40
  on conflict do nothing;

  return outcome;
end $$;

-- A page was read: whoever waits for this source sees it. Always locked in the same order; a step of a run, which
-- holds its own row only, is waited for.
create function public.report_sync_progress(p_source text) returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.search_run_boards b set page = b.page + 1
  where b.board = split_part(p_source, '/', 1) and b.state = 'running' and b.run_id in (
    select r.id from public.search_runs r
    join public.source_sync_waiters w on w.run_id = r.id
    where w.source = p_source and r.status = 'running'
    order by r.id for update of r
  );
end $$;

create function public.finish_source_sync(p_source text, p_pages integer, p_read integer, p_new integer, p_skipped integer)
returns void
language sql
set search_path = ''
begin atomic
  insert into public.source_syncs as s
    (source, board, synced_at, pages, postings_read, postings_new, postings_skipped)
  values (p_source, split_part(p_source, '/', 1), now(), p_pages, p_read, p_new, p_skipped)
  on conflict (source) do update set
    synced_at = now(), failed_at = null, next_allowed_at = null, error_class = null, error_message = null,
    pages = excluded.pages, postings_read = excluded.postings_read, postings_new = excluded.postings_new,
    postings_skipped = excluded.postings_skipped, updated_at = now();
end;

create function public.fail_source_sync(
  p_source text, p_class public.board_error_class, p_message text, p_pause_seconds integer
) returns void
language sql
set search_path = ''
begin atomic
  insert into public.source_syncs as s (source, board, failed_at, next_allowed_at, error_class, error_message)
  values (p_source, split_part(p_source, '/', 1), now(), now() + make_interval(secs => p_pause_seconds),
    p_class, left(p_message, 500))
  on conflict (source) do update set
    failed_at = now(), next_allowed_at = excluded.next_allowed_at, error_class = excluded.error_class,
    error_message = excluded.error_message, updated_at = now();
end;
