-- A company's postings with what the person marked and hid; and a person's pages are told of marks as they are made.

-- A page of a company's open postings, newest first, by keyset. What the person hid is left out and counted; with
-- p_hidden there is nothing else, and why.
drop function public.company_postings(text, text, timestamptz, uuid, integer);
create function public.company_postings(
  p_board text, p_token text, p_after_at timestamptz default null, p_after_posting uuid default null,
  p_limit integer default 20, p_hidden boolean default null
) returns jsonb
language sql stable
set search_path = ''
as $$
  with theirs as materialized (
    select distinct on (p.id) p.id, coalesce(p.posted_at, p.first_seen_at) as at
    from public.posting_sources o join public.postings p on p.id = o.posting_id
    where o.source = p_board || '/' || p_token and o.closed_at is null
      and p.closed_at is null and coalesce(p.expires_at > now(), true)
  ), hidden as materialized (
    select public.hidden_postings((select auth.uid()), array(select t.id from theirs t)) as posting_id
  ), fitting as materialized (
    select t.id, t.at, t.id in (select h.posting_id from hidden h) as is_hidden from theirs t
  ), page as (
    select * from fitting f
    where f.is_hidden = coalesce(p_hidden, false)
      and (p_after_at is null or (f.at, f.id) < (p_after_at, p_after_posting))
    order by f.at desc, f.id desc
    limit p_limit
  )
  select jsonb_build_object(
    'total', (select count(*) from fitting where is_hidden = coalesce(p_hidden, false)),
    'hidden', (select count(*) from fitting where is_hidden),
    'items', coalesce((
      select jsonb_agg(
        card || jsonb_build_object('at', page.at, 'mark', public.job_mark(m),
          'hidden_by', case when page.is_hidden then public.hiding_terms(card ->> 'company', card ->> 'title') else '[]' end)
        order by page.at desc, page.id desc)
      from page
      cross join lateral public.posting_card(page.id) card
      left join public.job_marks m on m.user_id = (select auth.uid()) and m.posting_id = page.id
    ), '[]')
  )
$$;

-- Whose marks or hidden terms have changed: the pages that they have open read them anew. Of many changes in one
-- transaction one is told.
create function public.notify_marks() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform pg_notify('marks_changed', json_build_object('marks', true, 'user', coalesce(new.user_id, old.user_id))::text);
  return null;
end $$;
create trigger job_marks_notify after insert or update or delete on public.job_marks
  for each row execute function public.notify_marks();
create trigger hidden_terms_notify after insert or update or delete on public.hidden_terms
  for each row execute function public.notify_marks();

revoke execute on function
  public.company_postings(text, text, timestamptz, uuid, integer, boolean), public.notify_marks()
  from public, anon, authenticated;
grant execute on function public.company_postings(text, text, timestamptz, uuid, integer, boolean)
  to authenticated, service_role;
grant execute on function public.notify_marks() to service_role;
