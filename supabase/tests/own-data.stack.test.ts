import { startTestStack, type TestStack, type TestUser } from '../../local/testing/stack.js';
import { type Rows, seedEveryTable } from './every-table.js';

/** Tables that hold nothing of a person, and why not. A new table is here, or in `own_data_tables()`. */
const ofNobody: Record<string, string> = {
  alert_looks: 'what the rules found when they last looked',
  alert_notices: 'what was told of an alert, and goes with it',
  alert_silences: 'which rules operators do not want to be told of',
  board_figures: 'how boards did in runs, counted by the hour',
  board_requests: 'requests to boards, counted by the hour',
  boards: 'the boards and whether they can be asked',
  board_queries: 'what boards are asked, the same for whoever searches it; forgotten when nobody does',
  company_boards: 'the companies that are read, by whoever; one that nobody follows stays in the catalogue',
  currency_rates: 'exchange rates',
  posting_sources: 'the catalogue: where a posting was found',
  postings: 'the catalogue: what boards publish',
  run_duration_figures: 'how long runs took, counted by the hour',
  run_figures: 'how runs ended, counted by the hour',
  schedule_watches: 'how far the watchdog has looked',
  service_limits: 'settings',
  source_sync_pages: 'which postings a page of a board held',
  source_syncs: 'when a source was read',
  tick_requests: 'requests of machines for a tick of the service',
  title_words: 'words of postings',
};

/** What the auth server holds of a person, and how it is handed out. */
const ofTheAuthServer: Record<string, string> = {
  users: 'handed out, without the password and one-time secrets',
  identities: 'handed out',
  sessions: 'handed out, without its secrets',
  audit_log_entries: 'handed out',
  refresh_tokens: 'secrets that sign somebody in: a session each, which is handed out',
  flow_state: 'secrets of a sign-in under way',
  one_time_tokens: 'secrets of mails under way',
};

let stack: TestStack;
let a: TestUser;
let b: TestUser;
let rowsOfA: Rows;
const own = new Map<string, string>();

beforeAll(async () => {
  stack = await startTestStack();
  [a, b] = await Promise.all([stack.createUser(), stack.createUser()]);
  await stack.sql`update service_limits set value = 1000`;
  for (const { name, is_own } of await stack.sql<{ name: string; is_own: string }[]>`
    select name, is_own from own_data_tables()`) {
    own.set(name, is_own);
  }
  rowsOfA = await fill(a);
  await fill(b);
});
afterAll(() => stack?.stop());

/** A row in every table, also in those that tell of a saved search's own times. */
async function fill({ id, email }: TestUser): Promise<Rows> {
  const { sql } = stack;
  const rows = await seedEveryTable(sql, id);
  const search = rows.saved_searches?.key.id as string;
  await sql`
    update saved_searches set schedule = 'own', own_times = '{08:00}', own_days = '{1}', time_zone = 'Europe/London'
    where id = ${search}`;
  const tick = `saved-search/${search}/2026-01-01T08:00Z`;
  await sql`
    insert into schedule_ticks (id, schedule, saved_search_id, due_at, cause)
    values (${tick}, ${`saved-search/${search}`}, ${search}, '2026-01-01T08:00:00Z', 'schedule')`;
  await sql`insert into alerts (key, kind, message, tick_id)
    values (${`tick/${tick}`}, 'tick_missed', 'It did not happen.', ${tick})`;
  await sql`
    insert into auth.audit_log_entries (id, payload, ip_address)
    values (gen_random_uuid(), ${sql.json({ action: 'login', actor_id: id, actor_username: email })}, '192.0.2.1')`;
  await sql`
    insert into auth.flow_state (id, user_id, authentication_method, provider_type) values (gen_random_uuid(), ${id}, 'password', 'email')`;
  return rows;
}

const tablesOf = async (schema: string) =>
  (
    await stack.sql<{ name: string }[]>`
      select relname as name from pg_class
      where relnamespace = ${schema}::regnamespace and relkind in ('r', 'p') order by relname`
  ).map(({ name }) => name);

/** Every row of every table as text, by table. */
async function everything(): Promise<Map<string, string[]>> {
  const dump = new Map<string, string[]>();
  for (const schema of ['public', 'auth']) {
    for (const table of await tablesOf(schema)) {
      const rows = await stack.sql.unsafe<{ row: string }[]>(
        `select t::text as row from ${schema}."${table}" t order by 1`,
      );
      dump.set(
        `${schema}.${table}`,
        rows.map(({ row }) => row),
      );
    }
  }
  return dump;
}

/** What names a person anywhere: their account, address, searches, runs and feeds. */
async function namesOf({ id, email }: TestUser): Promise<string[]> {
  const named = await stack.sql<{ name: string }[]>`
    select id::text as name from saved_searches where user_id = ${id}
    union select id::text from search_runs where user_id = ${id}
    union select token::text from feeds where user_id = ${id}`;
  return [id, email, ...named.map(({ name }) => name)];
}

async function rowsOf({ client }: TestUser, table: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  let after: unknown = null;
  do {
    const { data, error } = await client.rpc('own_rows', { p_table: table, p_after: after, p_limit: 1 });
    if (error) throw error;
    rows.push(...data.rows);
    after = data.after;
  } while (after !== null);
  return rows;
}

test('every table is said to hold something of a person, or nothing, and why', async () => {
  const tables = await tablesOf('public');
  expect([...own.keys(), ...Object.keys(ofNobody)].sort()).toEqual(tables);
  expect((await tablesOf('auth')).filter((name) => !(name in ofTheAuthServer))).toEqual([]);
});

test('what refers to an account, through however many tables, is said to be of a person', async () => {
  const referring = await stack.sql<{ name: string }[]>`
    with recursive tied (oid) as (
      select 'auth.users'::regclass::oid
      union select k.conrelid from pg_constraint k join tied on tied.oid = k.confrelid where k.contype = 'f'
    )
    select distinct c.relname as name from tied join pg_class c on c.oid = tied.oid
    where c.relnamespace = 'public'::regnamespace`;
  expect(referring.length).toBeGreaterThan(10);
  expect(referring.filter(({ name }) => !own.has(name))).toEqual([]);
  const carrying = await stack.sql<{ name: string }[]>`
    select distinct table_name as name from information_schema.columns
    where table_schema = 'public' and column_name ~ '(user|person|account|email)' and column_name <> 'attempts'`;
  expect(carrying.filter(({ name }) => !own.has(name))).toEqual([]);
});

test('a person is handed each of their rows, page by page, and nothing of another', async () => {
  const othersNames = await namesOf(b);
  for (const [table, isOwn] of own) {
    const condition = isOwn.replaceAll('$1', `'${a.id}'`);
    const [counted] = await stack.sql.unsafe(
      `select count(*)::int as n from public."${table}" t where ${condition}`,
    );
    const rows = await rowsOf(a, table);
    expect({ table, rows: rows.length }).toEqual({ table, rows: counted?.n });
    expect({ table, isEmpty: rows.length === 0 }).toEqual({ table, isEmpty: false });
    const text = JSON.stringify(rows);
    expect({ table, others: othersNames.filter((name) => text.includes(name)) }).toEqual({
      table,
      others: [],
    });
  }
  const [result] = await rowsOf(a, 'search_run_results');
  expect(result).toMatchObject({
    posting: { company: 'Acme', title: expect.any(String), url: expect.any(String) },
  });
});

test('a person is handed what signing in keeps of them, and no secret', async () => {
  const { data } = await a.client.rpc('own_account');
  expect(data.user).toMatchObject({ id: a.id, email: a.email });
  expect(data.sessions).toHaveLength(1);
  expect(data.audit_log_entries).toContainEqual(expect.objectContaining({ ip_address: '192.0.2.1' }));
  expect(data.audit_log_entries.length).toBeGreaterThan(1);
  expect(JSON.stringify(data)).not.toContain(b.email);
  const secrets = await stack.sql<{ secret: string }[]>`
    select encrypted_password as secret from auth.users where id = ${a.id}
    union all select token from auth.refresh_tokens where user_id = ${a.id}`;
  expect(secrets.length).toBeGreaterThan(1);
  expect(secrets.filter(({ secret }) => JSON.stringify(data).includes(secret))).toEqual([]);
});

test('what is no table of a person is handed to nobody', async () => {
  for (const p_table of ['postings', 'service_limits', 'pg_authid', 'profiles; drop table profiles']) {
    const { error, status } = await a.client.rpc('own_rows', { p_table });
    expect({ p_table, code: error?.code, status }).toEqual({ p_table, code: 'PT404', status: 404 });
  }
});

test('a person who is deleted is nowhere any more, and nobody else has lost anything', async () => {
  const names = await namesOf(a);
  const search = rowsOfA.saved_searches?.key.id as string;
  const before = await everything();
  const isOfA = (row: string) => names.some((name) => row.includes(name));
  const expected = new Map([...before].map(([table, rows]) => [table, rows.filter((row) => !isOfA(row))]));

  const { data: underWay, error } = await a.client.rpc('delete_account');
  expect(error).toBeNull();
  expect(underWay).toContain(rowsOfA.search_runs?.key.id);

  const after = await everything();
  // The note that the saved search's Schedule is to be removed: it goes with that.
  const notes = after.get('public.own_schedules')?.filter(isOfA) ?? [];
  expect(notes).toEqual([expect.stringContaining(search)]);
  const [note] = await stack.sql`select wanted from own_schedules where saved_search_id = ${search}`;
  expect(note?.wanted).toBeNull();
  after.set('public.own_schedules', after.get('public.own_schedules')?.filter((row) => !isOfA(row)) ?? []);
  expect(Object.fromEntries(after)).toEqual(Object.fromEntries(expected));

  const again = await a.client.rpc('delete_account');
  expect([again.error, again.data]).toEqual([null, []]);
  expect(
    (await a.client.auth.signInWithPassword({ email: a.email, password: a.password })).error,
  ).not.toBeNull();
  expect((await b.client.auth.signInWithPassword({ email: b.email, password: b.password })).error).toBeNull();
});

test('a token that is still good after its account was deleted adds nothing', async () => {
  const { error } = await a.client.from('saved_searches').insert({ name: 'ghost', parameters: {} });
  expect(error?.code).toMatch(/^23/);
  expect((await stack.sql`select from saved_searches where name = 'ghost'`).length).toBe(0);
});
