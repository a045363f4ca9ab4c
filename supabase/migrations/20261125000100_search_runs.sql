-- Saved searches, search runs, a run's boards, and the audit log of every step.

create extension if not exists pg_trgm with schema extensions;
create extension if not exists unaccent with schema extensions;
create extension if not exists fuzzystrmatch with schema extensions;

create type public.search_run_source as enum ('manual', 'cron');
create type public.search_run_status as enum ('pending', 'running', 'success', 'failed', 'cancelled');
create type public.board_state as enum ('queued', 'running', 'success', 'failed', 'cancelled');
create type public.board_error_class as enum (
  'auth', 'rate_limited', 'blocked', 'not_found', 'upstream', 'timeout',
  'network', 'bad_response', 'too_large', 'config', 'cancelled'
);

-- Two searches are the same when this is: letter case and the order of boards and left-out words do not count.
create function public.search_key(parameters jsonb) returns text
language sql immutable parallel safe
set search_path = ''
return md5(jsonb_build_array(
  lower(parameters ->> 'title'),
  lower(parameters ->> 'place'),
  coalesce((parameters ->> 'remoteOnly')::boolean, false),
  parameters -> 'salaryFloor',
  parameters -> 'maxAgeDays',
  (select jsonb_agg(b order by b) from jsonb_array_elements_text(parameters -> 'boards') b),
  (select jsonb_agg(lower(w) order by lower(w))
     from jsonb_array_elements_text(coalesce(parameters -> 'excludeWords', '[]')) w)
)::text);

-- The API checks parameters in full; this keeps out what would break the queries, whichever way a row comes in.
-- Never null: a check that is null would let the row in.
create function public.is_search_parameters(parameters jsonb) returns boolean
language sql immutable parallel safe
set search_path = ''
return coalesce(jsonb_typeof(parameters) = 'object'
  and jsonb_typeof(parameters -> 'title') = 'string'
  and length(parameters ->> 'title') between 1 and 120
  and coalesce(length(parameters ->> 'place') between 1 and 100, true)
  and jsonb_typeof(parameters -> 'boards') = 'array'
  and jsonb_array_length(parameters -> 'boards') between 1 and 50
  and coalesce(jsonb_typeof(parameters -> 'remoteOnly') = 'boolean', true)
  and coalesce(jsonb_typeof(parameters -> 'maxAgeDays') = 'number'
               and parameters ->> 'maxAgeDays' ~ '^[0-9]{1,4}$', parameters -> 'maxAgeDays' is null)
  and coalesce(jsonb_typeof(parameters -> 'salaryFloor' -> 'amount') = 'number'
               and parameters -> 'salaryFloor' ->> 'currency' ~ '^[A-Z]{3}$',
               parameters -> 'salaryFloor' is null)
  and coalesce(jsonb_typeof(parameters -> 'excludeWords') = 'array'
               and jsonb_array_length(parameters -> 'excludeWords') <= 20,
               parameters -> 'excludeWords' is null)
  and octet_length(parameters::text) <= 8192, false);

create table public.saved_searches (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  name text not null check (length(name) between 1 and 80),
  parameters jsonb not null check (public.is_search_parameters(parameters)),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index saved_searches_by_user on public.saved_searches (user_id, created_at desc, id desc);

create table public.search_runs (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  source public.search_run_source not null default 'manual',
  saved_search_id uuid references public.saved_searches (id) on delete set null,
  client_context jsonb check (octet_length(client_context::text) <= 2048),
  parameters jsonb not null check (public.is_search_parameters(parameters)),
  search_key text not null generated always as (public.search_key(parameters)) stored,
  idempotency_key text check (length(idempotency_key) between 1 and 200),
  status public.search_run_status not null default 'pending',
  error_class text,
  error_message text,
  jobs_found integer,
  jobs_new integer,
  first_of_its_search boolean not null default false,
  cancel_requested_at timestamptz,
  -- Counts every change of the run or of its boards: the id of its live events.
  revision bigint not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  started_at timestamptz,
  completed_at timestamptz
);
comment on table public.search_runs is
  'One row a search: what people see. The workflow search-run/<id> moves it.';

-- The history, newest first, by keyset; of one saved search; what is active. Under row level security an index is
-- not searched by status (comparing enums is not leakproof), but one that holds nothing else is used.
create index search_runs_by_user on public.search_runs (user_id, created_at desc, id desc);
create index search_runs_active_by_user on public.search_runs (user_id, created_at desc, id desc)
  where status in ('pending', 'running');
create index search_runs_by_saved_search on public.search_runs (saved_search_id, created_at desc, id desc)
  where saved_search_id is not null;
-- One active run of the same search a person.
create unique index search_runs_one_active_of_a_search on public.search_runs (user_id, search_key)
  where status in ('pending', 'running');
create unique index search_runs_by_idempotency_key on public.search_runs (user_id, idempotency_key)
  where idempotency_key is not null;
-- What the reconciler looks at.
create index search_runs_active on public.search_runs (status, created_at)
  where status in ('pending', 'running');
-- Whether a search was run before.
create index search_runs_by_search on public.search_runs (user_id, search_key) where status = 'success';

create table public.search_run_boards (
  run_id uuid not null references public.search_runs (id) on delete cascade,
  board text not null check (length(board) between 1 and 50),
  user_id uuid not null references auth.users (id) on delete cascade,
  state public.board_state not null default 'queued',
  sources_total integer not null default 0,
  sources_done integer not null default 0,
  sources_failed integer not null default 0,
  page integer not null default 0,
  found integer not null default 0,
  new integer not null default 0,
  error_class public.board_error_class,
  error_message text,
  started_at timestamptz,
  completed_at timestamptz,
  primary key (run_id, board)
);
create index search_run_boards_by_user on public.search_run_boards (user_id);

create table public.search_run_events (
  id bigint generated always as identity primary key,
  run_id uuid not null references public.search_runs (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  at timestamptz not null default clock_timestamp(),
  kind text not null check (kind in ('created', 'status', 'cancel_requested')),
  from_status public.search_run_status,
  to_status public.search_run_status,
  -- Who did it: the person, the workflow, or the reconciler.
  actor text not null check (actor in ('user', 'workflow', 'reconciler', 'service')),
  client_context jsonb,
  detail text
);
create index search_run_events_by_run on public.search_run_events (run_id, id);
create index search_run_events_by_user on public.search_run_events (user_id);

-- Limits that hold whichever way a run comes in. The worker writes its settings here at start.
create table public.service_limits (
  name text primary key,
  value integer not null check (value > 0),
  updated_at timestamptz not null default now()
);
insert into public.service_limits (name, value)
values ('manual_runs_per_hour', 30), ('active_runs_per_user', 3), ('results_per_board', 500);

create function public.service_limit(limit_name text) returns integer
language sql stable security definer
set search_path = ''
return (select value from public.service_limits where name = limit_name);

-- Who acts in this transaction, for the audit log.
create function public.current_actor() returns text
language sql stable
set search_path = ''
return coalesce(
  nullif(current_setting('app.actor', true), ''),
  case auth.role() when 'authenticated' then 'user' else 'service' end
);
