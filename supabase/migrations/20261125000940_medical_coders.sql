-- A coder is an engineer, but not one of diagnoses.
create or replace function public.title_text(words text) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return public.with_title_families(replace(
    replace(public.search_text(public.without_title_signs(words)), ' it ', ' information technology '),
    ' medical coder', ' medical coding specialist'));
end $$;
