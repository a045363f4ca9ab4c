-- What the catalogue knows of a posting beyond its text: where it is, which job it is, whether it is still open.

alter table public.postings
  -- Places (domain/posting.ts, placeKeySchema): where the work is with all that it lies in, and, for remote
  -- postings, where one may live.
  add column place_keys text[] not null default '{}',
  add column remote_keys text[] not null default '{}',
  -- The words of title and tags alone: what ranking reads, a small part of `search`.
  add column title_search tsvector not null default '',
  -- What is not words: boards, places, work mode, week, open. One index holds both, so that a match reads it once.
  add column facets tsvector not null default '',
  -- Gone from every board that had it, or past its date.
  add column closed_at timestamptz;

alter table public.posting_sources
  -- What tells the same job on another board (domain/posting.ts, identityKeySchema).
  add column identity_keys text[] not null default '{}',
  add column closed_at timestamptz;
create index posting_sources_by_identity on public.posting_sources using gin (identity_keys);

drop index public.postings_search;
create index postings_search on public.postings using gin (search, facets);

-- Where a person's search is, as the gazetteer knows it: a posting is there (`place_in`), or is remote and open to
-- somebody there (`place_reach`). Null when there is no place, empty when it is not known.
alter table public.search_runs
  add column place_in text[] check (cardinality(place_in) <= 50),
  add column place_reach text[] check (cardinality(place_reach) <= 50);

-- Rates for comparing pay (domain/currency-rates.ts); the worker writes them at start.
create table public.currency_rates (
  currency text primary key check (currency ~ '^[A-Z]{3}$'),
  per_euro numeric not null check (per_euro > 0),
  as_of date not null
);
alter table public.currency_rates enable row level security;
create policy "service: everything" on public.currency_rates for all to service_role using (true) with check (true);
grant all on public.currency_rates to service_role;

-- An amount in another currency; null when a rate is unknown.
create function public.convert_pay(amount numeric, given text, wanted text) returns numeric
language sql stable
set search_path = ''
return case when given = wanted then amount else amount
  / (select r.per_euro from public.currency_rates r where r.currency = given)
  * (select r.per_euro from public.currency_rates r where r.currency = wanted) end;

-- Weeks since the epoch: old weeks are not looked at when newer ones hold enough.
create function public.week_of(at timestamptz) returns integer
language sql immutable parallel safe
set search_path = ''
return floor(extract(epoch from at) / 604800);

create function public.posting_facets(
  boards text[], work_mode text, place_keys text[], remote_keys text[], seen_at timestamptz, closed boolean
) returns tsvector
language sql immutable parallel safe
set search_path = ''
return array_to_tsvector(array(
  select 'board:' || b from unnest(boards) b
  union select 'place:' || k from unnest(case when cardinality(place_keys) > 0 then place_keys else '{unknown}' end) k
  union select 'reach:' || k from unnest(remote_keys) k
  union select 'mode:' || work_mode
  -- What is closed has no week: a search by weeks finds what is open.
  union select facet from unnest(array['open', 'week:' || public.week_of(seen_at)]) facet where not closed
));

-- A posting is closed when every source of it is, or when its date has passed; its facets follow. Called after each
-- change of its sources.
create function public.refresh_postings(p_postings uuid[]) returns void
language sql
set search_path = ''
begin atomic
  update public.postings p set
    closed_at = now_is.closed_at,
    facets = now_is.facets
  from (
    select known.id, state.closed_at,
      public.posting_facets(state.boards, known.work_mode, known.place_keys, known.remote_keys,
        coalesce(known.posted_at, known.first_seen_at), state.closed_at is not null) as facets
    from public.postings known
    cross join lateral (
      select
        array_agg(s.board) filter (where s.closed_at is null) as boards,
        case
          when known.expires_at <= now() then known.expires_at
          when bool_and(s.closed_at is not null) then max(s.closed_at)
        end as closed_at
      from public.posting_sources s where s.posting_id = known.id
    ) state
    where known.id = any (p_postings)
  ) now_is
  where p.id = now_is.id
    and (p.facets, p.closed_at) is distinct from (now_is.facets, now_is.closed_at);
end;

-- Which boards this deployment can ask; the worker writes it at start.
create table public.boards (
  board text primary key check (length(board) between 1 and 50),
  availability text not null check (availability in ('ready', 'needs_key', 'off')),
  updated_at timestamptz not null default now()
);
alter table public.boards enable row level security;
create policy "service: everything" on public.boards for all to service_role using (true) with check (true);
create policy "boards: read" on public.boards for select to authenticated using (true);
grant select on public.boards to authenticated;
grant all on public.boards to service_role;

-- What query boards were asked; the source's key holds the hash of it.
create table public.board_queries (
  source text primary key,
  board text not null,
  query jsonb not null check (jsonb_typeof(query) = 'object'),
  last_asked_at timestamptz not null default now()
);
alter table public.board_queries enable row level security;
create policy "service: everything" on public.board_queries for all to service_role using (true) with check (true);
grant all on public.board_queries to service_role;

-- Which postings each page of a sync under way held: what a whole list does not name any more is closed.
create table public.source_sync_pages (
  id bigint generated always as identity primary key,
  source text not null,
  posting_ids text[] not null
);
create index source_sync_pages_by_source on public.source_sync_pages (source);
alter table public.source_sync_pages enable row level security;
create policy "service: everything" on public.source_sync_pages for all to service_role using (true) with check (true);
grant all on public.source_sync_pages to service_role;

revoke execute on function
  public.convert_pay(numeric, text, text), public.week_of(timestamptz), public.refresh_postings(uuid[]),
  public.posting_facets(text[], text, text[], text[], timestamptz, boolean)
  from public, anon, authenticated;
grant execute on function
  public.convert_pay(numeric, text, text), public.week_of(timestamptz), public.refresh_postings(uuid[]),
  public.posting_facets(text[], text, text[], text[], timestamptz, boolean)
  to service_role;
