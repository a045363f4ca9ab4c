-- Companies and words that a person does not want to see: left out of what is matched next, and of what is shown at once.

insert into public.service_limits (name, value)
values
  ('hidden_companies_per_user', 500),
  ('hidden_words_per_user', 100),
  -- When hidden postings fill a match, so many more are ranked beside them.
  ('hidden_postings_ranked', 2000)
on conflict do nothing;

create table public.hidden_terms (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  kind text not null check (kind in ('company', 'word')),
  -- What is compared: company_key of a company, a word in small letters.
  key text not null,
  -- As the person sees it.
  text text not null check (length(text) between 1 and case kind when 'company' then 200 else 40 end),
  created_at timestamptz not null default now()
);
create unique index hidden_terms_by_key on public.hidden_terms (user_id, kind, key);
alter table public.hidden_terms enable row level security;
create policy "own hidden terms: read" on public.hidden_terms
  for select to authenticated using (user_id = (select auth.uid()));
create policy "own hidden terms: remove" on public.hidden_terms
  for delete to authenticated using (user_id = (select auth.uid()));
create policy "service: everything" on public.hidden_terms for all to service_role using (true) with check (true);
grant select, delete on public.hidden_terms to authenticated;
grant all on public.hidden_terms to service_role;

-- The person hides a company or a word; the same again is the same.
create function public.hide_term(p_kind text, p_text text) returns public.hidden_terms
language plpgsql security definer
set search_path = ''
as $$
declare
  me uuid := auth.uid();
  said text := btrim(regexp_replace(p_text, '\s+', ' ', 'g'));
  term public.hidden_terms;
  most integer;
begin
  if me is null then
    raise exception using errcode = 'PT401', message = 'unauthorized';
  end if;
  -- A person's terms are counted one after the other, or two at once would both pass.
  perform pg_advisory_xact_lock(hashtextextended('hidden_terms/' || me, 0));
  insert into public.hidden_terms (user_id, kind, key, text)
  values (me, p_kind, case p_kind when 'company' then public.company_key(said) else lower(said) end, said)
  on conflict do nothing;
  if found then
    most := public.service_limit(case p_kind when 'company' then 'hidden_companies_per_user' else 'hidden_words_per_user' end);
    if (select count(*) from public.hidden_terms t where t.user_id = me and t.kind = p_kind) > most then
      raise exception using errcode = 'PT409', message = 'too_many_hidden_terms', detail = most::text;
    end if;
  end if;
  select * into term from public.hidden_terms t
  where t.user_id = me and t.kind = p_kind
    and t.key = case p_kind when 'company' then public.company_key(said) else lower(said) end;
  return term;
end $$;

-- Which of some postings a person hid: by themselves, by their company, by a whole word of title or company.
create function public.hidden_postings(p_user uuid, p_postings uuid[]) returns setof uuid
language plpgsql stable
set search_path = ''
as $$
declare
  companies text[];
  words text;
begin
  return query
    select m.posting_id from public.job_marks m
    where m.user_id = p_user and m.hidden_at is not null and m.posting_id = any (p_postings);

  select array_agg(t.key) filter (where t.kind = 'company'),
    string_agg(public.whole_words(t.key), '|') filter (where t.kind = 'word')
  into companies, words
  from public.hidden_terms t where t.user_id = p_user;
  if companies is null and words is null then
    return;
  end if;
  return query
    with asked as materialized (
      select p.id, p.company, p.title from public.postings p where p.id = any (p_postings)
    ), names as materialized (
      -- Each company's key once, however many of its postings are asked for.
      select company from (select distinct company from asked) spelled
      where companies is not null and public.company_key(company) = any (companies)
    )
    select asked.id from asked
    where asked.company in (select company from names)
      or lower(asked.title || ' ' || asked.company) ~ words;
end $$;

-- Why a posting is hidden, so that each reason can be taken back: the person's terms that it meets.
create function public.hiding_terms(p_company text, p_title text) returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind, 'text', t.text, 'created_at', t.created_at)
    order by t.kind, t.key), '[]')
  from public.hidden_terms t
  where t.user_id = (select auth.uid())
    and case t.kind when 'company' then t.key = (select public.company_key(p_company))
      -- Few words stand in it at all: only these are looked at closely.
      else position(t.key in lower(p_title || ' ' || p_company)) > 0
        and lower(p_title || ' ' || p_company) ~ public.whole_words(t.key) end
$$;

-- A match that has to leave out what its person hid looks at more postings: it says so for its own transaction.
create or replace function public.service_limit(limit_name text) returns integer
language sql stable security definer
set search_path = ''
return (
  select value + case when limit_name = 'postings_ranked'
    then coalesce(nullif(current_setting('app.more_postings_ranked', true), '')::integer, 0) else 0 end
  from public.service_limits where name = limit_name);

-- Writes what fits into the run's results, without what its person hid, and what its boards found. The run's row must
-- be locked.
create or replace function public.match_run_boards(p_run uuid, p_boards text[]) returns void
language plpgsql
set search_path = ''
as $$
declare
  run public.search_runs;
  most constant integer := public.service_limit('results_per_board') * cardinality(p_boards);
  wanted constant integer := least(most, public.service_limit('postings_ranked'));
  at_most_more constant integer := public.service_limit('hidden_postings_ranked');
  more integer := 0;
  ids uuid[];
  scores real[];
  hidden uuid[];
  kept integer;
  held integer;
begin
  select * into run from public.search_runs where id = p_run;

  loop
    perform set_config('app.more_postings_ranked', more::text, true);
    select coalesce(array_agg(m.posting_id order by m.n), '{}'), array_agg(m.score order by m.n) into ids, scores
    from public.matching_postings(run.parameters, p_boards, run.place_in, run.place_reach, most + more)
      with ordinality m (posting_id, score, n);
    perform set_config('app.more_postings_ranked', '', true);
    hidden := array(select public.hidden_postings(run.user_id, ids));
    kept := cardinality(ids) - cardinality(hidden);
    if kept < wanted and cardinality(ids) >= wanted + more and more < at_most_more then
      -- As many more as it takes when of the rest as much is hidden, and a fifth beside.
      more := least(at_most_more, greatest(2 * more, wanted::bigint * cardinality(hidden) * 6 / greatest(5 * kept, 1)));
      continue;
    end if;
    select coalesce(array_agg(m.id), '{}'), array_agg(m.score) into ids, scores
    from (
      select * from unnest(ids, scores) with ordinality fitting (id, score, n)
      where id <> all (hidden) order by n limit most
    ) m;
    -- Held until they are written down, in the order in which a merge holds them. One that is gone by now was merged
    -- into another, which may fit in its place.
    perform from public.postings p where p.id = any (ids) order by p.id for key share;
    get diagnostics held = row_count;
    exit when held = cardinality(ids);
  end loop;

  with matches as (
    select m.posting_id, m.score from unnest(ids, scores) m (posting_id, score)
  ), first_time as (
    insert into public.seen_postings (user_id, posting_id, run_id)
    -- In one order, or two runs of the same person could each wait for the other.
    select run.user_id, m.posting_id, p_run from matches m order by m.posting_id
    on conflict do nothing
    returning posting_id
  )
  insert into public.search_run_results (run_id, posting_id, user_id, score, is_new)
  select p_run, m.posting_id, run.user_id, m.score,
    exists (select from first_time f where f.posting_id = m.posting_id)
      or exists (select from public.seen_postings s
        where s.user_id = run.user_id and s.posting_id = m.posting_id and s.run_id = p_run)
  from matches m
  on conflict do nothing;

  update public.search_run_boards b set found = counted.found, new = counted.new
  from (
    select asked.board, count(r.posting_id) as found, count(r.posting_id) filter (where r.is_new) as new
    from unnest(p_boards) asked (board)
    left join (
      select distinct s.board, r.posting_id, r.is_new
      from public.search_run_results r join public.posting_sources s on s.posting_id = r.posting_id
      where r.run_id = p_run
    ) r on r.board = asked.board
    group by asked.board
  ) counted
  where b.run_id = p_run and b.board = counted.board;

  update public.search_runs set
    jobs_found = (select count(*) from public.search_run_results r where r.run_id = p_run),
    jobs_new = (select count(*) from public.search_run_results r where r.run_id = p_run and r.is_new)
  where id = p_run;
end $$;

-- A run's results, best first, as its owner may see them, with what the person marked; closed ones too, with the date.
-- What the person hid since is left out and counted; with p_hidden there is nothing else, and why.
drop function public.run_results(uuid, text, boolean, text, boolean, real, uuid, integer, boolean);
create function public.run_results(
  p_run uuid, p_board text default null, p_only_new boolean default null, p_work_mode text default null,
  p_with_salary boolean default null, p_after_score real default null, p_after_posting uuid default null,
  p_limit integer default 20, p_only_open boolean default null, p_hidden boolean default null
) returns jsonb
language sql stable
set search_path = ''
as $$
  with hidden as materialized (
    select public.hidden_postings((select auth.uid()), array(
      select r.posting_id from public.search_run_results r where r.run_id = p_run)) as posting_id
  ), fitting as materialized (
    select r.posting_id, r.user_id, r.score, r.is_new, r.posting_id in (select h.posting_id from hidden h) as is_hidden
    from public.search_run_results r join public.postings p on p.id = r.posting_id
    where r.run_id = p_run
      and (p_only_new is not true or r.is_new)
      and (p_work_mode is null or p.work_mode = p_work_mode)
      and (p_with_salary is not true or coalesce(p.salary_min, p.salary_max) is not null)
      and (p_only_open is not true or (p.closed_at is null and coalesce(p.expires_at > now(), true)))
      and (p_board is null or exists (
        select from public.posting_sources s where s.posting_id = r.posting_id and s.board = p_board))
  ), page as (
    select * from fitting f
    where f.is_hidden = coalesce(p_hidden, false)
      and (p_after_score is null
        or f.score < p_after_score
        or (f.score = p_after_score and f.posting_id > p_after_posting))
    order by f.score desc, f.posting_id
    limit p_limit
  )
  select jsonb_build_object(
    'total', (select count(*) from fitting where is_hidden = coalesce(p_hidden, false)),
    'hidden', (select count(*) from fitting where is_hidden),
    'items', coalesce((
      select jsonb_agg(
        card || jsonb_build_object('score', page.score, 'is_new', page.is_new, 'mark', public.job_mark(m),
          'hidden_by', case when page.is_hidden then public.hiding_terms(card ->> 'company', card ->> 'title') else '[]' end)
        order by page.score desc, page.posting_id)
      from page
      cross join lateral public.posting_card(page.posting_id) card
      left join public.job_marks m on m.user_id = page.user_id and m.posting_id = page.posting_id
    ), '[]')
  )
$$;

revoke execute on function
  public.hide_term(text, text), public.hidden_postings(uuid, uuid[]), public.hiding_terms(text, text),
  public.run_results(uuid, text, boolean, text, boolean, real, uuid, integer, boolean, boolean)
  from public, anon, authenticated;
grant execute on function
  public.hide_term(text, text), public.hidden_postings(uuid, uuid[]), public.hiding_terms(text, text),
  public.run_results(uuid, text, boolean, text, boolean, real, uuid, integer, boolean, boolean)
  to authenticated, service_role;
-- What a person hid is compared with their own rights.
grant execute on function public.company_key(text), public.whole_words(text) to authenticated;
