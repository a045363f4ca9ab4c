-- Makes somebody an admin, or one no longer, by the mark that their next token carries. @returns whether there is such an
-- account. Supabase Lite keeps the metadata of an account as a JSON text within the JSON.
create function public.set_admin(p_email text, p_admin boolean) returns boolean
language plpgsql security definer
set search_path = ''
as $$
begin
  update auth.users u set
    raw_app_meta_data = case when p_admin then m.metadata || '{"role": "admin"}' else m.metadata - 'role' end,
    updated_at = now()
  from (
    select a.id, coalesce(case jsonb_typeof(a.raw_app_meta_data)
      when 'string' then (a.raw_app_meta_data #>> '{}')::jsonb
      else a.raw_app_meta_data
    end, '{}') as metadata
    from auth.users a where lower(a.email) = lower(p_email)
  ) m
  where u.id = m.id;
  return found;
end $$;

revoke execute on function public.set_admin(text, boolean) from public, anon, authenticated;
grant execute on function public.set_admin(text, boolean) to service_role;
