-- Mail: a digest of what is new after each tick, word to people whose searches are about to rest, and the link that ends
-- both. The worker sends; here is what is due, what stands in it, and what became of it.

alter table public.profiles
  -- What the digest was when the person ended the mail by a link in one; that is what taking it back brings back.
  add column unsubscribed_from text check (unsubscribed_from in ('each_tick', 'daily', 'off')),
  -- After the mail server put off the mail about resting searches.
  add column rest_put_off_until timestamptz;

-- Whoever chooses a digest again is no longer unsubscribed.
create function public.profiles_digest_chosen() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.unsubscribed_from := null;
  return new;
end $$;
create trigger profiles_digest_chosen before update of digest on public.profiles
  for each row when (new.digest <> 'off') execute function public.profiles_digest_chosen();

create table public.digests (
  user_id uuid not null references auth.users (id) on delete cascade,
  tick_id text not null references public.schedule_ticks (id) on delete cascade,
  -- waiting → sending → sent; or closed without a mail: nothing was new, the person wants none, the address is refused,
  -- it waited too long.
  state text not null default 'waiting'
    check (state in ('waiting', 'sending', 'sent', 'empty', 'unwanted', 'refused', 'late')),
  -- The mail that it is part of: its Message-ID, the same in every attempt. Several that wait are one mail.
  mail_id uuid,
  attempts integer not null default 0,
  -- After the server put it off.
  put_off_until timestamptz,
  -- What the server said last, as a code.
  error text,
  created_at timestamptz not null default clock_timestamp(),
  closed_at timestamptz,
  primary key (user_id, tick_id),
  constraint mail_is_named check (state not in ('sending', 'sent') or mail_id is not null),
  constraint closed_has_a_time check ((state in ('waiting', 'sending')) = (closed_at is null))
);
create index digests_open on public.digests (user_id) where closed_at is null;
create index digests_by_tick on public.digests (tick_id);
create index digests_by_closing on public.digests (closed_at) where closed_at is not null;
-- A person's runs of a tick.
create index search_runs_by_tick on public.search_runs (tick_id, user_id) where tick_id is not null;

-- The secret of a person's unsubscribe links. It stands in every mail as it is, so a hash would not do; it gives no right
-- but to end the mail and to take that back.
create table public.unsubscribe_links (
  user_id uuid primary key references auth.users (id) on delete cascade,
  token text not null unique,
  created_at timestamptz not null default now()
);

alter table public.digests enable row level security;
alter table public.unsubscribe_links enable row level security;
create policy "service: everything" on public.digests for all to service_role using (true) with check (true);
create policy "service: everything" on public.unsubscribe_links for all to service_role using (true) with check (true);
revoke all on public.digests, public.unsubscribe_links from anon, authenticated;
grant all on public.digests, public.unsubscribe_links to service_role;

-- These people have runs in the tick: each is to have one digest of it, unless they want none or no mail is sent at all.
create function public.plan_digests(p_tick text, p_users uuid[]) returns void
language sql
set search_path = ''
as $$
  insert into public.digests (user_id, tick_id)
  select distinct p.user_id, p_tick from public.profiles p
  where p.user_id = any (p_users) and p.digest <> 'off' and public.service_limit('mail_is_sent') is not null
  order by p.user_id
  on conflict do nothing
$$;

-- In the transaction of the runs, whoever makes them.
create function public.search_runs_plan_digests() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  tick text;
begin
  for tick in select distinct c.tick_id from created c where c.tick_id is not null loop
    perform public.plan_digests(tick, array(select c.user_id from created c where c.tick_id = tick));
  end loop;
  return null;
end $$;
create trigger search_runs_plan_digests after insert on public.search_runs
  referencing new table as created for each statement execute function public.search_runs_plan_digests();

-- When the clock of a zone last showed this time, at the moment or before.
create function public.last_time_of_day(zone text, time_of_day text, moment timestamptz) returns timestamptz
language sql stable parallel safe
set search_path = ''
return (
  select max(shown) from (
    select ((moment at time zone zone)::date - days_ago + time_of_day::time) at time zone zone as shown
    from generate_series(0, 2) days_ago
  ) lately
  where shown <= moment
);

-- Which digests can be sent now: of everybody, without those that the server put off, or of one person. All runs of the
-- tick are over (a tick that never ended is waited for p_tick_seconds), and it is not quiet. A daily digest is of the
-- ticks that were due by its time, waits for all of them, and goes out once a day: p_grace_seconds later, so that a tick
-- of that same minute is there.
create function public.ready_digests(p_user uuid, p_tick_seconds integer, p_grace_seconds integer)
returns table (user_id uuid, tick_id text)
language sql stable
set search_path = ''
as $$
  with open as materialized (
    select d.user_id, d.tick_id, d.state, p.digest, t.due_at,
      (t.completed_at is not null or t.begun_at < now() - make_interval(secs => p_tick_seconds))
        and not exists (
          select from public.search_runs r
          where r.user_id = d.user_id and r.tick_id = d.tick_id and r.status in ('pending', 'running')
        ) as is_whole,
      case p.digest when 'daily' then public.last_time_of_day(p.time_zone, p.digest_at,
        now() - make_interval(secs => p_grace_seconds)) end as last_daily
    from public.digests d
    join public.profiles p on p.user_id = d.user_id
    join public.schedule_ticks t on t.id = d.tick_id
    where d.closed_at is null
      and (d.user_id = p_user or p_user is null and coalesce(d.put_off_until <= now(), true))
      and not public.is_quiet(p.time_zone, p.quiet_from, p.quiet_to, now())
  )
  select o.user_id, o.tick_id from open o
  where o.is_whole and (
    o.digest <> 'daily' or o.state = 'sending'
    or (
      o.due_at <= o.last_daily
      and not exists (
        select from open other
        where other.user_id = o.user_id and not other.is_whole and other.due_at <= o.last_daily
      )
      and not exists (
        select from public.digests sent
        where sent.user_id = o.user_id and sent.state = 'sent' and sent.closed_at >= o.last_daily
      )
    )
  )
$$;

-- Who has a mail to get now, in the order of their ids, after the last of the page before.
create function public.digests_due(
  p_limit integer, p_after uuid, p_tick_seconds integer, p_grace_seconds integer
) returns setof uuid
language sql stable
set search_path = ''
as $$
  select distinct r.user_id from public.ready_digests(null, p_tick_seconds, p_grace_seconds) r
  where p_after is null or r.user_id > p_after
  order by r.user_id
  limit p_limit
$$;

-- What these ticks brought a person that is new, open and not hidden, by saved search, the best first: at most so many
-- searches and so many postings of each, with the counts of all. run_id is the last run with something new.
create function public.digest_contents(p_user uuid, p_ticks text[], p_searches integer, p_postings integer) returns jsonb
language sql stable
set search_path = ''
as $$
  with found as materialized (
    select distinct on (res.posting_id) res.posting_id, s.id as saved_search_id, s.name, r.id as run_id, r.created_at, res.score
    from public.search_runs r
    join public.saved_searches s on s.id = r.saved_search_id and s.user_id = p_user
    join public.search_run_results res on res.run_id = r.id and res.is_new
    join public.postings p on p.id = res.posting_id
    where r.user_id = p_user and r.tick_id = any (p_ticks)
      and p.closed_at is null and coalesce(p.expires_at > now(), true)
    order by res.posting_id, res.score desc
  ), shown as materialized (
    select * from found
    where posting_id not in (
      select h from public.hidden_postings(p_user, array(select f.posting_id from found f)) h)
  ), ranked as (
    select shown.*, row_number() over (partition by saved_search_id order by score desc, posting_id) as place from shown
  ), searches as (
    select saved_search_id, name, (array_agg(run_id order by created_at desc))[1] as run_id, count(*) as total,
      jsonb_agg(public.posting_card(posting_id) order by score desc, posting_id)
        filter (where place <= p_postings) as postings
    from ranked group by saved_search_id, name
  ), listed as (
    select * from searches order by total desc, name, saved_search_id limit p_searches
  )
  select jsonb_build_object(
    'total', (select count(*) from shown),
    'searches_total', (select count(*) from searches),
    'searches', coalesce((select jsonb_agg(to_jsonb(l) - 'saved_search_id' order by l.total desc, l.name, l.saved_search_id)
      from listed l), '[]')
  )
$$;

-- Where mail for a person goes: an address that is theirs. For the worker alone.
create function public.mail_address(p_user uuid) returns text
language sql stable security definer
set search_path = ''
as $$
  select u.email from auth.users u
  where u.id = p_user and u.email_confirmed_at is not null and u.deleted_at is null
    and coalesce(u.banned_until <= now(), true)
$$;

-- The secret of a person's unsubscribe links, made when it is first needed.
create function public.unsubscribe_token(p_user uuid) returns text
language plpgsql
set search_path = ''
as $$
declare
  its_token text;
begin
  insert into public.unsubscribe_links (user_id, token)
  values (p_user, replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''))
  on conflict (user_id) do nothing;
  select l.token into its_token from public.unsubscribe_links l where l.user_id = p_user;
  return its_token;
end $$;

-- A person's mail begins: what was ready becomes one mail under one id, or the one that another attempt began goes on.
-- Null when there is nothing to send (any more); what turned out to be unwanted or empty is closed.
create function public.begin_digest_mail(
  p_user uuid, p_tick_seconds integer, p_grace_seconds integer, p_searches integer, p_postings integer
) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  ready text[];
  the_mail uuid;
  contents jsonb;
  address text;
  wanted boolean;
begin
  -- One attempt after the other: two at once would put the same digests into two mails.
  select p.digest <> 'off' into wanted from public.profiles p where p.user_id = p_user for update;
  if not coalesce(wanted, false) then
    update public.digests set state = 'unwanted', closed_at = clock_timestamp()
    where user_id = p_user and closed_at is null;
    return null;
  end if;
  ready := array(select r.tick_id from public.ready_digests(p_user, p_tick_seconds, p_grace_seconds) r);
  select d.mail_id into the_mail from public.digests d
  where d.user_id = p_user and d.state = 'sending' and d.tick_id = any (ready) limit 1;
  if the_mail is null then
    the_mail := gen_random_uuid();
    update public.digests set state = 'sending', mail_id = the_mail
    where user_id = p_user and state = 'waiting' and tick_id = any (ready);
  end if;
  update public.digests set attempts = attempts + 1
  where user_id = p_user and state = 'sending' and mail_id = the_mail;
  ready := array(
    select d.tick_id from public.digests d
    where d.user_id = p_user and d.state = 'sending' and d.mail_id = the_mail);
  if cardinality(ready) = 0 then
    return null;
  end if;

  contents := public.digest_contents(p_user, ready, p_searches, p_postings);
  address := public.mail_address(p_user);
  if (contents ->> 'total')::integer = 0 or address is null then
    update public.digests set
      state = case when address is null then 'refused' else 'empty' end,
      error = case when address is null then 'no address' else error end,
      closed_at = clock_timestamp()
    where user_id = p_user and state = 'sending' and mail_id = the_mail;
    return null;
  end if;
  return contents || jsonb_build_object('mail_id', the_mail, 'address', address,
    'unsubscribe_token', public.unsubscribe_token(p_user), 'digest', (select p.digest from public.profiles p where p.user_id = p_user));
end $$;

-- How an attempt at a mail ended: sent, refused for good, later (put off, longer with each attempt), unreachable (no
-- server took it). Repeating it changes nothing.
create function public.finish_digest_mail(
  p_user uuid, p_mail uuid, p_end text, p_error text, p_pause_seconds integer
) returns void
language sql
set search_path = ''
as $$
  update public.digests set
    state = case when p_end in ('sent', 'refused') then p_end else state end,
    closed_at = case when p_end in ('sent', 'refused') then clock_timestamp() end,
    error = p_error,
    put_off_until = case p_end when 'later' then now() + make_interval(secs => least(attempts * p_pause_seconds, 21600)) end
  where user_id = p_user and mail_id = p_mail and state = 'sending'
$$;

-- Digests that waited too long are closed, closed ones forgotten after a while.
create function public.close_old_digests(p_late_hours integer, p_retention_days integer) returns integer
language plpgsql
set search_path = ''
as $$
declare
  late integer;
begin
  update public.digests set state = 'late', closed_at = clock_timestamp()
  where closed_at is null and created_at < now() - make_interval(hours => p_late_hours);
  get diagnostics late = row_count;
  delete from public.digests where closed_at < now() - make_interval(days => p_retention_days);
  return late;
end $$;

-- Whose searches are about to rest, and who was not told: not here for p_inactive_days less p_notice_days, with a search
-- that runs by itself. In the order of their ids.
create function public.rest_notices_due(p_limit integer, p_after uuid, p_inactive_days integer, p_notice_days integer)
returns setof uuid
language sql stable
set search_path = ''
as $$
  select p.user_id from public.profiles p
  where (p_after is null or p.user_id > p_after)
    and p.seen_at < now() - make_interval(days => p_inactive_days - p_notice_days)
    and p.rest_told_at is null
    and coalesce(p.rest_put_off_until <= now(), true)
    and (p.digest <> 'off' or p.unsubscribed_from is null)
    and not public.is_quiet(p.time_zone, p.quiet_from, p.quiet_to, now())
    and exists (
      select from public.saved_searches s
      where s.user_id = p.user_id and s.schedule <> 'none' and s.paused_at is null
    )
  order by p.user_id
  limit p_limit
$$;
create index profiles_to_tell on public.profiles (seen_at) where rest_told_at is null;

-- What the mail about resting searches says. Null when there is nothing to tell (any more).
create function public.begin_rest_notice(p_user uuid, p_inactive_days integer, p_notice_days integer) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  profile public.profiles;
  address text;
begin
  select p.* into profile from public.profiles p
  where p.user_id = p_user and p.rest_told_at is null
    and p.seen_at < now() - make_interval(days => p_inactive_days - p_notice_days)
    and (p.digest <> 'off' or p.unsubscribed_from is null);
  if profile.user_id is null then
    return null;
  end if;
  address := public.mail_address(p_user);
  if address is null then
    update public.profiles set rest_told_at = now() where user_id = p_user;
    return null;
  end if;
  return jsonb_build_object(
    -- One mail an absence, whoever tries again: it follows from the person and when they were last here.
    'mail_id', md5('rest/' || p_user || '/' || extract(epoch from profile.seen_at))::uuid,
    'address', address,
    'unsubscribe_token', public.unsubscribe_token(p_user),
    'seen_at', profile.seen_at,
    'rests_at', profile.seen_at + make_interval(days => p_inactive_days),
    'time_zone', profile.time_zone,
    'searches', (
      select jsonb_agg(s.name order by s.created_at, s.id) from public.saved_searches s
      where s.user_id = p_user and s.schedule <> 'none' and s.paused_at is null)
  );
end $$;

-- Told, or refused for good: not again in this absence. Later: put off.
create function public.finish_rest_notice(p_user uuid, p_seen_at timestamptz, p_end text, p_pause_seconds integer) returns void
language sql
set search_path = ''
as $$
  update public.profiles set
    rest_told_at = case when p_end in ('sent', 'refused') then now() end,
    rest_put_off_until = case p_end when 'later' then now() + make_interval(secs => p_pause_seconds) end
  where user_id = p_user and seen_at = p_seen_at and rest_told_at is null
$$;

-- Whoever has a mail's link ends the mail: the one-click of mail programs, and the page behind the link.
create function public.unsubscribe(p_token text) returns void
language plpgsql security definer
set search_path = ''
as $$
begin
  update public.profiles p set
    unsubscribed_from = coalesce(p.unsubscribed_from, p.digest), digest = 'off'
  from public.unsubscribe_links l
  where l.token = p_token and p.user_id = l.user_id;
  if not found then
    raise exception using errcode = 'PT404', message = 'unsubscribe_link_not_found';
  end if;
end $$;

-- And takes it back.
create function public.subscribe_again(p_token text) returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  whose uuid;
begin
  select l.user_id into whose from public.unsubscribe_links l where l.token = p_token;
  if whose is null then
    raise exception using errcode = 'PT404', message = 'unsubscribe_link_not_found';
  end if;
  update public.profiles p set digest = p.unsubscribed_from, unsubscribed_from = null
  where p.user_id = whose and p.unsubscribed_from is not null and p.digest = 'off';
end $$;

-- The person's links end: somebody else has a mail of theirs. The next mail has new ones.
create function public.renew_unsubscribe_link() returns void
language sql security definer
set search_path = ''
as $$
  delete from public.unsubscribe_links where user_id = auth.uid()
$$;

revoke execute on function
  public.profiles_digest_chosen(), public.search_runs_plan_digests(), public.plan_digests(text, uuid[]),
  public.last_time_of_day(text, text, timestamptz), public.ready_digests(uuid, integer, integer),
  public.digests_due(integer, uuid, integer, integer), public.digest_contents(uuid, text[], integer, integer),
  public.mail_address(uuid), public.unsubscribe_token(uuid),
  public.begin_digest_mail(uuid, integer, integer, integer, integer),
  public.finish_digest_mail(uuid, uuid, text, text, integer), public.close_old_digests(integer, integer),
  public.rest_notices_due(integer, uuid, integer, integer), public.begin_rest_notice(uuid, integer, integer),
  public.finish_rest_notice(uuid, timestamptz, text, integer),
  public.unsubscribe(text), public.subscribe_again(text), public.renew_unsubscribe_link()
  from public, anon, authenticated;
grant execute on function
  public.profiles_digest_chosen(), public.search_runs_plan_digests(), public.plan_digests(text, uuid[]),
  public.last_time_of_day(text, text, timestamptz), public.ready_digests(uuid, integer, integer),
  public.digests_due(integer, uuid, integer, integer), public.digest_contents(uuid, text[], integer, integer),
  public.mail_address(uuid), public.unsubscribe_token(uuid),
  public.begin_digest_mail(uuid, integer, integer, integer, integer),
  public.finish_digest_mail(uuid, uuid, text, text, integer), public.close_old_digests(integer, integer),
  public.rest_notices_due(integer, uuid, integer, integer), public.begin_rest_notice(uuid, integer, integer),
  public.finish_rest_notice(uuid, timestamptz, text, integer),
  public.unsubscribe(text), public.subscribe_again(text), public.renew_unsubscribe_link()
  to service_role;
grant execute on function public.renew_unsubscribe_link() to authenticated;
-- By the secret in the link, signed in or not.
grant execute on function public.unsubscribe(text), public.subscribe_again(text) to anon, authenticated;
