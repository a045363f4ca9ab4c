-- The catalogue: one posting a job, one source row a board that has it; and how fresh each source is.

create table public.company_boards (
  board text not null check (length(board) between 1 and 50),
  token text not null check (token ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
  name text not null check (length(name) between 1 and 200),
  created_at timestamptz not null default now(),
  primary key (board, token)
);
comment on table public.company_boards is 'Companies whose own boards are followed.';

-- A source is what is synced as a whole: a feed ('remotive') or one company's board ('greenhouse/gitlab').
create table public.source_syncs (
  source text primary key,
  board text not null,
  synced_at timestamptz,
  failed_at timestamptz,
  -- No sync before this, after a failure.
  next_allowed_at timestamptz,
  error_class public.board_error_class,
  error_message text,
  pages integer not null default 0,
  postings_read integer not null default 0,
  postings_new integer not null default 0,
  postings_skipped integer not null default 0,
  updated_at timestamptz not null default now()
);

-- Runs that wait for a sync: who sees its progress, and when the last one leaves, it is stopped.
create table public.source_sync_waiters (
  source text not null,
  run_id uuid not null references public.search_runs (id) on delete cascade,
  joined_at timestamptz not null default now(),
  primary key (source, run_id)
);
create index source_sync_waiters_by_run on public.source_sync_waiters (run_id);

create table public.postings (
  id uuid primary key default gen_random_uuid(),
  -- The same job told by several boards has the same key: company, title, places.
  match_key text not null,
  title text not null,
  company text not null,
  locations text[] not null default '{}',
  place_text text not null default '',
  country text,
  work_mode text not null check (work_mode in ('remote', 'hybrid', 'onsite', 'unknown')),
  employment_type text,
  salary_min numeric check (salary_min > 0),
  salary_max numeric check (salary_max > 0),
  salary_currency text,
  salary_period text check (salary_period in ('hour', 'day', 'week', 'month', 'year')),
  salary_raw text,
  -- The most it pays, a year, in its own currency; null when unknown.
  salary_a_year numeric,
  posted_at timestamptz,
  posted_at_precision text check (posted_at_precision in ('second', 'day')),
  expires_at timestamptz,
  description_html text not null default '',
  description_text text not null default '',
  tags text[] not null default '{}',
  search tsvector not null,
  first_seen_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index postings_search on public.postings using gin (search);
create index postings_match_key on public.postings (match_key);

create table public.posting_sources (
  board text not null,
  board_posting_id text not null,
  posting_id uuid not null references public.postings (id) on delete cascade,
  source text not null,
  url text not null check (url ~ '^https?://'),
  apply_url text check (apply_url ~ '^https?://'),
  attribution jsonb not null check (jsonb_typeof(attribution) = 'object'),
  -- The posting's text is this source's: the company's own board before an aggregator's copy.
  is_original boolean not null,
  content_hash text not null,
  first_seen_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (board, board_posting_id)
);
create index posting_sources_by_posting on public.posting_sources (posting_id, board);

create table public.search_run_results (
  run_id uuid not null references public.search_runs (id) on delete cascade,
  posting_id uuid not null references public.postings (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  score real not null,
  is_new boolean not null,
  found_at timestamptz not null default now(),
  primary key (run_id, posting_id)
);
-- Best first, by keyset.
create index search_run_results_ranked on public.search_run_results (run_id, score desc, posting_id);
create index search_run_results_by_posting on public.search_run_results (posting_id);
create index search_run_results_by_user on public.search_run_results (user_id);

-- What a person was shown, and by which run first: never changes once written.
create table public.seen_postings (
  user_id uuid not null references auth.users (id) on delete cascade,
  posting_id uuid not null references public.postings (id) on delete cascade,
  run_id uuid references public.search_runs (id) on delete set null,
  first_seen_at timestamptz not null default now(),
  primary key (user_id, posting_id)
);
create index seen_postings_by_posting on public.seen_postings (posting_id);
create index seen_postings_by_run on public.seen_postings (run_id);

-- Every word of every title: what a mistyped word of a search is corrected to.
create table public.title_words (
  word text primary key
);
create index title_words_by_start on public.title_words (left(word, 1), length(word));
