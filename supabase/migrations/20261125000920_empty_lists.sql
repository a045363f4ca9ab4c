-- A list without any posting is doubted once, however few its source had: some boards answer so for a company that they
-- do not know, and it would close all that the company has.
create or replace function public.finish_source_sync(
  p_source text, p_pages integer, p_read integer, p_new integer, p_skipped integer, p_whole boolean
) returns integer
language plpgsql
set search_path = ''
as $$
declare
  named text[];
  reopened uuid[];
  missing text[];
  open_before integer;
  too_many boolean := false;
  doubted_before boolean;
  closed integer := 0;
begin
  named := array(
    select on_page.id from public.source_sync_pages page, unnest(page.posting_ids) on_page (id)
    where page.source = p_source);

  with back as (
    update public.posting_sources set closed_at = null, read_at = now()
    where source = p_source and closed_at is not null and board_posting_id = any (named)
    returning posting_id
  )
  select array_agg(posting_id) into reopened from back;
  if reopened is not null then
    perform public.refresh_postings(reopened);
  end if;
  update public.posting_sources set read_at = now()
  where source = p_source and closed_at is null and read_at < now() - interval '7 days'
    and board_posting_id = any (named);

  if p_whole then
    select count(*), coalesce(array_agg(s.board_posting_id) filter (where s.board_posting_id <> all (named)), '{}')
    into open_before, missing
    from public.posting_sources s where s.source = p_source and s.closed_at is null;
    select s.doubted into doubted_before from public.source_syncs s where s.source = p_source;
    too_many := missing <> '{}' and (
      named = '{}'
      or (cardinality(missing) >= public.service_limit('doubted_missing_least')
        and cardinality(missing) * 100 > open_before * public.service_limit('doubted_missing_percent')));
    if missing <> '{}' and (not too_many or coalesce(doubted_before, false)) then
      closed := public.close_source_postings(p_source, missing);
      too_many := false;
    end if;
  end if;
  delete from public.source_sync_pages where source = p_source;

  insert into public.source_syncs as s
    (source, board, synced_at, pages, postings_read, postings_new, postings_skipped, doubted)
  values (p_source, split_part(p_source, '/', 1), now(), p_pages, p_read, p_new, p_skipped, too_many)
  on conflict (source) do update set
    synced_at = now(), failed_at = null, next_allowed_at = null, error_class = null, error_message = null,
    pages = excluded.pages, postings_read = excluded.postings_read, postings_new = excluded.postings_new,
    postings_skipped = excluded.postings_skipped, updated_at = now(),
    doubted = case when p_whole then excluded.doubted else s.doubted end;
  return closed;
end $$;
