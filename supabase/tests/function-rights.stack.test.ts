// One file: most of it is the one list of all functions, by who may call them.
import { randomUUID } from 'node:crypto';
import type { SupabaseClient } from '@supabase/supabase-js';
import postgres from 'postgres';
import { startTestStack, type TestStack, type TestUser } from '../../local/testing/stack.js';
import { testClient } from '../../local/testing/test-user.js';
import { addRun, search } from './fixtures.js';

/** Who may call what. The worker's role may call everything; nobody else is let in by anything but this list. */
const rights = {
  // Links in mail and in feed readers are opened by nobody who signs in: each carries a secret of its own.
  'whoever has the secret': ['feed_postings', 'subscribe_again', 'unsubscribe'],
  'a person and the worker': [
    'accepted_run',
    'admin_board_figures',
    'admin_run_figures',
    'admin_runs',
    'admin_schedule_figures',
    'are_times_of_day',
    'company_key',
    'company_postings',
    'create_search_run',
    'delete_account',
    'expect_admin',
    'follow_company',
    'followed_companies',
    'hidden_postings',
    'hide_term',
    'hiding_terms',
    'is_admin',
    'is_search_parameters',
    'is_time_zone',
    'job_mark',
    'mark_job',
    'marked_jobs',
    'note_job',
    'own_account',
    'own_data_tables',
    'own_rows',
    'posting_card',
    'renew_unsubscribe_link',
    'request_cancel',
    'run_history',
    'run_results',
    'search_key',
    'touch_profile',
    'unmark_job',
    'whole_words',
  ],
  'the worker alone': [
    'add_counts',
    'alert_figures',
    'alert_look_states',
    'alerts_overview',
    'any_board',
    'are_numbered_apart',
    'are_titles_alike',
    'begin_digest_mail',
    'begin_rest_notice',
    'begin_run_board',
    'begin_source_sync',
    'begin_tick',
    'best_matches',
    'board_outcome',
    'board_query',
    'board_sources',
    'bucket_milliseconds',
    'caller_address_hash',
    'claim_alert_notices',
    'close_alert_message',
    'close_old_digests',
    'close_old_postings',
    'close_source_postings',
    'companies_to_check',
    'company_name',
    'convert_pay',
    'count_board_requests',
    'create_tick_runs',
    'current_actor',
    'description_vector',
    'digest_contents',
    'digests_due',
    'disown_schedules',
    'duration_bucket',
    'facet',
    'facet_query',
    'fail_source_sync',
    'figures_window',
    'finish_company_check',
    'finish_digest_mail',
    'finish_rest_notice',
    'finish_run_board',
    'finish_search_run',
    'finish_source_sync',
    'follows_of_schedule',
    'is_quiet',
    'is_run_transition',
    'is_silenced',
    'is_source_fresh',
    'join_source_sync',
    'last_time_of_day',
    'leave_source_sync',
    'leave_source_syncs',
    'lock_figures',
    'mail_address',
    'match_run_boards',
    'matching_postings',
    'mend_search_words',
    'merge_postings',
    'missing_postings',
    'note_tick_request',
    'notify_followers',
    'own_schedules_after',
    'own_timetables',
    'place_key',
    'place_parts',
    'plan_digests',
    'posting_facets',
    'posting_match_key',
    'posting_search',
    'posting_search_vector',
    'posting_title_search',
    'purge_postings',
    'purge_schedule_records',
    'purge_sync_leftovers',
    'query_of_search',
    'query_source',
    'ready_digests',
    'record_looks',
    'record_postings_page',
    'recount_figures',
    'refresh_postings',
    'report_run_board',
    'report_sync_progress',
    'rest_notices_due',
    'run_outcome',
    'runs_over',
    'runs_to_reconcile',
    'said_everywhere',
    'salary_a_year',
    'same_job',
    'search_query',
    'search_text',
    'searches_of_tick',
    'service_limit',
    'set_admin',
    'settle_own_schedule',
    'settle_tick_alerts',
    'silence_alerts',
    'sort_in_postings',
    'stale_sources',
    'start_search_run',
    'synced_companies',
    'tick_boards',
    'tick_searches',
    'title_key',
    'title_text',
    'unsubscribe_token',
    'watch_ticks',
    'wait_for_source_sync',
    'watched_until',
    'week_of',
    'with_title_families',
    'with_word_families',
    'without_signs',
    'without_title_signs',
  ],
  'nobody: they belong to triggers': [
    'company_follows_after_delete',
    'notify_company_check',
    'notify_first_sync',
    'notify_marks',
    'notify_search_run',
    'profiles_before_update',
    'profiles_digest_chosen',
    'saved_searches_before_update',
    'saved_searches_own_schedule',
    'search_run_boards_after_update',
    'search_run_boards_before_update',
    'search_runs_after_insert',
    'search_runs_after_update',
    'search_runs_before_insert',
    'search_runs_before_update',
    'search_runs_count',
    'search_runs_plan_digests',
    'seen_postings_before_update',
    'source_syncs_failing',
    'users_after_insert',
  ],
};
const forAnybody = rights['whoever has the secret'];
const forPeople = rights['a person and the worker'];
const forTheWorker = rights['the worker alone'];

interface DatabaseFunction {
  name: string;
  argumentNames: string[];
  argumentTypes: string[];
  isTrigger: boolean;
  securityDefiner: boolean;
  searchPath: string | null;
  anon: boolean;
  authenticated: boolean;
  service: boolean;
  listener: boolean;
}

let stack: TestStack;
let a: TestUser;
let b: TestUser;
let functions: DatabaseFunction[];

beforeAll(async () => {
  stack = await startTestStack();
  [a, b] = await Promise.all([stack.createUser(), stack.createUser()]);
  functions = await stack.sql<DatabaseFunction[]>`
    select p.proname as name, p.prosecdef as "securityDefiner", p.prorettype = 'trigger'::regtype as "isTrigger",
      coalesce(p.proargnames[1:p.pronargs], '{}') as "argumentNames",
      array(select format_type(t, null) from unnest(p.proargtypes) t) as "argumentTypes",
      (select split_part(c, '=', 2) from unnest(p.proconfig) c where c like 'search_path=%') as "searchPath",
      has_function_privilege('anon', p.oid, 'execute') as anon,
      has_function_privilege('authenticated', p.oid, 'execute') as authenticated,
      has_function_privilege('service_role', p.oid, 'execute') as service,
      has_function_privilege('run_listener', p.oid, 'execute') as listener
    from pg_proc p where p.pronamespace = 'public'::regnamespace order by p.proname`;
});
afterAll(() => stack?.stop());

const namesOf = (chosen: DatabaseFunction[]) => chosen.map(({ name }) => name);

test('every function of the schema is in this suite', () => {
  expect(namesOf(functions)).toEqual(Object.values(rights).flat().sort());
  expect(namesOf(functions.filter((f) => f.isTrigger))).toEqual(rights['nobody: they belong to triggers']);
});

test('execution is granted to whom the list says', () => {
  expect(namesOf(functions.filter((f) => f.anon))).toEqual(forAnybody);
  expect(namesOf(functions.filter((f) => f.listener))).toEqual([]);
  expect(namesOf(functions.filter((f) => f.authenticated))).toEqual([...forAnybody, ...forPeople].sort());
  expect(namesOf(functions.filter((f) => f.service))).toEqual(namesOf(functions));
});

test('every function is held to a search path, and those with their owner’s rights are few', () => {
  expect(functions.filter((f) => f.searchPath !== '""')).toEqual([]);
  expect(namesOf(functions.filter((f) => f.securityDefiner))).toEqual([
    'admin_board_figures',
    'admin_run_figures',
    'admin_runs',
    'admin_schedule_figures',
    'company_follows_after_delete',
    'delete_account',
    'feed_postings',
    'follow_company',
    'followed_companies',
    'hide_term',
    'mail_address',
    'mark_job',
    'note_job',
    'own_account',
    'own_rows',
    'renew_unsubscribe_link',
    'request_cancel',
    'saved_searches_own_schedule',
    'search_runs_after_insert',
    'search_runs_after_update',
    'search_runs_before_insert',
    'search_runs_count',
    'service_limit',
    'set_admin',
    'sort_in_postings',
    'subscribe_again',
    'touch_profile',
    'unmark_job',
    'unsubscribe',
    'users_after_insert',
  ]);
});

/** Calls a function over HTTP with arguments of the right types. */
function call(client: SupabaseClient, { name, argumentNames, argumentTypes }: DatabaseFunction) {
  const examples: Record<string, unknown> = {
    uuid: randomUUID(),
    jsonb: {},
    integer: 1,
    boolean: true,
    real: 1,
    numeric: 1,
    text: 'x',
    'text[]': ['x'],
    'uuid[]': [randomUUID()],
    asked_words: null,
    date: '2026-01-01',
    job_marks: {},
    tsvector: '',
    'timestamp with time zone': '2026-01-01T00:00:00Z',
    tsquery: 'x',
    search_runs: {},
    search_run_status: 'pending',
    search_run_source: 'cron',
    board_error_class: 'timeout',
    board_state: 'success',
    'double precision': 1,
    smallint: 1,
  };
  const args = Object.fromEntries(argumentNames.map((arg, i) => [arg, examples[argumentTypes[i] ?? '']]));
  return client.rpc(name, args);
}

test('over HTTP nobody who is not signed in calls anything else', async () => {
  const anon = testClient(stack.supabaseUrl, stack.anonKey);
  for (const name of [...forPeople, ...forTheWorker]) {
    const called = functions.find((f) => f.name === name) as DatabaseFunction;
    const { error, status } = await call(anon, called);
    expect({ name, code: error?.code, status }).toEqual({ name, code: '42501', status: 401 });
  }
});

test('over HTTP a person does not call what is the worker’s', async () => {
  for (const name of forTheWorker) {
    const called = functions.find((f) => f.name === name) as DatabaseFunction;
    const { error, status } = await call(a.client, called);
    expect({ name, code: error?.code, status }).toEqual({ name, code: '42501', status: 403 });
  }
});

test('over HTTP trigger functions are no functions at all', async () => {
  const service = testClient(stack.supabaseUrl, stack.serviceRoleKey);
  for (const name of rights['nobody: they belong to triggers']) {
    const { error } = await service.rpc(name);
    expect({ name, code: error?.code }).toEqual({ name, code: 'PGRST202' });
  }
});

test("cancelling another's run finds no run, and changes none", async () => {
  const run = await addRun(stack.sql, b.id);
  const { error, status } = await a.client.rpc('request_cancel', { p_run: run.id });
  expect([error?.code, error?.message, status]).toEqual(['PT404', 'run_not_found', 404]);
  const unknown = await a.client.rpc('request_cancel', { p_run: randomUUID() });
  expect(unknown.error).toEqual(error);
  expect((await b.client.from('search_runs').select('status, revision').eq('id', run.id)).data).toEqual([
    { status: 'pending', revision: 0 },
  ]);
});

test("another's results are an empty list", async () => {
  const run = await addRun(stack.sql, b.id);
  const [found] = await stack.sql`
    insert into postings (title, company, work_mode, search) values ('t', 'c', 'remote', '')
    returning id`;
  await stack.sql`
    insert into search_run_results (run_id, posting_id, user_id, score, is_new) values (${run.id}, ${found?.id}, ${b.id}, 1, true)`;
  const results = (person: TestUser) => person.client.rpc('run_results', { p_run: run.id });
  expect((await results(b)).data.total).toBe(1);
  expect((await results(a)).data).toEqual({ total: 0, hidden: 0, items: [] });
});

test("a run with another's saved search is not found", async () => {
  const saved = await b.client
    .from('saved_searches')
    .insert({ name: 'mine', parameters: search(), user_id: b.id })
    .select('id')
    .single();
  const { error } = await a.client.rpc('create_search_run', {
    p_parameters: search(),
    p_saved_search_id: saved.data?.id,
  });
  expect([error?.code, error?.message]).toEqual(['PT404', 'saved_search_not_found']);
});

test('the listener hears, and reads nothing', async () => {
  const listener = postgres(stack.listenerUrl, { max: 1, onnotice: () => undefined });
  try {
    const rows = await stack.sql<{ name: string }[]>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'auth')`;
    expect(rows.length).toBeGreaterThan(13);
    for (const { name } of rows) {
      const error = await listener.unsafe(`select * from ${name}`).catch((e) => e);
      expect({ name, code: error.code }).toEqual({ name, code: '42501' });
    }
  } finally {
    await listener.end({ timeout: 1 });
  }
});
