-- A private link a saved search, for feed readers: whoever has the link reads what was found. Removing the row revokes it.

-- Each feed is its saved search's owner's.
alter table public.saved_searches add constraint saved_searches_of_user unique (id, user_id);

create table public.feeds (
  saved_search_id uuid primary key,
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  -- 122 random bits: the link's only secret.
  token uuid not null unique default gen_random_uuid(),
  created_at timestamptz not null default now(),
  foreign key (saved_search_id, user_id) references public.saved_searches (id, user_id) on delete cascade
);
create index feeds_by_user on public.feeds (user_id);
alter table public.feeds enable row level security;
create policy "own feeds: read" on public.feeds
  for select to authenticated using (user_id = (select auth.uid()));
create policy "own feeds: make" on public.feeds
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "own feeds: revoke" on public.feeds
  for delete to authenticated using (user_id = (select auth.uid()));
create policy "service: everything" on public.feeds for all to service_role using (true) with check (true);
grant select, insert (saved_search_id, user_id), delete on public.feeds to authenticated;
grant all on public.feeds to service_role;

-- What a feed tells: the jobs that the last p_runs runs of its saved search found, each when it was found first, the
-- newest first; without what the person hid. Null for a link that is not there, or no more.
create function public.feed_postings(p_token uuid, p_runs integer, p_limit integer) returns jsonb
language sql stable security definer
set search_path = ''
as $$
  with feed as (
    select f.user_id, f.created_at, s.id, s.name, s.parameters
    from public.feeds f join public.saved_searches s on s.id = f.saved_search_id
    where f.token = p_token
  ), runs as (
    select r.id from feed join public.search_runs r on r.saved_search_id = feed.id and r.user_id = feed.user_id
    order by r.created_at desc, r.id desc limit greatest(p_runs, 0)
  ), results as materialized (
    select t.posting_id, min(t.found_at) as found_at, max(t.score) as score
    from runs join public.search_run_results t on t.run_id = runs.id
    group by t.posting_id
  ), newest as (
    select t.* from results t
    where t.posting_id not in (
      select public.hidden_postings(feed.user_id, (select array_agg(o.posting_id) from results o)) from feed
    )
    order by t.found_at desc, t.score desc, t.posting_id limit greatest(p_limit, 0)
  )
  select jsonb_build_object(
    'saved_search_id', feed.id,
    'name', feed.name,
    'parameters', feed.parameters,
    'updated_at', coalesce((select max(n.found_at) from newest n), feed.created_at),
    'items', coalesce((
      select jsonb_agg(public.posting_card(n.posting_id) || jsonb_build_object('found_at', n.found_at)
        order by n.found_at desc, n.score desc, n.posting_id)
      from newest n
    ), '[]')
  ) from feed
$$;

-- A feed reader is nobody who signs in: the link is all it has.
revoke execute on function public.feed_postings(uuid, integer, integer) from public, anon, authenticated;
grant execute on function public.feed_postings(uuid, integer, integer) to anon, authenticated, service_role;
