-- What a person does with a job: saves it, hides it, applies for it, notes something. One row a person and posting; a
-- posting that somebody has marked is never removed.

insert into public.service_limits (name, value) values ('marked_jobs_per_user', 5000) on conflict do nothing;

create table public.job_marks (
  user_id uuid not null references auth.users (id) on delete cascade,
  -- Without "on delete": the database itself keeps what somebody marked.
  posting_id uuid not null references public.postings (id),
  saved_at timestamptz,
  hidden_at timestamptz,
  applied_on date check (applied_on >= '2000-01-01'),
  note text check (note <> ''),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, posting_id)
);
create index job_marks_by_posting on public.job_marks (posting_id);
alter table public.job_marks enable row level security;
create policy "own marks: read" on public.job_marks
  for select to authenticated using (user_id = (select auth.uid()));
create policy "service: everything" on public.job_marks for all to service_role using (true) with check (true);
grant select on public.job_marks to authenticated;
grant all on public.job_marks to service_role;

-- A mark as the person sees it.
create function public.job_mark(m public.job_marks) returns jsonb
language sql immutable
set search_path = ''
return case when (m).posting_id is not null then jsonb_build_object('posting_id', (m).posting_id,
  'saved_at', (m).saved_at, 'hidden_at', (m).hidden_at, 'applied_on', (m).applied_on, 'note', (m).note,
  'updated_at', (m).updated_at) end;

-- The person marks a posting: p_mark is 'saved', 'hidden' or 'applied'. Marking again keeps the first time; of applying
-- it changes what is given, the day (else today's, in UTC) and the note.
create function public.mark_job(
  p_posting uuid, p_mark text, p_applied_on date default null, p_note text default null
) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  me uuid := auth.uid();
  mark public.job_marks;
  used integer;
begin
  if me is null then
    raise exception using errcode = 'PT401', message = 'unauthorized';
  end if;
  if p_mark not in ('saved', 'hidden', 'applied') or p_applied_on > current_date + 1 or length(p_note) > 2000 then
    raise exception using errcode = '22023', message = 'mark_not_understood';
  end if;
  -- The posting first: whoever makes two postings one holds it, and moves its marks.
  perform from public.postings where id = p_posting for key share;
  if not found then
    raise exception using errcode = 'PT404', message = 'posting_not_found';
  end if;
  -- A person's marks are counted one after the other, or two at once would both pass.
  perform pg_advisory_xact_lock(hashtextextended('job_marks/' || me, 0));

  if not exists (select from public.job_marks m where m.user_id = me and m.posting_id = p_posting) then
    select count(*) into used from public.job_marks m where m.user_id = me;
    if used >= public.service_limit('marked_jobs_per_user') then
      raise exception using errcode = 'PT409', message = 'too_many_marked_jobs',
        detail = public.service_limit('marked_jobs_per_user')::text;
    end if;
  end if;

  insert into public.job_marks as m (user_id, posting_id, saved_at, hidden_at, applied_on, note)
  values (me, p_posting, case p_mark when 'saved' then now() end, case p_mark when 'hidden' then now() end,
    case p_mark when 'applied' then coalesce(p_applied_on, current_date) end, nullif(btrim(p_note), ''))
  on conflict (user_id, posting_id) do update set
    saved_at = coalesce(m.saved_at, excluded.saved_at),
    hidden_at = coalesce(m.hidden_at, excluded.hidden_at),
    applied_on = case when p_mark = 'applied' then coalesce(p_applied_on, m.applied_on, current_date) else m.applied_on end,
    note = case when p_note is null then m.note else excluded.note end,
    updated_at = now()
  returning m.* into mark;
  return public.job_mark(mark);
end $$;

-- The person takes a mark back. A note outlives its marks, so that marking the job again brings it back.
create function public.unmark_job(p_posting uuid, p_mark text) returns void
language plpgsql security definer
set search_path = ''
as $$
begin
  update public.job_marks m set
    saved_at = case when p_mark <> 'saved' then m.saved_at end,
    hidden_at = case when p_mark <> 'hidden' then m.hidden_at end,
    applied_on = case when p_mark <> 'applied' then m.applied_on end,
    updated_at = now()
  where m.user_id = auth.uid() and m.posting_id = p_posting;
  delete from public.job_marks m
  where m.user_id = auth.uid() and m.posting_id = p_posting
    and m.saved_at is null and m.hidden_at is null and m.applied_on is null and m.note is null;
end $$;

-- Notes something on a job that is marked; an empty note is none.
create function public.note_job(p_posting uuid, p_note text) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  mark public.job_marks;
begin
  if length(p_note) > 2000 then
    raise exception using errcode = '22023', message = 'note_too_long';
  end if;
  update public.job_marks m set note = nullif(btrim(p_note), ''), updated_at = now()
  where m.user_id = auth.uid() and m.posting_id = p_posting
  returning m.* into mark;
  if not found then
    raise exception using errcode = 'PT404', message = 'mark_not_found';
  end if;
  return public.job_mark(mark);
end $$;

-- A posting as lists show it, with every board that has it.
create function public.posting_card(p_posting uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select to_jsonb(card) from (
    select p.id as posting_id, p.title, p.company, p.locations, p.work_mode, p.employment_type,
      p.salary_min, p.salary_max, p.salary_currency, p.salary_period, p.salary_raw,
      p.posted_at, p.posted_at_precision, p.first_seen_at, left(p.description_text, 300) as excerpt,
      -- The sweep may not have come by since the posting's date has passed.
      coalesce(p.closed_at, case when p.expires_at <= now() then p.expires_at end) as closed_at,
      (
        select jsonb_agg(jsonb_build_object('board', s.board, 'url', s.url, 'apply_url', s.apply_url,
          'attribution', s.attribution, 'closed_at', s.closed_at)
          order by s.closed_at is not null, s.is_original desc, s.first_seen_at, s.board)
        from public.posting_sources s where s.posting_id = p.id
      ) as sources
    from public.postings p where p.id = p_posting
  ) card
$$;

-- The person's jobs of one kind, the last marked first, by keyset; with how many there are of each. Closed ones too.
create function public.marked_jobs(
  p_mark text, p_after_at timestamptz default null, p_after_posting uuid default null, p_limit integer default 20
) returns jsonb
language sql stable
set search_path = ''
as $$
  with mine as (
    select m as mark, m.posting_id,
      case p_mark when 'saved' then m.saved_at when 'hidden' then m.hidden_at
        when 'applied' then m.applied_on::timestamp at time zone 'UTC' end as at
    from public.job_marks m where m.user_id = (select auth.uid())
  ), page as (
    select * from mine
    where at is not null and (p_after_at is null or (at, posting_id) < (p_after_at, p_after_posting))
    order by at desc, posting_id desc
    limit p_limit
  )
  select jsonb_build_object(
    'counts', (
      select jsonb_build_object('saved', count(m.saved_at), 'applied', count(m.applied_on), 'hidden', count(m.hidden_at))
      from public.job_marks m where m.user_id = (select auth.uid())),
    'items', coalesce((
      select jsonb_agg(public.posting_card(page.posting_id)
        || jsonb_build_object('at', page.at, 'mark', public.job_mark(page.mark)) order by page.at desc, page.posting_id desc)
      from page), '[]')
  )
$$;

-- Two postings turn out to be one: the other goes, and what people found, saw and marked of it is of the one that stays.
-- It is new to somebody only if both were; of what somebody saw, the earlier row stays as it is.
-- The postings are locked first, in one order, as whoever writes about them does. Rows are moved and not written anew:
-- a run whose row is held by its own matching is not looked at.
create or replace function public.merge_postings(p_into uuid, p_others uuid[]) returns void
language plpgsql
set search_path = ''
as $$
declare
  all_of_them constant uuid[] := p_into || p_others;
begin
  perform from public.postings where id = any (all_of_them) order by id for update;

  update public.search_run_results r set
    posting_id = p_into, score = one.score, is_new = one.is_new, found_at = one.found_at
  from (
    select run_id, (array_agg(posting_id order by posting_id <> p_into, posting_id))[1] as kept,
      max(score) as score, bool_and(is_new) as is_new, min(found_at) as found_at
    from public.search_run_results where posting_id = any (all_of_them)
    group by run_id having bool_or(posting_id <> p_into)
  ) one
  where r.run_id = one.run_id and r.posting_id = one.kept;
  delete from public.search_run_results where posting_id = any (p_others);

  delete from public.seen_postings s using (
    select distinct on (user_id) user_id, posting_id from public.seen_postings
    where posting_id = any (all_of_them)
    order by user_id, first_seen_at, posting_id <> p_into, posting_id
  ) earliest
  where s.user_id = earliest.user_id and s.posting_id = any (all_of_them) and s.posting_id <> earliest.posting_id;
  update public.seen_postings set posting_id = p_into where posting_id = any (p_others);

  update public.job_marks m set
    posting_id = p_into, saved_at = one.saved_at, hidden_at = one.hidden_at, applied_on = one.applied_on,
    note = one.note, created_at = one.created_at, updated_at = one.updated_at
  from (
    select user_id, (array_agg(posting_id order by posting_id <> p_into, posting_id))[1] as kept,
      min(saved_at) as saved_at, min(hidden_at) as hidden_at, min(applied_on) as applied_on,
      -- Both notes, neither twice.
      (select string_agg(note, e'\n\n' order by first) from (
        select note, min(n) as first from unnest(array_agg(k.note order by k.created_at, k.posting_id))
          with ordinality told (note, n) where note is not null group by note) notes) as note,
      min(created_at) as created_at, max(updated_at) as updated_at
    from public.job_marks k where posting_id = any (all_of_them)
    group by user_id having bool_or(posting_id <> p_into)
  ) one
  where m.user_id = one.user_id and m.posting_id = one.kept;
  delete from public.job_marks where posting_id = any (p_others);

  update public.posting_sources set posting_id = p_into, is_original = false where posting_id = any (p_others);
  update public.postings set first_seen_at = least(first_seen_at, (
    select min(o.first_seen_at) from public.postings o where o.id = any (p_others)))
  where id = p_into;
  delete from public.postings where id = any (p_others);
end $$;

-- Removes postings that are closed for so long, in nobody's results and marked by nobody: so many at a time, those that
-- somebody is just marking another time. Returns how many were.
create or replace function public.purge_postings(p_retention_days integer, p_limit integer) returns integer
language sql
set search_path = ''
as $$
  with old as (
    select p.id from public.postings p
    where p.closed_at < now() - make_interval(days => p_retention_days)
      and not exists (select from public.search_run_results r where r.posting_id = p.id)
      and not exists (select from public.job_marks m where m.posting_id = p.id)
    limit p_limit
    for update skip locked
  ), gone as (
    delete from public.postings p using old where p.id = old.id returning 1
  )
  select count(*) from gone
$$;

-- When somebody saw a posting first is settled: "new since last time" rests on it.
create function public.seen_postings_before_update() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception using errcode = 'PT409', message = 'first_seen_is_settled';
end $$;
create trigger seen_postings_before_update before update on public.seen_postings
  for each row when ((new.user_id, new.first_seen_at) is distinct from (old.user_id, old.first_seen_at))
  execute function public.seen_postings_before_update();

revoke execute on function
  public.job_mark(public.job_marks), public.mark_job(uuid, text, date, text), public.unmark_job(uuid, text),
  public.note_job(uuid, text), public.posting_card(uuid), public.marked_jobs(text, timestamptz, uuid, integer),
  public.seen_postings_before_update()
  from public, anon, authenticated;
grant execute on function
  public.job_mark(public.job_marks), public.mark_job(uuid, text, date, text), public.unmark_job(uuid, text),
  public.note_job(uuid, text), public.posting_card(uuid), public.marked_jobs(text, timestamptz, uuid, integer)
  to authenticated, service_role;
grant execute on function public.seen_postings_before_update() to service_role;
