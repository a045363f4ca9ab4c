-- A page of postings is written with its places, keys and facets, and one job is one posting, however many boards
-- have it.

alter table public.posting_sources
  -- The company's own board: its text goes before an aggregator's.
  add column own_board boolean not null default false;

-- The words of title and tags alone.
create function public.posting_title_search(title text, tags text[]) returns tsvector
language sql stable
set search_path = ''
return setweight(to_tsvector('public.jobs', public.search_text(title)), 'A')
  || setweight(to_tsvector('public.jobs', public.search_text(array_to_string(tags, ' '))), 'B');

revoke execute on function public.posting_title_search(text, text[]) from public, anon, authenticated;
grant execute on function public.posting_title_search(text, text[]) to service_role;

-- p_postings: an array of domain/posting.ts's Posting, all of the source's board.
-- A posting that another board has already joins that job; a company's own board becomes its original.
create or replace function public.record_postings_page(p_source text, p_postings jsonb) returns public.recorded_page
language plpgsql
set search_path = ''
set client_min_messages = warning
as $$
declare
  outcome public.recorded_page;
begin
  -- Two boards that bring the same job at once would each make it: pages are written one after the other.
  perform pg_advisory_xact_lock(hashtextextended('postings', 0));

  create temporary table if not exists incoming_postings (
    board text, board_posting_id text, item jsonb, hash text, posting_id uuid, match_key text, places text[],
    own_board boolean, is_new boolean, makes_posting boolean
  ) on commit delete rows;
  delete from incoming_postings;

  insert into incoming_postings (board, board_posting_id, item, hash, posting_id, match_key, places, own_board, is_new)
  select distinct on (item ->> 'boardPostingId')
    item ->> 'board', item ->> 'boardPostingId', item, md5(item::text), known.posting_id,
    public.posting_match_key(item ->> 'company', item ->> 'title', places.list), places.list,
    item ? 'companyToken', known.posting_id is null
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
    posted_at, posted_at_precision, expires_at, description_html, description_text, tags, search,
    title_search, place_keys, remote_keys, facets, closed_at
  )
  select
    i.posting_id, i.match_key, i.item ->> 'title', i.item ->> 'company', i.places,
    lower(extensions.unaccent('extensions.unaccent', array_to_string(i.places, ' | ') || coalesce(' | ' || (i.item ->> 'country'), ''))),
    i.item ->> 'country', i.item ->> 'workMode', i.item ->> 'employmentType',
    pay.min, pay.max, i.item #>> '{salary,currency}', i.item #>> '{salary,period}', i.item #>> '{salary,raw}',
    public.salary_a_year(coalesce(pay.max, pay.min), i.item #>> '{salary,period}'),
    (i.item ->> 'postedAt')::timestamptz, i.item ->> 'postedAtPrecision', (i.item ->> 'expiresAt')::timestamptz,
    i.item ->> 'descriptionHtml', i.item ->> 'descriptionText', words.tags,
    public.posting_search_vector(i.item ->> 'title', words.tags, i.item ->> 'company', i.item ->> 'descriptionText'),
    public.posting_title_search(i.item ->> 'title', words.tags), keys.place, keys.remote,
    public.posting_facets(array[i.board], i.item ->> 'workMode', keys.place, keys.remote,
      coalesce((i.item ->> 'postedAt')::timestamptz, now()), coalesce((i.item ->> 'expiresAt')::timestamptz <= now(), false)),
    case when (i.item ->> 'expiresAt')::timestamptz <= now() then (i.item ->> 'expiresAt')::timestamptz end
  from incoming_postings i
  cross join lateral (
    select (i.item #>> '{salary,min}')::numeric as min, (i.item #>> '{salary,max}')::numeric as max
  ) pay
  cross join lateral (
    select coalesce(array_agg(t), '{}') as tags from jsonb_array_elements_text(i.item -> 'tags') t
  ) words
  cross join lateral (
    select coalesce((select array_agg(k) from jsonb_array_elements_text(i.item -> 'placeKeys') k), '{}') as place,
      coalesce((select array_agg(k) from jsonb_array_elements_text(i.item -> 'remoteKeys') k), '{}') as remote
  ) keys
  where i.makes_posting
    or (i.is_new and i.own_board and not exists (
      select from public.posting_sources s where s.posting_id = i.posting_id and s.is_original and s.own_board))
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
    title_search = excluded.title_search, place_keys = excluded.place_keys, remote_keys = excluded.remote_keys,
    updated_at = now();

  update public.posting_sources s set is_original = false
  from incoming_postings i
  where i.is_new and i.own_board and s.posting_id = i.posting_id and s.is_original and not s.own_board;

  insert into public.posting_sources as s
    (board, board_posting_id, posting_id, source, url, apply_url, attribution, is_original, content_hash, own_board,
    identity_keys)
  select i.board, i.board_posting_id, i.posting_id, p_source, i.item ->> 'url', i.item ->> 'applyUrl',
    i.item -> 'attribution',
    i.makes_posting or (i.own_board and not exists (
      select from public.posting_sources o where o.posting_id = i.posting_id and o.is_original)),
    i.hash, i.own_board,
    coalesce((select array_agg(k) from jsonb_array_elements_text(i.item -> 'identityKeys') k), '{}')
  from incoming_postings i
  on conflict (board, board_posting_id) do update set
    source = excluded.source, url = excluded.url, apply_url = excluded.apply_url,
    attribution = excluded.attribution, content_hash = excluded.content_hash, own_board = excluded.own_board,
    identity_keys = excluded.identity_keys, updated_at = now();

  -- New postings have their facets; those of the others follow from all their sources.
  perform public.refresh_postings(array(select i.posting_id from incoming_postings i where not i.makes_posting));

  insert into public.title_words (word)
  select distinct word from incoming_postings i,
    regexp_split_to_table(lower(extensions.unaccent('extensions.unaccent', i.item ->> 'title')), '[^[:alnum:]]+') word
  where length(word) between 3 and 40
  on conflict do nothing;

  return outcome;
end $$;
