-- People follow companies: one row a company for everybody, checked once, read while somebody follows it.

insert into public.service_limits (name, value)
values ('companies_per_user', 50), ('company_checks_per_hour', 20)
on conflict do nothing;

alter table public.company_boards
  -- Whether its board is there: being asked, there, not there, or could not be asked.
  add column state text not null default 'open' check (state in ('checking', 'open', 'not_found', 'failed')),
  -- The deployment's own choice: always read, whoever follows it.
  add column is_default boolean not null default true,
  add column check_asked_at timestamptz,
  add column checked_at timestamptz,
  add column error_class public.board_error_class,
  add column error_message text;
create index company_boards_checking on public.company_boards (check_asked_at) where state = 'checking';

create table public.company_follows (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  board text not null,
  token text not null,
  created_at timestamptz not null default now(),
  primary key (user_id, board, token),
  foreign key (board, token) references public.company_boards (board, token) on delete cascade
);
create index company_follows_by_company on public.company_follows (board, token);
alter table public.company_follows enable row level security;
create policy "own follows: read" on public.company_follows
  for select to authenticated using (user_id = (select auth.uid()));
create policy "own follows: remove" on public.company_follows
  for delete to authenticated using (user_id = (select auth.uid()));
create policy "service: everything" on public.company_follows for all to service_role using (true) with check (true);
grant select, delete on public.company_follows to authenticated;
grant all on public.company_follows to service_role;

-- Checks that a person asked for in the last hour.
create table public.company_checks (
  id bigint generated always as identity primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  asked_at timestamptz not null default now()
);
create index company_checks_by_user on public.company_checks (user_id, asked_at);
alter table public.company_checks enable row level security;
create policy "service: everything" on public.company_checks for all to service_role using (true) with check (true);
grant all on public.company_checks to service_role;

-- The person's companies, or one of them: how each is doing, with how many open postings.
create function public.followed_companies(p_board text default null, p_token text default null)
returns table (board text, token text, name text, state text, error_class public.board_error_class,
  error_message text, open_postings integer, followed_at timestamptz, checked_at timestamptz, synced_at timestamptz)
language sql stable security definer
set search_path = ''
as $$
  select c.board, c.token, c.name, c.state, coalesce(c.error_class, s.error_class),
    coalesce(c.error_message, s.error_message), n.postings, f.created_at, c.checked_at, s.synced_at
  from public.company_follows f
  join public.company_boards c on c.board = f.board and c.token = f.token
  left join public.source_syncs s on s.source = c.board || '/' || c.token
  cross join lateral (
    select count(distinct p.id)::integer as postings
    from public.posting_sources o join public.postings p on p.id = o.posting_id
    where o.source = c.board || '/' || c.token and o.closed_at is null
      and p.closed_at is null and coalesce(p.expires_at > now(), true)
  ) n
  where f.user_id = auth.uid()
    and (p_board is null or f.board = p_board) and (p_token is null or f.token = p_token)
$$;

-- The person follows a company. One that is not known yet, or was not found when it was asked for last, has to be
-- checked: its state is `checking` then. Following again changes nothing else.
create function public.follow_company(p_board text, p_token text) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  me uuid := auth.uid();
  company public.company_boards;
  is_new boolean;
  used integer;
  oldest timestamptz;
begin
  if me is null then
    raise exception using errcode = 'PT401', message = 'unauthorized';
  end if;
  -- A person's companies are counted one after the other, or two at once would both pass.
  perform pg_advisory_xact_lock(hashtextextended('company_follows/' || me, 0));

  if not exists (select from public.company_follows f where f.user_id = me and f.board = p_board and f.token = p_token)
  then
    select count(*) into used from public.company_follows f where f.user_id = me;
    if used >= public.service_limit('companies_per_user') then
      raise exception using errcode = 'PT409', message = 'too_many_companies',
        detail = public.service_limit('companies_per_user')::text;
    end if;
  end if;

  -- Until its board says more, a company is called as its address spells it. The words are never somebody's own:
  -- everybody sees them.
  insert into public.company_boards (board, token, name, state, is_default)
  values (p_board, p_token, (
    select string_agg(upper(left(word, 1)) || substr(word, 2), ' ')
    from regexp_split_to_table(btrim(p_token, '-_.'), '[-_.]+') word
  ), 'checking', false)
  on conflict do nothing;
  is_new := found;
  -- Two people at once: the second waits here, and finds the check asked for.
  select * into company from public.company_boards c where c.board = p_board and c.token = p_token for update;

  if is_new or company.state in ('not_found', 'failed') then
    delete from public.company_checks where user_id = me and asked_at <= now() - interval '1 hour';
    select count(*), min(k.asked_at) into used, oldest from public.company_checks k where k.user_id = me;
    if used >= public.service_limit('company_checks_per_hour') then
      raise exception using errcode = 'PT429', message = 'too_many_company_checks',
        detail = public.service_limit('company_checks_per_hour')::text,
        hint = greatest(1, ceil(extract(epoch from oldest + interval '1 hour' - now())))::text;
    end if;
    insert into public.company_checks (user_id) values (me);
    update public.company_boards c
    set state = 'checking', check_asked_at = now(), error_class = null, error_message = null
    where c.board = p_board and c.token = p_token;
  end if;

  insert into public.company_follows (user_id, board, token) values (me, p_board, p_token) on conflict do nothing;
  return (select to_jsonb(f) from public.followed_companies(p_board, p_token) f);
end $$;

-- How a check ended; the first end stands.
create function public.finish_company_check(
  p_board text, p_token text, p_state text, p_name text default null,
  p_class public.board_error_class default null, p_message text default null
) returns void
language sql
set search_path = ''
begin atomic
  update public.company_boards set state = p_state, name = coalesce(left(p_name, 200), name), checked_at = now(),
    error_class = p_class, error_message = left(p_message, 500)
  where board = p_board and token = p_token and state = 'checking';
end;

-- Checks that were asked for and are not done: what the reconciler sees started.
create function public.companies_to_check(p_pending_seconds integer, p_limit integer)
returns table (board text, token text)
language sql stable
set search_path = ''
as $$
  select c.board, c.token from public.company_boards c
  where c.state = 'checking' and c.check_asked_at < now() - make_interval(secs => p_pending_seconds)
  order by c.check_asked_at
  limit p_limit
$$;

-- Nobody wants to know any more what became of an address that led nowhere.
create function public.company_follows_after_delete() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  delete from public.company_boards c
  where c.board = old.board and c.token = old.token and not c.is_default and c.state in ('not_found', 'failed')
    and not exists (select from public.company_follows f where f.board = c.board and f.token = c.token);
  return null;
end $$;
create trigger company_follows_after_delete after delete on public.company_follows
  for each row execute function public.company_follows_after_delete();

-- The companies of a board that are read: the deployment's own, and those that somebody follows.
create function public.synced_companies(p_board text) returns setof text
language sql stable
set search_path = ''
as $$
  select c.token from public.company_boards c
  where c.board = p_board and (c.is_default or (c.state = 'open' and exists (
    select from public.company_follows f where f.board = c.board and f.token = c.token)))
$$;

-- The sources of a board for a search, and whether each has to be synced: never read, or longer ago than the board's
-- interval. p_kind: 'feed', 'company' or 'query'. p_fresh_seconds counts from the last good sync; a source that failed
-- lately rests until next_allowed_at.
create or replace function public.board_sources(p_parameters jsonb, p_board text, p_kind text, p_fresh_seconds integer)
returns table (source text, stale boolean, resting boolean, error_class public.board_error_class, error_message text)
language sql stable
set search_path = ''
as $$
  select key.source,
    coalesce(s.synced_at <= now() - make_interval(secs => p_fresh_seconds), true),
    coalesce(s.next_allowed_at > now(), false),
    s.error_class, s.error_message
  from (
    select p_board as source where p_kind = 'feed'
    union all
    select p_board || '/' || c.token from public.synced_companies(p_board) c (token) where p_kind = 'company'
    union all
    select public.query_source(p_board, q) from public.query_of_search(p_parameters) q
    where p_kind = 'query' and q is not null
  ) key
  left join public.source_syncs s on s.source = key.source
$$;

-- A company's open postings, the newest first, by keyset; with the total.
create function public.company_postings(
  p_board text, p_token text, p_after_at timestamptz default null, p_after_posting uuid default null,
  p_limit integer default 20
) returns jsonb
language sql stable
set search_path = ''
as $$
  with theirs as (
    select distinct on (p.id) p.id, coalesce(p.posted_at, p.first_seen_at) as at
    from public.posting_sources o join public.postings p on p.id = o.posting_id
    where o.source = p_board || '/' || p_token and o.closed_at is null
      and p.closed_at is null and coalesce(p.expires_at > now(), true)
  ), page as (
    select * from theirs t
    where p_after_at is null or (t.at, t.id) < (p_after_at, p_after_posting)
    order by t.at desc, t.id desc
    limit p_limit
  )
  select jsonb_build_object(
    'total', (select count(*) from theirs),
    'items', coalesce((
      select jsonb_agg(to_jsonb(shown) order by shown.at desc, shown.posting_id desc)
      from (
        select page.id as posting_id, page.at, p.title, p.company, p.locations, p.work_mode, p.employment_type,
          p.salary_min, p.salary_max, p.salary_currency, p.salary_period, p.salary_raw, p.posted_at,
          p.posted_at_precision, p.first_seen_at, left(p.description_text, 300) as excerpt, p.closed_at,
          (
            select jsonb_agg(jsonb_build_object('board', s.board, 'url', s.url, 'apply_url', s.apply_url,
              'attribution', s.attribution, 'closed_at', s.closed_at)
              order by s.closed_at is not null, s.is_original desc, s.first_seen_at, s.board)
            from public.posting_sources s where s.posting_id = p.id
          ) as sources
        from page join public.postings p on p.id = page.id
      ) shown
    ), '[]')
  )
$$;

-- Whoever follows a company is told of its check, and of its first sync: ids only, the listener reads the row.
create function public.notify_followers(p_board text, p_token text) returns void
language sql
set search_path = ''
as $$
  select pg_notify('company_changed', json_build_object('company', p_board || '/' || p_token, 'user', f.user_id)::text)
  from public.company_follows f where f.board = p_board and f.token = p_token
$$;

create function public.notify_company_check() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform public.notify_followers(new.board, new.token);
  return null;
end $$;
create trigger company_boards_notify after update on public.company_boards
  for each row when (new.state <> old.state) execute function public.notify_company_check();

create function public.notify_first_sync() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform public.notify_followers(new.board, substr(new.source, length(new.board) + 2));
  return null;
end $$;
create trigger source_syncs_notify_added after insert on public.source_syncs
  for each row execute function public.notify_first_sync();
create trigger source_syncs_notify_first after update on public.source_syncs
  for each row when (old.synced_at is null) execute function public.notify_first_sync();

revoke execute on function
  public.followed_companies(text, text), public.follow_company(text, text),
  public.finish_company_check(text, text, text, text, public.board_error_class, text),
  public.companies_to_check(integer, integer), public.company_follows_after_delete(),
  public.synced_companies(text), public.company_postings(text, text, timestamptz, uuid, integer),
  public.notify_followers(text, text), public.notify_company_check(), public.notify_first_sync()
  from public, anon, authenticated;
grant execute on function
  public.followed_companies(text, text), public.follow_company(text, text),
  public.company_postings(text, text, timestamptz, uuid, integer)
  to authenticated, service_role;
grant execute on function
  public.finish_company_check(text, text, text, text, public.board_error_class, text),
  public.companies_to_check(integer, integer), public.company_follows_after_delete(),
  public.synced_companies(text), public.notify_followers(text, text), public.notify_company_check(),
  public.notify_first_sync()
  to service_role;
