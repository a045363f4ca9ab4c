// One file: most of it is the one list of all tables, by what a person gets of them.
import type { PostgrestSingleResponse, SupabaseClient } from '@supabase/supabase-js';
import { startTestStack, type TestStack, type TestUser } from '../../local/testing/stack.js';
import { testClient } from '../../local/testing/test-user.js';
import { type Rows, seedEveryTable } from './every-table.js';
import { search } from './fixtures.js';

const verbs = ['select', 'insert', 'update', 'delete', 'upsert'] as const;
type Verb = (typeof verbs)[number];

/**
 * What a signed-in person gets, table by table, in the order of `verbs`:
 * `rows` they come · `done` it is written · `none` as if there were no such row · `denied` no right to ·
 * `refused` by the state machine, whoever asks.
 * Another's rows: those that carry another person's `user_id`, and new ones that claim it.
 */
const person: Record<string, { own: string; anothers: string }> = {
  saved_searches: {
    own: '      rows  done    done    done    denied',
    anothers: ' none  denied  none    none    denied',
  },
  profiles: {
    own: '      rows  denied  done    denied  denied',
    anothers: ' none  denied  none    denied  denied',
  },
  search_runs: {
    own: '      rows  done    denied  denied  denied',
    anothers: ' none  denied  denied  denied  denied',
  },
  search_run_boards: {
    own: '      rows  denied  denied  denied  denied',
    anothers: ' none  denied  denied  denied  denied',
  },
  search_run_events: {
    own: '      rows  denied  denied  denied  denied',
    anothers: ' none  denied  denied  denied  denied',
  },
  search_run_results: {
    own: '      rows  denied  denied  denied  denied',
    anothers: ' none  denied  denied  denied  denied',
  },
  seen_postings: {
    own: '      rows  denied  denied  denied  denied',
    anothers: ' none  denied  denied  denied  denied',
  },
  job_marks: {
    own: '      rows  denied  denied  denied  denied',
    anothers: ' none  denied  denied  denied  denied',
  },
  hidden_terms: {
    own: '      rows  denied  denied  done    denied',
    anothers: ' none  denied  denied  none    denied',
  },
  company_follows: {
    own: '      rows  denied  denied  done    denied',
    anothers: ' none  denied  denied  none    denied',
  },
  feeds: {
    own: '      rows  done    denied  done    denied',
    anothers: ' none  denied  denied  none    denied',
  },
  // The catalogue is everybody's: whose run brought a row makes no difference.
  postings: {
    own: '      rows  denied  denied  denied  denied',
    anothers: ' rows  denied  denied  denied  denied',
  },
  posting_sources: {
    own: '      rows  denied  denied  denied  denied',
    anothers: ' rows  denied  denied  denied  denied',
  },
  company_boards: {
    own: '      rows  denied  denied  denied  denied',
    anothers: ' rows  denied  denied  denied  denied',
  },
  boards: {
    own: '      rows  denied  denied  denied  denied',
    anothers: ' rows  denied  denied  denied  denied',
  },
  // The service's own.
  source_syncs: {
    own: '      denied denied denied  denied  denied',
    anothers: ' denied denied denied  denied  denied',
  },
  source_sync_waiters: {
    own: '      denied denied denied  denied  denied',
    anothers: ' denied denied denied  denied  denied',
  },
  company_checks: {
    own: '      denied denied denied  denied  denied',
    anothers: ' denied denied denied  denied  denied',
  },
  title_words: {
    own: '      denied denied denied  denied  denied',
    anothers: ' denied denied denied  denied  denied',
  },
  board_queries: {
    own: '      denied denied denied  denied  denied',
    anothers: ' denied denied denied  denied  denied',
  },
  currency_rates: {
    own: '      denied denied denied  denied  denied',
    anothers: ' denied denied denied  denied  denied',
  },
  source_sync_pages: {
    own: '      denied denied denied  denied  denied',
    anothers: ' denied denied denied  denied  denied',
  },
  own_schedules: {
    own: '      denied denied denied denied denied',
    anothers: ' denied denied denied denied denied',
  },
  schedule_ticks: {
    own: '      denied denied denied denied denied',
    anothers: ' denied denied denied denied denied',
  },
  tick_requests: {
    own: '      denied denied denied denied denied',
    anothers: ' denied denied denied denied denied',
  },
  run_figures: {
    own: '      denied denied denied denied denied',
    anothers: ' denied denied denied denied denied',
  },
  run_duration_figures: {
    own: '      denied denied denied denied denied',
    anothers: ' denied denied denied denied denied',
  },
  board_figures: {
    own: '      denied denied denied denied denied',
    anothers: ' denied denied denied denied denied',
  },
  board_requests: {
    own: '      denied denied denied denied denied',
    anothers: ' denied denied denied denied denied',
  },
  alerts: {
    own: '      denied denied denied denied denied',
    anothers: ' denied denied denied denied denied',
  },
  alert_looks: {
    own: '      denied denied denied denied denied',
    anothers: ' denied denied denied denied denied',
  },
  alert_notices: {
    own: '      denied denied denied denied denied',
    anothers: ' denied denied denied denied denied',
  },
  alert_silences: {
    own: '      denied denied denied denied denied',
    anothers: ' denied denied denied denied denied',
  },
  schedule_watches: {
    own: '      denied denied denied denied denied',
    anothers: ' denied denied denied denied denied',
  },
  digests: {
    own: '      denied denied denied denied denied',
    anothers: ' denied denied denied denied denied',
  },
  unsubscribe_links: {
    own: '      denied denied denied denied denied',
    anothers: ' denied denied denied denied denied',
  },
  service_limits: {
    own: '      denied denied denied  denied  denied',
    anothers: ' denied denied denied  denied  denied',
  },
};
/** Who is not signed in sees which boards can be asked, and nothing else. */
const anybody: Record<string, string> = { boards: 'rows denied denied denied denied' };
/** The worker's key opens everything, but for the audit log; and what a run was asked does not change. */
const worker: Record<string, string> = {
  search_run_events: 'rows denied denied denied denied',
  search_runs: 'rows done done done refused',
};

const everyTable = Object.keys(person);
const expected = (line: string) => {
  const words = line.trim().split(/\s+/);
  return Object.fromEntries(verbs.map((verb, index) => [verb, words[index]]));
};

let stack: TestStack;
let a: TestUser;
let b: TestUser;
let rowsOfA: Rows;
let rowsOfB: Rows;

beforeAll(async () => {
  stack = await startTestStack();
  [a, b] = await Promise.all([stack.createUser(), stack.createUser()]);
  // Limits are another suite's.
  await stack.sql`update service_limits set value = 1000`;
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  rowsOfA = await seedEveryTable(stack.sql, a.id);
  rowsOfB = await seedEveryTable(stack.sql, b.id);
});

const rowsIn = (table: string) => stack.sql`
  select to_jsonb(t) as row from ${stack.sql(table)} t order by to_jsonb(t)::text`;

/** Tries every verb on a seeded row and tells how each went; what was not let through must have changed nothing. */
async function outcomes(client: SupabaseClient, table: string, rows: Rows): Promise<Record<string, string>> {
  const seeded = rows[table];
  if (!seeded) throw new Error(`${table} is not seeded: see every-table.ts`);
  const { key, insert, patch, upsert = { ...insert, ...key } } = seeded;
  const ask: Record<Verb, () => PromiseLike<PostgrestSingleResponse<unknown>>> = {
    select: () => client.from(table).select().match(key),
    insert: () => client.from(table).insert(insert, { count: 'exact' }),
    update: () => client.from(table).update(patch, { count: 'exact' }).match(key),
    upsert: () => client.from(table).upsert(upsert, { count: 'exact' }),
    delete: () => client.from(table).delete({ count: 'exact' }).match(key),
  };
  const tried: Partial<Record<Verb, string>> = {};
  for (const verb of ['select', 'insert', 'update', 'upsert', 'delete'] as const) {
    const before = await rowsIn(table);
    const { data, error, count } = await ask[verb]();
    if (error?.code === '42501') tried[verb] = 'denied';
    else if (error) tried[verb] = error.code === 'PT409' ? 'refused' : `${error.code} ${error.message}`;
    else if (verb === 'select') tried[verb] = (data as unknown[]).length > 0 ? 'rows' : 'none';
    else tried[verb] = count ? 'done' : 'none';
    if (tried[verb] !== 'done') expect(await rowsIn(table)).toEqual(before);
  }
  return tried;
}

test('every table of the schema is in this suite, under row level security, with a policy', async () => {
  const tables = await stack.sql<{ name: string; secured: boolean; policies: number }[]>`
    select c.relname as name, c.relrowsecurity as secured,
      (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')`;
  expect(tables.map(({ name }) => name).sort()).toEqual([...everyTable].sort());
  expect(tables.filter(({ secured, policies }) => !secured || policies === 0)).toEqual([]);
});

describe.each(everyTable)('%s', (table) => {
  const { own, anothers } = person[table] as { own: string; anothers: string };

  test('somebody who is not signed in', async () => {
    const anon = testClient(stack.supabaseUrl, stack.anonKey);
    const nothing = 'denied denied denied denied denied';
    expect(await outcomes(anon, table, rowsOfA)).toEqual(expected(anybody[table] ?? nothing));
  });

  test('a person and their own rows', async () => {
    expect(await outcomes(a.client, table, rowsOfA)).toEqual(expected(own));
  });

  test("a person and another's rows, either way round", async () => {
    expect(await outcomes(a.client, table, rowsOfB)).toEqual(expected(anothers));
    expect(await outcomes(b.client, table, rowsOfA)).toEqual(expected(anothers));
  });

  test('the worker does everything', async () => {
    const service = testClient(stack.supabaseUrl, stack.serviceRoleKey);
    const everything = 'rows done done done done';
    expect(await outcomes(service, table, rowsOfA)).toEqual(expected(worker[table] ?? everything));
  });
});

test("a list holds one's own rows only", async () => {
  for (const table of ['saved_searches', 'search_runs', 'search_run_boards', 'search_run_events']) {
    const { data } = await a.client.from(table).select('user_id');
    expect([...new Set(data?.map(({ user_id }) => user_id))]).toEqual([a.id]);
  }
});

test("a run does not show another's boards when they are embedded", async () => {
  const { data } = await a.client.from('postings').select('id, search_run_results(user_id)');
  const owners = data?.flatMap(({ search_run_results }) => search_run_results.map(({ user_id }) => user_id));
  expect([...new Set(owners)]).toEqual([a.id]);
});

test("of a run a person says what is searched, and nothing that is the service's to say", async () => {
  const columns = await stack.sql<{ name: string }[]>`
    select column_name as name from information_schema.columns
    where table_schema = 'public' and table_name = 'search_runs' and is_generated = 'NEVER'`;
  const values: Record<string, unknown> = {
    status: 'success',
    source: 'cron',
    first_of_its_search: true,
    revision: 7,
    jobs_found: 7,
    jobs_new: 7,
  };
  const settable: string[] = [];
  for (const { name } of columns) {
    const row = { parameters: search(), [name]: values[name] ?? rowsOfA.search_runs?.insert[name] ?? null };
    const { error } = await a.client.from('search_runs').insert(row);
    if (error) expect({ name, code: error.code }).toEqual({ name, code: '42501' });
    else settable.push(name);
  }
  expect(settable.sort()).toEqual([
    'client_context',
    'idempotency_key',
    'parameters',
    'place_in',
    'place_reach',
    'rerun_of',
    'saved_search_id',
    'user_id',
  ]);
});

test("a run cannot be tied to another's saved search", async () => {
  const saved_search_id = rowsOfB.saved_searches?.key.id;
  const { error, status } = await a.client
    .from('search_runs')
    .insert({ parameters: search(), saved_search_id });
  expect([error?.code, error?.message, status]).toEqual(['PT404', 'saved_search_not_found', 404]);
});

test('a saved search cannot be handed over to another', async () => {
  const { error } = await a.client
    .from('saved_searches')
    .update({ user_id: b.id })
    .match(rowsOfA.saved_searches?.key ?? {});
  expect(error?.code).toBe('42501');
});
