// One file: filling a catalogue and a history that the planner takes seriously takes seconds.
import { randomUUID } from 'node:crypto';
import type { SupabaseClient } from '@supabase/supabase-js';
import { afterInTime } from '../../api/keyset.js';
import { hiddenTermColumns } from '../../api/result-rows.js';
import { runColumns, savedSearchColumns } from '../../api/rows.js';
import { startTestStack, type TestStack, type TestUser } from '../../local/testing/stack.js';
import { waitFor } from '../../local/testing/wait-for.js';
import { addTick, tickRun } from './digest-steps.js';
import { knownBoards, posting, search } from './fixtures.js';
import { type Reads, readsInside, readsOf } from './plans.js';
import { fillWithVolume, type Volume } from './volume.js';

let stack: TestStack;
let person: TestUser;
let supabase: SupabaseClient;
let volume: Volume;

beforeAll(async () => {
  stack = await startTestStack();
  person = await stack.createUser();
  supabase = person.client;
  volume = await fillWithVolume(stack.sql, person.id);
  // PostgREST tells the plan of what it is asked, when it is told to: it reads its settings from its role's.
  await stack.sql.unsafe(`
    do $$ begin
      execute format('alter role authenticator in database %I set pgrst.db_plan_enabled = ''true''', current_database());
    end $$;
    notify pgrst, 'reload config'`);
  await waitFor(async () => Array.isArray(await planOf(supabase.from('saved_searches').select('id'))), {
    what: 'PostgREST to tell plans',
  });
});
afterAll(() => stack?.stop());

interface Explained {
  explain(options: { format: 'json' }): PromiseLike<{ data: unknown; error: { message: string } | null }>;
}
async function planOf(query: Explained): Promise<Parameters<typeof readsOf>[0]> {
  const { data, error } = await query.explain({ format: 'json' });
  if (error) throw new Error(error.message);
  return data as Parameters<typeof readsOf>[0];
}
const overHttp = async (query: Explained): Promise<Reads> => readsOf(await planOf(query));

/** As the routes of the API ask. */
const savedSearches = () =>
  supabase
    .from('saved_searches')
    .select(savedSearchColumns)
    .order('created_at', { ascending: false })
    .order('id', { ascending: false })
    .limit(51);
const after = afterInTime([new Date().toISOString(), randomUUID()]);
const boards = 'search_run_boards_pkey';

describe('lists and rows, as the API asks PostgREST', () => {
  test.each<[string, () => Explained, string[]]>([
    [
      'one run',
      () => supabase.from('search_runs').select(runColumns).eq('id', volume.runId),
      ['search_runs_pkey', boards],
    ],
    ['the saved searches', () => savedSearches(), ['saved_searches_by_user']],
    [
      'their next page',
      () => savedSearches().lte('created_at', after.atMost).or(after.or),
      ['saved_searches_by_user'],
    ],
    [
      'one saved search',
      () => supabase.from('saved_searches').select(savedSearchColumns).eq('id', volume.savedSearchId),
      ['saved_searches_of_user'],
    ],
    [
      'the hidden companies and words',
      () =>
        supabase
          .from('hidden_terms')
          .select(hiddenTermColumns)
          .order('created_at', { ascending: false })
          .order('id', { ascending: false })
          .lte('created_at', after.atMost)
          .or(after.or)
          .limit(101),
      ['hidden_terms_by_key'],
    ],
  ])('%s', async (_what, query, indexes) => {
    expect(await overHttp(query())).toEqual({ indexes: expect.arrayContaining(indexes), wholeTables: [] });
  });

  test('what a live stream reads', async () => {
    const ofStream = `status.in.(pending,running),id.in.(${randomUUID()})`;
    const { indexes, wholeTables } = await overHttp(
      supabase.from('search_runs').select(runColumns).or(ofStream),
    );
    expect(wholeTables).toEqual([]);
    expect(indexes).toEqual(expect.arrayContaining(['search_runs_pkey', boards]));
  });
});

/** With end-to-end reading made dear: what is still read so has no index for it, however small the tables here are. */
describe('inside the functions', () => {
  const inside = (role: string, statement: Parameters<typeof readsInside>[3]) =>
    readsInside(stack.databaseUrl, role, { sub: person.id, role }, statement);

  const ofHistory = ['search_runs_by_user', boards];
  const goneWrong = 'search_run_boards_gone_wrong';
  test.each<[string, Record<string, unknown>, string[]]>([
    ['all of it', {}, ofHistory],
    ['its next page', { p_after_at: new Date(), p_after_id: randomUUID() }, ofHistory],
    ['of some days', { p_from: new Date(Date.now() - 86_400_000), p_until: new Date() }, ofHistory],
    ['of one status', { p_outcome: 'cancelled' }, ofHistory],
    ['of a board', { p_board: 'remotive' }, ofHistory],
    ['that ended in part', { p_outcome: 'partial' }, [goneWrong, boards]],
    ['that ended in full', { p_outcome: 'success' }, [goneWrong, boards]],
    ['by what went wrong', { p_error_class: 'blocked' }, [goneWrong, boards]],
    [
      'by what went wrong with a board',
      { p_error_class: 'blocked', p_board: 'remotive' },
      [goneWrong, boards],
    ],
    ['that did one again', { p_rerun_of: randomUUID() }, ['search_runs_by_rerun_of']],
    ['what is active', { p_active: true }, ['search_runs_active_by_user', boards]],
  ])('the history: %s', async (_what, given, indexes) => {
    const names = Object.keys(given);
    const reads = await inside('authenticated', (sql) =>
      sql.unsafe(
        `select run_history(${names.map((name, n) => `${name} => $${n + 1}`).join(', ')})`,
        Object.values(given) as never[],
      ),
    );
    expect(reads).toEqual({ indexes: expect.arrayContaining(indexes), wholeTables: [] });
  });

  test('the history: of one saved search', async () => {
    const reads = await inside(
      'authenticated',
      (sql) => sql`select run_history(p_saved_search => ${volume.savedSearchId})`,
    );
    expect(reads).toEqual({
      indexes: expect.arrayContaining(['search_runs_by_saved_search', boards]),
      wholeTables: [],
    });
  });

  const asAdmin = (statement: Parameters<typeof readsInside>[3]) =>
    readsInside(
      stack.databaseUrl,
      'authenticated',
      { sub: person.id, role: 'authenticated', app_metadata: { role: 'admin' } },
      statement,
    );
  const lastHours = `p_since => now() - interval '30 days', p_until => now()`;
  test.each<[string, string, string[]]>([
    [
      'how runs ended',
      'admin_run_figures(720)',
      ['run_figures_pkey', 'run_duration_figures_pkey', 'search_runs_active'],
    ],
    [
      'how boards did',
      'admin_board_figures(720)',
      ['board_figures_pkey', 'board_requests_pkey', 'source_syncs_by_success', 'source_syncs_by_failure'],
    ],
    [
      'what became of ticks',
      `admin_schedule_figures(720, '{refresh-all}')`,
      ['schedule_ticks_by_schedule', 'schedule_ticks_own_by_due', 'alerts_by_time'],
    ],
    ['the last runs', `admin_runs(${lastHours})`, ['search_runs_by_end']],
    ['cancelled runs', `admin_runs('cancelled', ${lastHours})`, ['search_runs_unsuccessful_by_end']],
    ['runs that wait', `admin_runs('pending')`, ['search_runs_active']],
    ['runs by what went wrong', `admin_runs(p_error_class => 'blocked')`, ['search_runs_failed_by_end']],
    [
      'runs by what went wrong with a board',
      `admin_runs(p_board => 'remotive', p_error_class => 'blocked', ${lastHours})`,
      ['search_run_boards_gone_wrong_by_board'],
    ],
    ['runs of a tick', `admin_runs(p_tick => 'refresh-all/2026-11-25T08:00Z')`, ['search_runs_by_tick']],
  ])('for admins: %s', async (_what, call, indexes) => {
    const reads = await asAdmin((sql) => sql.unsafe(`select ${call}`));
    expect(reads).toEqual({ indexes: expect.arrayContaining(indexes), wholeTables: [] });
  });

  test('a feed', async () => {
    const token = randomUUID();
    await stack.sql`insert into feeds ${stack.sql({ saved_search_id: volume.savedSearchId, user_id: volume.userId, token })}`;
    const reads = await inside('anon', (sql) => sql`select feed_postings(${token}, 30, 50)`);
    expect(reads).toEqual({
      indexes: expect.arrayContaining([
        'feeds_token_key',
        'search_runs_by_saved_search',
        'search_run_results_ranked',
        'posting_sources_by_posting',
      ]),
      wholeTables: [],
    });
  });

  test('whose digests are due, what is in one, and whose searches are about to rest', async () => {
    const { sql } = stack;
    const tick = await addTick(sql);
    await sql`insert into service_limits ${sql({ name: 'mail_is_sent', value: 1 })}`;
    await tickRun(sql, {
      tick,
      userId: volume.userId,
      savedSearch: volume.savedSearchId,
      titles: ['Weaver'],
    });
    const { indexes, wholeTables } = await inside('service_role', async (worker) => {
      await worker`select digests_due(50, ${randomUUID()}, 60, 60)`;
      await worker`select begin_digest_mail(${volume.userId}, 60, 60, 20, 10)`;
      await worker`select rest_notices_due(50, null, 30, 3)`;
    });
    expect(wholeTables).toEqual([]);
    expect(indexes).toEqual(
      expect.arrayContaining(['digests_open', 'search_runs_by_tick', 'search_run_results_ranked']),
    );
  });

  test('a page of results', async () => {
    const { indexes, wholeTables } = await inside(
      'authenticated',
      (sql) => sql`
      select run_results(${volume.runId}, p_limit => 21, p_after_score => 0.5, p_after_posting => ${randomUUID()})`,
    );
    expect(wholeTables).toEqual([]);
    expect(indexes).toContain('posting_sources_by_posting');
    expect(
      indexes.some((name) => ['search_run_results_pkey', 'search_run_results_ranked'].includes(name)),
    ).toBe(true);
  });

  test('marked jobs, and what is done with one', async () => {
    const { indexes, wholeTables } = await inside('authenticated', async (sql) => {
      const [marked] = await sql`select marked_jobs('saved', now(), ${randomUUID()}) as page`;
      const id = marked?.page.items[0].posting_id;
      await sql`select mark_job(${id}, 'applied')`;
      await sql`select note_job(${id}, 'x')`;
      await sql`select unmark_job(${id}, 'saved')`;
      await sql`select hide_term('company', 'Another')`;
    });
    expect(wholeTables).toEqual([]);
    expect(indexes).toEqual(
      expect.arrayContaining(['job_marks_pkey', 'posting_sources_by_posting', 'hidden_terms_by_key']),
    );
  });

  test('making two postings one, and removing old ones', async () => {
    const { indexes, wholeTables } = await inside('service_role', async (sql) => {
      const [two] = await sql`select array_agg(posting_id) as ids from (
        select distinct posting_id from job_marks order by 1 limit 2) marked`;
      await sql`select merge_postings(${two?.ids[0]}, ${[two?.ids[1]]})`;
      await sql`select purge_postings(90, 100)`;
    });
    expect(wholeTables).toEqual([]);
    expect(indexes).toEqual(
      expect.arrayContaining([
        'job_marks_by_posting',
        'seen_postings_by_posting',
        'search_run_results_by_posting',
      ]),
    );
  });

  test('forgetting ticks, requests for them and alerts', async () => {
    const reads = await inside(
      'service_role',
      (sql) => sql`select purge_schedule_records(90, 365, 365, 100)`,
    );
    expect(reads).toEqual({
      indexes: expect.arrayContaining([
        'schedule_ticks_without_runs',
        'tick_requests_by_time',
        'alerts_closed',
      ]),
      wholeTables: [],
    });
  });

  test('starting a run', async () => {
    const { indexes, wholeTables } = await inside(
      'authenticated',
      (sql) => sql`
      select create_search_run(${sql.json(search() as never)}, ${volume.savedSearchId}, null, 'a new key')`,
    );
    expect(wholeTables).toEqual([]);
    expect(indexes).toEqual(
      expect.arrayContaining(['search_runs_by_idempotency_key', 'search_runs_one_active_of_a_search']),
    );
  });

  test('cancelling a run', async () => {
    const { indexes, wholeTables } = await inside(
      'authenticated',
      (sql) => sql`
      select request_cancel(${volume.activeRunId})`,
    );
    expect(wholeTables).toEqual([]);
    expect(indexes).toContain('search_runs_pkey');
  });

  test('matching', async () => {
    const { indexes, wholeTables } = await inside(
      'service_role',
      (sql) => sql`
      select match_run_boards(${volume.activeRunId}, '{remotive,arbeitnow}')`,
    );
    expect(wholeTables).toEqual([]);
    expect(indexes).toEqual(
      expect.arrayContaining(['postings_search', 'posting_sources_by_posting', 'hidden_terms_by_key']),
    );
    expect(indexes.some((name) => ['job_marks_pkey', 'job_marks_by_posting'].includes(name))).toBe(true);
  });

  test('mending a word', async () => {
    const { indexes } = await inside('service_role', (sql) => sql`select mend_search_words('wrodd')`);
    expect(indexes).toEqual(expect.arrayContaining(['postings_search', 'title_words_by_start']));
  });

  test('beginning, reading and ending', async () => {
    const id = volume.activeRunId;
    const { wholeTables } = await inside('service_role', async (sql) => {
      await sql`select start_search_run(${id}, ${sql.json(knownBoards)})`;
      await sql`select begin_run_board(${id}, 'remotive', 'feed', 60)`;
      await sql`select wait_for_source_sync('remotive', ${id})`;
      await sql`select report_sync_progress('remotive', '{}')`;
      await sql`select report_run_board(${id}, 'remotive', 1, 0)`;
      await sql`select leave_source_sync('remotive', ${id})`;
      await sql`select wait_for_source_sync('remotive', ${id})`;
      await sql`select leave_source_syncs(${id})`;
      await sql`select finish_run_board(${id}, 'remotive', 1, 0)`;
      await sql`select finish_search_run(${id}, 'done')`;
    });
    expect(wholeTables).toEqual([]);
  });

  test('the companies that a person follows', async () => {
    const { indexes, wholeTables } = await inside(
      'authenticated',
      (sql) => sql`select * from followed_companies() order by followed_at desc, board, token limit 51`,
    );
    expect(wholeTables).toEqual([]);
    expect(indexes).toEqual(
      expect.arrayContaining([
        'company_follows_pkey',
        'company_boards_pkey',
        'source_syncs_pkey',
        'posting_sources_open_by_source',
        'postings_pkey',
      ]),
    );
  });

  test('a page of a company’s postings', async () => {
    const { board, token } = volume.company;
    const { indexes, wholeTables } = await inside(
      'authenticated',
      (sql) => sql`select company_postings(${board}, ${token}, now(), ${randomUUID()}, 21)`,
    );
    expect(wholeTables).toEqual([]);
    expect(indexes).toEqual(
      expect.arrayContaining([
        'posting_sources_open_by_source',
        'posting_sources_by_posting',
        'postings_pkey',
      ]),
    );
  });

  test('following a company, checking it, reading it, letting it go', async () => {
    const followed = await inside('authenticated', (sql) => sql`select follow_company('lever', 'somebody')`);
    expect(followed.wholeTables).toEqual([]);
    expect(followed.indexes).toEqual(
      expect.arrayContaining(['company_follows_pkey', 'company_boards_pkey', 'company_checks_by_user']),
    );
    const { board, token } = volume.company;
    const { indexes, wholeTables } = await inside('service_role', async (sql) => {
      await sql`select * from companies_to_check(5, 100)`;
      await sql`select finish_company_check(${board}, ${token}, 'open', 'Its name')`;
      await sql`select synced_companies(${board})`;
      await sql`select leave_source_sync(${`${board}/${token}`}, ${volume.activeRunId})`;
      await sql`delete from company_follows where user_id = ${person.id} and board = ${board} and token = ${token}`;
    });
    expect(wholeTables).toEqual([]);
    expect(indexes).toEqual(
      expect.arrayContaining(['company_boards_checking', 'company_follows_by_company']),
    );
  });

  test('what the reconciler looks for', async () => {
    const reads = await inside(
      'service_role',
      (sql) => sql`select * from runs_to_reconcile('cron', 60, 600, 100)`,
    );
    expect(reads).toEqual({ indexes: ['search_runs_active'], wholeTables: [] });
  });

  test('which workflows have outlived their run', async () => {
    const reads = await inside('service_role', (sql) => sql`select * from runs_over(${[randomUUID()]}, 60)`);
    expect(reads).toEqual({ indexes: ['search_runs_pkey'], wholeTables: [] });
  });

  test('recording a page', async () => {
    // The function keeps its notices to itself, and the plans with them.
    await stack.sql`alter function record_postings_page reset client_min_messages`;
    const page = Array.from({ length: 50 }, (_, n) =>
      posting({ boardPostingId: String(n + 1), title: `job ${n}` }),
    );
    const { indexes, wholeTables } = await inside(
      'service_role',
      (sql) => sql`
      select record_postings_page('remotive', ${sql.json(page as never)})`,
    );
    expect(wholeTables).toEqual([]);
    expect(indexes).toEqual(
      expect.arrayContaining([
        'posting_sources_pkey',
        'posting_sources_by_match_key',
        'posting_sources_by_identity',
      ]),
    );
  });
});
