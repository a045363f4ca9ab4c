-- A person's runs, with the filters of the history.

-- The few boards that went wrong: runs that ended in part, and runs by what went wrong. Runs of some years have many
-- boards, and reading them all to count those would take long.
create index search_run_boards_gone_wrong on public.search_run_boards (user_id, run_id)
  where state = 'failed' or sources_failed > 0;

-- A page of the person's runs, newest first, by keyset, and how many there are over all pages.
-- p_outcome: a status as people are shown it: 'success' when every board answered, 'partial' when some did.
-- p_trigger: 'manual', 'schedule' or 'rerun'. p_error_class: of one of the boards, of p_board where that is given, or
-- of the run as a whole.
-- The statement has the conditions that are asked for and no others, so that each is planned with its own index.
create function public.run_history(
  p_outcome text default null, p_active boolean default null, p_trigger text default null,
  p_saved_search uuid default null, p_rerun_of uuid default null, p_board text default null,
  p_error_class text default null, p_from timestamptz default null, p_until timestamptz default null,
  p_after_at timestamptz default null, p_after_id uuid default null, p_limit integer default 20
) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  gone_wrong constant text := 'select from public.search_run_boards b
    where b.user_id = r.user_id and b.run_id = r.id and (b.state = ''failed'' or b.sources_failed > 0)';
  fits text := concat_ws(' and ', 'true',
    case p_outcome
      when 'success' then format('r.status = ''success'' and not exists (%s)', gone_wrong)
      when 'partial' then format('r.status = ''success'' and exists (%s)', gone_wrong)
      else case when p_outcome is not null then 'r.status = $1::public.search_run_status' end
    end,
    case when p_active then 'r.status in (''pending'', ''running'')' end,
    case p_trigger
      when 'schedule' then 'r.source = ''cron'''
      when 'rerun' then 'r.source = ''manual'' and r.rerun_of is not null'
      when 'manual' then 'r.source = ''manual'' and r.rerun_of is null'
    end,
    case when p_saved_search is not null then 'r.saved_search_id = $2' end,
    case when p_rerun_of is not null then 'r.rerun_of = $3' end,
    case when p_board is not null then 'r.parameters -> ''boards'' ? $4' end,
    case
      when p_error_class is null then null
      when p_board is null then format('(r.error_class = $5 or exists (%s and b.error_class::text = $5))', gone_wrong)
      else format('exists (%s and b.board = $4 and b.error_class::text = $5)', gone_wrong)
    end,
    case when p_from is not null then 'r.created_at >= $6' end,
    case when p_until is not null then 'r.created_at < $7' end);
  total bigint;
  items jsonb;
begin
  execute 'select count(*) from public.search_runs r where ' || fits
    into total
    using p_outcome, p_saved_search, p_rerun_of, p_board, p_error_class, p_from, p_until;

  execute format('
    select jsonb_agg(public.accepted_run(page, false) -> ''run'' order by (page).created_at desc, (page).id desc)
    from (
      select r from public.search_runs r where %s %s order by r.created_at desc, r.id desc limit $10
    ) rows (page)', fits,
      case when p_after_at is not null then 'and (r.created_at, r.id) < ($8, $9)' end)
    into items
    using p_outcome, p_saved_search, p_rerun_of, p_board, p_error_class, p_from, p_until,
      p_after_at, p_after_id, p_limit;

  return jsonb_build_object('total', total, 'items', coalesce(items, '[]'));
end $$;

revoke execute on function
  public.run_history(text, boolean, text, uuid, uuid, text, text, timestamptz, timestamptz, timestamptz, uuid, integer)
  from public, anon;
grant execute on function
  public.run_history(text, boolean, text, uuid, uuid, text, text, timestamptz, timestamptz, timestamptz, uuid, integer)
  to authenticated, service_role;
