drop function public.followed_companies(text, text);

-- The person's companies, or one of them: how each is doing, with how many open postings. With p_changed_since only
-- those that were checked or read since then, or are being checked.
create function public.followed_companies(
  p_board text default null, p_token text default null, p_changed_since timestamptz default null
)
returns table (board text, token text, name text, state text, error_class public.board_error_class,
  error_message text, open_postings integer, followed_at timestamptz, checked_at timestamptz, synced_at timestamptz)
language sql stable security definer
set search_path = ''
as $$
  select c.board, c.token, c.name, c.state, coalesce(c.error_class, s.error_class),
    coalesce(c.error_message, s.error_message), n.postings, f.created_at, c.checked_at, s.synced_at
  from public.company_follows f
  join public.company_boards c on c.board = f.board and c.token = f.token
  left join public.source_syncs s on s.source = c.board || '/' || c.token
  cross join lateral (
    select count(distinct p.id)::integer as postings
    from public.posting_sources o join public.postings p on p.id = o.posting_id
    where o.source = c.board || '/' || c.token and o.closed_at is null
      and p.closed_at is null and coalesce(p.expires_at > now(), true)
  ) n
  where f.user_id = auth.uid()
    and (p_board is null or f.board = p_board) and (p_token is null or f.token = p_token)
    and (p_changed_since is null or c.state = 'checking'
      or c.checked_at > p_changed_since or s.synced_at > p_changed_since)
$$;

revoke execute on function public.followed_companies(text, text, timestamptz) from public, anon;
grant execute on function public.followed_companies(text, text, timestamptz) to authenticated, service_role;
