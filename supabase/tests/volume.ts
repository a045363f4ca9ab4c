import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import { search } from './fixtures.js';
import { withoutTriggers } from './without-triggers.js';

export interface Volume {
  userId: string;
  /** A run of this person with many results. */
  runId: string;
  /** One that is under way. */
  activeRunId: string;
  savedSearchId: string;
  /** A company that the person follows, with some postings. */
  company: { board: string; token: string };
}

/**
 * Twenty people with some hundred runs and forty companies each, a catalogue of some thousand postings and one run with
 * many results: enough for Postgres to choose as it does in service.
 */
export async function fillWithVolume(sql: postgres.Sql, userId: string): Promise<Volume> {
  const parameters = sql.json(search({ boards: ['remotive', 'arbeitnow'] }) as never);
  const [savedSearchId, runId] = [randomUUID(), randomUUID()];
  await withoutTriggers(sql, async (fill) => {
    await fill`
      create temporary table people on commit drop as
      select ${userId}::uuid as id union all select gen_random_uuid() from generate_series(1, 19)`;
    await fill`insert into saved_searches (user_id, name, parameters)
      select p.id, 'search ' || n, ${parameters} from people p, generate_series(1, 200) n`;
    await fill`insert into saved_searches (id, user_id, name, parameters)
      values (${savedSearchId}, ${userId}, 'mine', ${parameters})`;
    await fill`
      insert into search_runs (id, user_id, source, status, created_at, completed_at, saved_search_id, parameters, idempotency_key)
      select case when p.id = ${userId} and n = 1 then ${runId}::uuid else gen_random_uuid() end, p.id, 'cron',
        case when n % 40 = 0 then 'running' when n % 100 = 7 then 'cancelled' when n % 3 = 0 then 'failed' else 'success' end::search_run_status,
        now() - n * interval '3 hours', now() - n * interval '3 hours',
        case when n % 50 = 0 then ${savedSearchId}::uuid end,
        ${parameters}::jsonb || jsonb_build_object('title', 'job ' || n), n::text
      from people p, generate_series(1, 400) n`;
    await fill`
      insert into search_run_boards (run_id, board, user_id, state, sources_failed, error_class, completed_at)
      select id, board, user_id, 'success', wrong::int, case when wrong then 'blocked'::board_error_class end, completed_at
      from search_runs, unnest('{remotive,arbeitnow}'::text[]) board,
        lateral (select board = 'remotive' and hashtext(id::text) % 50 = 0 as wrong) w`;
    await fill`select recount_figures(now() - interval '60 days', now() + interval '1 hour')`;
    await fill`
      insert into search_run_events (run_id, user_id, kind, to_status, actor)
      select id, user_id, 'created', 'pending', 'user' from search_runs`;
    await fill`
      insert into postings (title, company, work_mode, description_text, search)
      select title, 'Acme', 'remote', words, posting_search_vector(title, '{}', 'Acme', words)
      from generate_series(1, 6000) n,
        lateral (select 'job ' || n || ' of ' || n % 400 as title,
          (select string_agg('word' || n * i % 3000, ' ') from generate_series(1, 60) i) as words) t`;
    await fill`
      insert into posting_sources (board, board_posting_id, posting_id, source, url, attribution, is_original, content_hash, match_key)
      select 'remotive', n::text, id, 'remotive', 'https://remotive.com/' || n, '{}', true, n::text, n::text
      from (select id, row_number() over (order by title) as n from postings) numbered`;
    await fill`
      insert into company_boards (board, token, name, is_default, state, check_asked_at)
      select 'greenhouse', 'company' || n, 'Company ' || n, false, case when n % 200 = 0 then 'checking' else 'open' end, now()
      from generate_series(1, 2000) n`;
    await fill`
      insert into company_follows (user_id, board, token)
      select p.id, 'greenhouse', 'company' || ((p.n * 97 + i) % 2000 + 1)
      from (select id, row_number() over (order by id = ${userId}) as n from people) p, generate_series(1, 40) i`;
    await fill`
      insert into company_checks (user_id, asked_at)
      select p.id, now() - i * interval '6 minutes' from people p, generate_series(1, 100) i`;
    await fill`
      insert into source_syncs (source, board, synced_at)
      select board || '/' || token, board, now() from company_boards`;
    await fill`
      insert into posting_sources (board, board_posting_id, posting_id, source, url, attribution, is_original, content_hash, match_key)
      select 'greenhouse', n::text, id, 'greenhouse/company' || (n % 2000 + 1), 'https://boards.greenhouse.io/' || n, '{}',
        false, n::text, n::text
      from (select id, row_number() over (order by title) as n from postings) numbered`;
    await fill`insert into title_words select 'word' || n from generate_series(1, 5000) n`;
    await fill`
      insert into search_run_results (run_id, posting_id, user_id, score, is_new)
      select r.id, p.id, r.user_id, p.n % 50 / 50.0, p.n % 2 = 0
      from (select id, row_number() over () as n from postings) p
      join search_runs r on (r.id = ${runId} and p.n <= 2000) or (r.status = 'running' and p.n % 100 = 0)`;
    await fill`
      insert into seen_postings (user_id, posting_id, run_id)
      select distinct on (user_id, posting_id) user_id, posting_id, run_id from search_run_results`;
    await fill`
      insert into job_marks (user_id, posting_id, saved_at, hidden_at)
      select p.id, s.id, now() - s.n * interval '1 minute', case when s.n % 10 = 0 then now() end
      from people p, (select id, row_number() over (order by id) as n from postings limit 500) s`;
    await fill`
      insert into hidden_terms (user_id, kind, key, text)
      select p.id, case when n % 2 = 0 then 'company' else 'word' end, 'term ' || n, 'Term ' || n
      from people p, generate_series(1, 100) n`;
  });
  await sql`analyze`;
  const [active] =
    await sql`select id from search_runs where status = 'running' and user_id = ${userId} limit 1`;
  const [company] = await sql<Volume['company'][]>`
    select board, token from company_follows where user_id = ${userId} order by token limit 1`;
  if (!company) throw new Error('the person follows no company');
  return { userId, runId, activeRunId: active?.id, savedSearchId, company };
}
