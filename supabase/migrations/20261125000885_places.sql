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
