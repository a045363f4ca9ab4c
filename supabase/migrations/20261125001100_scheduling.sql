-- When saved searches run by themselves, for whom, and which tick of which schedule a run belongs to.

-- A zone as people name it ('Europe/London'); never null. Postgres knows more spellings than the browser does.
create function public.is_time_zone(zone text) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  if zone is null or zone !~ '^(UTC|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z0-9_+-]*){1,2})$' then
    return false;
  end if;
  perform now() at time zone zone;
  return true;
exception when invalid_parameter_value then
  return false;
end $$;

-- Times of a day as 'HH:MM', 1 to 12, each once; never null.
create function public.are_times_of_day(times text[]) returns boolean
language sql immutable parallel safe
set search_path = ''
return coalesce(
  cardinality(times) between 1 and 12
    and (select bool_and(t ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$') and count(distinct t) = count(*)
         from unnest(times) t),
  false);

-- Whether a moment lies in quiet hours, which may go over midnight. Without hours nothing is quiet.
create function public.is_quiet(zone text, quiet_from text, quiet_to text, moment timestamptz) returns boolean
language sql stable parallel safe
set search_path = ''
return case
  when quiet_from is null then false
  when quiet_from < quiet_to
    then to_char(moment at time zone zone, 'HH24:MI') >= quiet_from and to_char(moment at time zone zone, 'HH24:MI') < quiet_to
  else to_char(moment at time zone zone, 'HH24:MI') >= quiet_from or to_char(moment at time zone zone, 'HH24:MI') < quiet_to
end;

create table public.profiles (
  user_id uuid primary key references auth.users (id) on delete cascade,
  time_zone text not null default 'Europe/London' check (public.is_time_zone(time_zone)),
  -- No scheduled search starts and no mail goes out from one to the other, by the person's clock.
  quiet_from text check (quiet_from is null or public.are_times_of_day(array[quiet_from])),
  quiet_to text check (quiet_to is null or public.are_times_of_day(array[quiet_to])),
  digest text not null default 'each_tick' check (digest in ('each_tick', 'daily', 'off')),
  -- When the daily digest goes out, by the person's clock.
  digest_at text not null default '08:00' check (public.are_times_of_day(array[digest_at])),
  -- When the person was last here, to the hour. Their searches rest when that is long ago.
  seen_at timestamptz not null default now(),
  -- When they were told that their searches are about to rest.
  rest_told_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint quiet_hours check (num_nulls(quiet_from, quiet_to) = 2 or quiet_from <> quiet_to is true)
);

-- Everybody who signs up has a profile, and everybody who signed up before.
create function public.users_after_insert() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into public.profiles (user_id) values (new.id) on conflict do nothing;
  return null;
end $$;
create trigger users_after_insert after insert on auth.users
  for each row execute function public.users_after_insert();
insert into public.profiles (user_id) select id from auth.users on conflict do nothing;

create function public.profiles_before_update() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := clock_timestamp();
  return new;
end $$;
create trigger profiles_before_update before update on public.profiles
  for each row execute function public.profiles_before_update();

-- The person is here. Written at most once an hour.
create function public.touch_profile() returns void
language sql security definer
set search_path = ''
as $$
  update public.profiles set seen_at = now(), rest_told_at = null
  where user_id = auth.uid() and (seen_at < now() - interval '1 hour' or rest_told_at is not null);
$$;

-- A saved search follows the service's times, its own, or none.
alter table public.saved_searches
  add column schedule text not null default 'service' check (schedule in ('service', 'own', 'none')),
  -- Times and days (1 is Monday) by the clock of time_zone: kept, though not followed, while schedule is another.
  add column own_times text[] check (own_times is null or public.are_times_of_day(own_times)),
  add column own_days smallint[] check (own_days <@ '{1,2,3,4,5,6,7}'::smallint[] and cardinality(own_days) between 1 and 7),
  add column time_zone text check (time_zone is null or public.is_time_zone(time_zone)),
  add column paused_at timestamptz,
  add constraint own_times_are_whole check (
    schedule <> 'own' or (own_times is not null and own_days is not null and time_zone is not null)
  );
-- What a tick of the service goes through, in the order of its pages.
create index saved_searches_by_schedule on public.saved_searches (schedule, id) where paused_at is null;

-- One time at which a schedule was due, by the minute: '<schedule>/<2026-11-25T08:00Z>'. Beginning the same one again
-- goes on with it.
create table public.schedule_ticks (
  id text primary key,
  schedule text not null,
  -- The one saved search of a schedule of its own.
  saved_search_id uuid references public.saved_searches (id) on delete set null,
  due_at timestamptz not null,
  cause text not null check (cause in ('schedule', 'operator', 'request')),
  begun_at timestamptz not null default clock_timestamp(),
  -- The last saved search that was dealt with: where an interrupted tick goes on.
  reached uuid,
  runs_created integer not null default 0,
  left_out integer not null default 0,
  -- When every due search had its run.
  completed_at timestamptz
);
create index schedule_ticks_by_schedule on public.schedule_ticks (schedule, due_at desc);

alter table public.search_runs add column tick_id text references public.schedule_ticks (id);
-- A tick runs a saved search once, however often it is repeated.
create unique index search_runs_one_a_tick on public.search_runs (tick_id, saved_search_id) where tick_id is not null;

alter table public.profiles enable row level security;
alter table public.schedule_ticks enable row level security;
create policy "own profile: read" on public.profiles
  for select to authenticated using (user_id = (select auth.uid()));
create policy "own profile: change" on public.profiles
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "service: everything" on public.profiles for all to service_role using (true) with check (true);
create policy "service: everything" on public.schedule_ticks for all to service_role using (true) with check (true);
grant select, update (time_zone, quiet_from, quiet_to, digest, digest_at) on public.profiles to authenticated;
grant insert (schedule, own_times, own_days, time_zone, paused_at),
  update (schedule, own_times, own_days, time_zone, paused_at) on public.saved_searches to authenticated;
grant all on public.profiles, public.schedule_ticks to service_role;

revoke execute on function
  public.is_time_zone(text), public.are_times_of_day(text[]), public.is_quiet(text, text, text, timestamptz),
  public.users_after_insert(), public.profiles_before_update(), public.touch_profile()
  from public, anon, authenticated;
grant execute on function public.is_time_zone(text), public.are_times_of_day(text[]), public.touch_profile()
  to authenticated;
grant execute on function
  public.is_time_zone(text), public.are_times_of_day(text[]), public.is_quiet(text, text, text, timestamptz),
  public.touch_profile()
  to service_role;
-- The auth service signs people up.
do $$
begin
  if exists (select from pg_roles where rolname = 'supabase_auth_admin') then
    grant execute on function public.users_after_insert() to supabase_auth_admin;
  end if;
end $$;
