-- The Temporal Schedule of each saved search that has times of its own: what it should be, and what was brought to
-- Temporal. A row outlives its saved search until the Schedule is gone too, so it refers to none.

create table public.own_schedules (
  saved_search_id uuid primary key,
  -- {times, days, timeZone, paused}; null: there should be no Schedule.
  wanted jsonb,
  -- Counts the changes of what is wanted.
  revision integer not null default 1,
  -- The revision that Temporal has; another one, or none, is still to be brought there.
  applied_revision integer,
  changed_at timestamptz not null default clock_timestamp()
);
create index own_schedules_changed on public.own_schedules (saved_search_id)
  where applied_revision is distinct from revision;

create function public.saved_searches_own_schedule() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  wanted_now jsonb := case when tg_op <> 'DELETE' and new.schedule = 'own' then jsonb_build_object(
    'times', new.own_times, 'days', new.own_days, 'timeZone', new.time_zone, 'paused', new.paused_at is not null) end;
begin
  if wanted_now is not null then
    insert into public.own_schedules as o (saved_search_id, wanted) values (new.id, wanted_now)
    on conflict (saved_search_id) do update
      set wanted = excluded.wanted, revision = o.revision + 1, changed_at = clock_timestamp()
      where o.wanted is distinct from excluded.wanted;
  else
    update public.own_schedules set wanted = null, revision = revision + 1, changed_at = clock_timestamp()
    where saved_search_id = coalesce(new.id, old.id) and wanted is not null;
  end if;
  return null;
end $$;
create trigger saved_searches_own_schedule
  after insert or delete or update of schedule, own_times, own_days, time_zone, paused_at on public.saved_searches
  for each row execute function public.saved_searches_own_schedule();

-- Saved searches that have times of their own already.
update public.saved_searches set schedule = schedule where schedule = 'own';

-- Schedules in the order of their ids, after the last that was seen: those whose latest change is not in Temporal, or all
-- that should be there.
create function public.own_schedules_after(p_after uuid, p_limit integer, p_changed boolean)
returns table (saved_search_id uuid, wanted jsonb, revision integer)
language sql stable
set search_path = ''
as $$
  select o.saved_search_id, o.wanted, o.revision
  from public.own_schedules o
  where (p_after is null or o.saved_search_id > p_after)
    and case when p_changed then o.applied_revision is distinct from o.revision else o.wanted is not null end
  order by o.saved_search_id
  limit p_limit
$$;

-- This revision is in Temporal now. When another one became wanted meanwhile, nobody knows which of the two was brought
-- there last: whatever is wanted is brought there once more.
create function public.settle_own_schedule(p_search uuid, p_revision integer) returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from public.own_schedules
  where saved_search_id = p_search and revision = p_revision and wanted is null;
  if found then
    return;
  end if;
  insert into public.own_schedules as o (saved_search_id) values (p_search)
  on conflict (saved_search_id) do update set
    applied_revision = case when o.revision = p_revision then o.revision else o.applied_revision end,
    revision = case when o.revision = p_revision then o.revision else o.revision + 1 end;
end $$;

-- Of Schedules that Temporal has, those that nobody wants and nobody is about to remove are marked to be removed.
create function public.disown_schedules(p_searches uuid[]) returns setof uuid
language sql
set search_path = ''
as $$
  insert into public.own_schedules (saved_search_id)
  select distinct unnest(p_searches)
  on conflict do nothing
  returning saved_search_id
$$;

alter table public.own_schedules enable row level security;
create policy "service: everything" on public.own_schedules for all to service_role using (true) with check (true);
grant all on public.own_schedules to service_role;
revoke execute on function
  public.saved_searches_own_schedule(), public.own_schedules_after(uuid, integer, boolean),
  public.settle_own_schedule(uuid, integer), public.disown_schedules(uuid[])
  from public, anon, authenticated;
grant execute on function
  public.own_schedules_after(uuid, integer, boolean), public.settle_own_schedule(uuid, integer),
  public.disown_schedules(uuid[])
  to service_role;
