-- The state machine of a run, its limits and its audit log, as triggers: no path around them.

create function public.search_runs_before_insert() returns trigger
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
create trigger search_runs_before_insert before insert on public.search_runs
  for each row execute function public.search_runs_before_insert();

create function public.search_runs_after_insert() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into public.search_run_boards (run_id, board, user_id)
  select distinct new.id, b, new.user_id from jsonb_array_elements_text(new.parameters -> 'boards') b;
  insert into public.search_run_events (run_id, user_id, kind, to_status, actor, client_context)
  values (new.id, new.user_id, 'created', new.status, public.current_actor(), new.client_context);
  return null;
end $$;
create trigger search_runs_after_insert after insert on public.search_runs
  for each row execute function public.search_runs_after_insert();

create function public.is_run_transition(from_status public.search_run_status, to_status public.search_run_status)
returns boolean
language sql immutable parallel safe
set search_path = ''
return case from_status
  when 'pending' then to_status in ('running', 'failed', 'cancelled')
  when 'running' then to_status in ('success', 'failed', 'cancelled')
  else false
end;

create function public.search_runs_before_update() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- A removed saved search lets go of its runs; search_key is generated, and not yet in the new row here.
  if old.status in ('success', 'failed', 'cancelled')
     and to_jsonb(new) - '{saved_search_id,search_key}'::text[]
       is distinct from to_jsonb(old) - '{saved_search_id,search_key}'::text[] then
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
create trigger search_runs_before_update before update on public.search_runs
  for each row execute function public.search_runs_before_update();

create function public.search_runs_after_update() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if new.status <> old.status then
    insert into public.search_run_events (run_id, user_id, kind, from_status, to_status, actor, detail)
    values (new.id, new.user_id, 'status', old.status, new.status, public.current_actor(), new.error_class);
  end if;
  if new.cancel_requested_at is not null and old.cancel_requested_at is null then
    insert into public.search_run_events (run_id, user_id, kind, from_status, to_status, actor)
    values (new.id, new.user_id, 'cancel_requested', old.status, new.status, public.current_actor());
  end if;
  return null;
end $$;
create trigger search_runs_after_update after update on public.search_runs
  for each row execute function public.search_runs_after_update();

-- A run's boards follow their run: nothing moves once it is finished, and each change is a change of the run.
create function public.search_run_boards_before_update() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if exists (select from public.search_runs r where r.id = old.run_id and r.status in ('success', 'failed', 'cancelled'))
  then
    raise exception using errcode = 'PT409', message = 'run_is_finished',
      detail = format('run %s is finished', old.run_id);
  end if;
  if new.state = 'running' and old.state = 'queued' then
    new.started_at := clock_timestamp();
  elsif new.state in ('success', 'failed', 'cancelled') and old.state in ('queued', 'running') then
    new.completed_at := clock_timestamp();
  end if;
  return new;
end $$;
create trigger search_run_boards_before_update before update on public.search_run_boards
  for each row execute function public.search_run_boards_before_update();

create function public.search_run_boards_after_update() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  update public.search_runs r set updated_at = clock_timestamp()
  where r.id in (select n.run_id from changed n);
  return null;
end $$;
create trigger search_run_boards_after_update after update on public.search_run_boards
  referencing new table as changed
  for each statement execute function public.search_run_boards_after_update();

create function public.saved_searches_before_update() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := clock_timestamp();
  return new;
end $$;
create trigger saved_searches_before_update before update on public.saved_searches
  for each row execute function public.saved_searches_before_update();

-- Every change of a run is told to who listens: ids only, the listener reads the row under the reader's own rights.
create function public.notify_search_run() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform pg_notify('search_run_changed',
    json_build_object('run', new.id, 'user', new.user_id, 'revision', new.revision)::text);
  return null;
end $$;
create trigger search_runs_notify after insert or update on public.search_runs
  for each row execute function public.notify_search_run();
