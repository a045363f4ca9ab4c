-- Where a search is, as the gazetteer resolved it when the person asked (domain/places/, resolvePlace).

alter table public.search_runs
  add check (length(array_to_string(place_in, ' ')) <= 2000),
  add check (length(array_to_string(place_reach, ' ')) <= 2000);
grant insert (place_in, place_reach) on public.search_runs to authenticated;

-- Searches that differ in asking for stated pay are two. Searches from before keep their key.
create or replace function public.search_key(parameters jsonb) returns text
language sql immutable parallel safe
set search_path = ''
return md5((jsonb_build_array(
  lower(parameters ->> 'title'),
  lower(parameters ->> 'place'),
  coalesce((parameters ->> 'remoteOnly')::boolean, false),
  parameters -> 'salaryFloor',
  parameters -> 'maxAgeDays',
  (select jsonb_agg(b order by b) from jsonb_array_elements_text(parameters -> 'boards') b),
  (select jsonb_agg(lower(w) order by lower(w))
     from jsonb_array_elements_text(coalesce(parameters -> 'excludeWords', '[]')) w)
) || case when (parameters ->> 'salaryKnownOnly')::boolean then '["salaryKnownOnly"]' else '[]' end::jsonb)::text);

drop function public.create_search_run(jsonb, uuid, jsonb, text);

-- The person asks. The same search already active, or the same idempotency key: that run.
create function public.create_search_run(
  p_parameters jsonb, p_saved_search_id uuid default null, p_client_context jsonb default null,
  p_idempotency_key text default null, p_place_in text[] default null, p_place_reach text[] default null
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
    (user_id, parameters, saved_search_id, client_context, idempotency_key, place_in, place_reach)
  values (me, p_parameters, p_saved_search_id, p_client_context, p_idempotency_key, p_place_in, p_place_reach)
  returning * into found;
  return public.accepted_run(found, false);
end $$;

revoke execute on function public.create_search_run(jsonb, uuid, jsonb, text, text[], text[]) from public, anon;
grant execute on function public.create_search_run(jsonb, uuid, jsonb, text, text[], text[])
  to authenticated, service_role;
