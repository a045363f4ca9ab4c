-- A run that does an earlier one again tells which.

alter table public.search_runs add column rerun_of uuid references public.search_runs (id) on delete set null;
create index search_runs_by_rerun_of on public.search_runs (rerun_of, created_at desc, id desc)
  where rerun_of is not null;
grant insert (rerun_of) on public.search_runs to authenticated;

create or replace function public.search_runs_before_insert() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  oldest timestamptz;
  used integer;
begin
  -- Whoever inserts, a run starts at the start.
  new.status := 'pending';
  new.revision := 0;
  new.started_at := null;
  new.completed_at := null;
  new.cancel_requested_at := null;
  new.jobs_found := null;
  new.jobs_new := null;
  new.error_class := null;
  new.error_message := null;

  -- A person's runs are counted one after the other, or two at once would both pass.
  perform pg_advisory_xact_lock(hashtextextended('search_runs/' || new.user_id, 0));

  if new.saved_search_id is not null and not exists (
    select from public.saved_searches s where s.id = new.saved_search_id and s.user_id = new.user_id
  ) then
    raise exception using errcode = 'PT404', message = 'saved_search_not_found';
  end if;
  if new.rerun_of is not null and not exists (
    select from public.search_runs r where r.id = new.rerun_of and r.user_id = new.user_id
  ) then
    raise exception using errcode = 'PT404', message = 'run_not_found';
  end if;

  if new.source = 'manual' then
    select count(*) into used from public.search_runs r
    where r.user_id = new.user_id and r.status in ('pending', 'running') and r.source = 'manual';
    if used >= public.service_limit('active_runs_per_user') then
      raise exception using errcode = 'PT429', message = 'too_many_active_runs',
        detail = public.service_limit('active_runs_per_user')::text, hint = '15';
    end if;

    select count(*), min(recent.created_at) into used, oldest from (
      select r.created_at from public.search_runs r
      where r.user_id = new.user_id and r.source = 'manual' and r.created_at > now() - interval '1 hour'
      order by r.created_at desc limit public.service_limit('manual_runs_per_hour')
    ) recent;
    if used >= public.service_limit('manual_runs_per_hour') then
      raise exception using errcode = 'PT429', message = 'too_many_runs_this_hour',
        detail = public.service_limit('manual_runs_per_hour')::text,
        hint = greatest(1, ceil(extract(epoch from oldest + interval '1 hour' - now())))::text;
    end if;
  end if;

  new.first_of_its_search := not exists (
    select from public.search_runs r
    where r.user_id = new.user_id and r.search_key = public.search_key(new.parameters) and r.status = 'success'
  );
  return new;
end $$;

create or replace function public.search_runs_before_update() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- A removed saved search lets go of its runs, a removed run of its re-runs; search_key is generated, and not yet in
  -- the new row here.
  if old.status in ('success', 'failed', 'cancelled')
     and to_jsonb(new) - '{saved_search_id,rerun_of,search_key}'::text[]
       is distinct from to_jsonb(old) - '{saved_search_id,rerun_of,search_key}'::text[] then
    raise exception using errcode = 'PT409', message = 'run_is_finished',
      detail = format('run %s is %s', old.id, old.status);
  end if;
  if new.status <> old.status then
    if not public.is_run_transition(old.status, new.status) then
      raise exception using errcode = 'PT409', message = 'run_state_refused',
        detail = format('run %s cannot go from %s to %s', old.id, old.status, new.status);
    end if;
    if new.status = 'running' then
      new.started_at := clock_timestamp();
    else
      new.completed_at := clock_timestamp();
    end if;
  end if;
  if (new.id, new.user_id, new.source, new.parameters, new.created_at)
     is distinct from (old.id, old.user_id, old.source, old.parameters, old.created_at) then
    raise exception using errcode = 'PT409', message = 'run_is_immutable',
      detail = 'what a run is asked to do does not change';
  end if;
  new.revision := old.revision + 1;
  new.updated_at := clock_timestamp();
  return new;
end $$;

drop function public.create_search_run(jsonb, uuid, jsonb, text);

-- The person asks. The same search already active, or the same idempotency key: that run, as it is.
create function public.create_search_run(
  p_parameters jsonb, p_saved_search_id uuid default null, p_client_context jsonb default null,
  p_idempotency_key text default null, p_place_in text[] default null, p_place_reach text[] default null,
  p_rerun_of uuid default null
) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  me uuid := auth.uid();
  found public.search_runs;
begin
  if me is null then
    raise exception using errcode = 'PT401', message = 'unauthorized';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('search_runs/' || me, 0));

  if p_idempotency_key is not null then
    select * into found from public.search_runs r where r.user_id = me and r.idempotency_key = p_idempotency_key;
    if found.id is not null then
      if found.search_key <> public.search_key(p_parameters) then
        raise exception using errcode = 'PT409', message = 'idempotency_key_reused';
      end if;
      return public.accepted_run(found, true);
    end if;
  end if;

  select * into found from public.search_runs r
  where r.user_id = me and r.search_key = public.search_key(p_parameters) and r.status in ('pending', 'running');
  if found.id is not null then
    return public.accepted_run(found, true);
  end if;

  insert into public.search_runs
    (user_id, parameters, saved_search_id, client_context, idempotency_key, place_in, place_reach,
      rerun_of)
  values (me, p_parameters, p_saved_search_id, p_client_context, p_idempotency_key, p_place_in, p_place_reach,
    p_rerun_of)
  returning * into found;
  return public.accepted_run(found, false);
end $$;

revoke execute on function public.create_search_run(jsonb, uuid, jsonb, text, text[], text[], uuid) from public, anon;
grant execute on function public.create_search_run(jsonb, uuid, jsonb, text, text[], text[], uuid)
  to authenticated, service_role;
