-- Whoever signs up may say by which clock they live; a zone that is none leaves the default.
create or replace function public.users_after_insert() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  -- Supabase Lite writes a document as text within it.
  said jsonb := case jsonb_typeof(new.raw_user_meta_data)
    when 'string' then (new.raw_user_meta_data #>> '{}')::jsonb
    else new.raw_user_meta_data
  end;
  zone text := said ->> 'time_zone';
begin
  if public.is_time_zone(zone) then
    insert into public.profiles (user_id, time_zone) values (new.id, zone) on conflict do nothing;
  else
    insert into public.profiles (user_id) values (new.id) on conflict do nothing;
  end if;
  return null;
end $$;
