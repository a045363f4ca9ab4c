-- The audit log tells from which address a person acted: as a keyed hash, which the API makes and sends with each of a
-- person's calls. The key is the API's: here nobody can tell whose address it is, only that two are the same.

alter table public.search_run_events add column address_hash text check (address_hash ~ '^[0-9a-f]{64}$');

-- Null for the worker, and where the API keeps none.
create function public.caller_address_hash() returns text
language sql stable
set search_path = ''
as $$
  select substring(nullif(current_setting('request.headers', true), '')::json ->> 'x-address-hash' from '^[0-9a-f]{64}$')
$$;

create or replace function public.search_runs_after_insert() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into public.search_run_boards (run_id, board, user_id)
  select distinct new.id, b, new.user_id from jsonb_array_elements_text(new.parameters -> 'boards') b;
  insert into public.search_run_events (run_id, user_id, kind, to_status, actor, client_context, address_hash)
  values (new.id, new.user_id, 'created', new.status, public.current_actor(), new.client_context,
    public.caller_address_hash());
  return null;
end $$;

create or replace function public.search_runs_after_update() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if new.status <> old.status then
    insert into public.search_run_events (run_id, user_id, kind, from_status, to_status, actor, detail, address_hash)
    values (new.id, new.user_id, 'status', old.status, new.status, public.current_actor(), new.error_class,
      public.caller_address_hash());
  end if;
  if new.cancel_requested_at is not null and old.cancel_requested_at is null then
    insert into public.search_run_events (run_id, user_id, kind, from_status, to_status, actor, address_hash)
    values (new.id, new.user_id, 'cancel_requested', old.status, new.status, public.current_actor(),
      public.caller_address_hash());
  end if;
  return null;
end $$;

revoke execute on function public.caller_address_hash() from public, anon, authenticated;
grant execute on function public.caller_address_hash() to service_role;
