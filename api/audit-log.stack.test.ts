import { createHmac } from 'node:crypto';
import { startTestStack, type TestProgram, type TestStack, type TestUser } from '../local/testing/stack.js';
import { type ApiClient, startApi } from './testing/api-client.js';

const secret = 'the-key-of-the-audit-log-32-and-more';
const hashOf = (address: string, key = secret) => createHmac('sha256', key).update(address).digest('hex');

let stack: TestStack;
let program: TestProgram;
let ada: ApiClient;
let user: TestUser;
beforeAll(async () => {
  stack = await startTestStack();
  await stack.sql`update service_limits set value = 1000`;
  user = await stack.createUser();
  const started = await startApi(stack, { ADDRESS_HASH_SECRET: secret });
  program = started.program;
  ada = started.api.as(user.accessToken);
});
afterAll(() => stack?.stop());

let searches = 0;
async function search(api: ApiClient, headers: Record<string, string> = {}) {
  searches += 1;
  const body = {
    parameters: { title: `baker ${searches}`, boards: ['remotive'] },
    clientContext: { device: 'phone' as const, browser: 'Firefox' },
  };
  const { body: created } = await api.request('POST', '/runs', { body, headers });
  return created.run.id as string;
}
const eventsOf = (run: string) =>
  stack.sql`select kind, actor, client_context, address_hash from search_run_events where run_id = ${run} order by id`;

test('each search that is begun, and each that is cancelled, tells who did it, on what, and from where by its hash', async () => {
  const run = await search(ada, { 'x-forwarded-for': '192.0.2.7' });
  await ada.request('POST', `/runs/${run}/cancel`, { headers: { 'x-forwarded-for': '::ffff:192.0.2.8' } });
  expect(await eventsOf(run)).toMatchObject([
    {
      kind: 'created',
      actor: 'user',
      client_context: { device: 'phone', browser: 'Firefox' },
      address_hash: hashOf('192.0.2.7'),
    },
    { actor: 'user', address_hash: hashOf('192.0.2.8') },
    { actor: 'user', address_hash: hashOf('192.0.2.8') },
  ]);
});

test('what a schedule begins tells that the service did it, from nowhere', async () => {
  await stack.sql.begin(async (sql) => {
    await sql`select set_config('app.actor', 'service', true)`;
    await sql`
      insert into search_runs (user_id, source, parameters)
      values (${user.id}, 'cron', ${sql.json({ title: 'tick', boards: ['remotive'] })})`;
  });
  const [run] = await stack.sql`select id from search_runs where source = 'cron'`;
  expect(await eventsOf(run?.id)).toMatchObject([
    { kind: 'created', actor: 'service', client_context: null, address_hash: null },
  ]);
});

test('the address itself is nowhere in the database or the log', async () => {
  await search(ada, { 'x-forwarded-for': '198.51.100.77' });
  await ada.get('/nowhere', { headers: { 'x-forwarded-for': '198.51.100.77' } });
  const tables = await stack.sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'auth')`;
  for (const { name } of tables) {
    const found = await stack.sql.unsafe(`select from ${name} t where t::text like '%198.51.100.77%'`);
    expect({ name, found: found.length }).toEqual({ name, found: 0 });
  }
  expect(program.output()).toContain('request completed');
  expect(program.output()).not.toContain('198.51.100.77');
  expect(program.output()).not.toContain('remoteAddress');
});

test('an address that a stranger writes into the header is not believed', async () => {
  // Only the last proxy is this deployment's: what stands before it is a visitor's own word.
  const run = await search(ada, { 'x-forwarded-for': '203.0.113.1, 192.0.2.9' });
  expect((await eventsOf(run))[0]?.address_hash).toBe(hashOf('192.0.2.9'));

  const { api } = await startApi(stack, { ADDRESS_HASH_SECRET: secret, TRUSTED_PROXIES: '192.0.2.200' });
  const other = await search(api.as(ada.token), { 'x-forwarded-for': '203.0.113.1' });
  expect((await eventsOf(other))[0]?.address_hash).toBe(hashOf('127.0.0.1'));
});

test('the key changes: what was kept before is found by the key before, what comes by the next', async () => {
  const next = 'the-next-key-of-the-audit-log-32-and-more';
  const headers = { 'x-forwarded-for': '192.0.2.7' };
  const before = await search(ada, headers);
  const { api } = await startApi(stack, { ADDRESS_HASH_SECRET: next });
  // Both are there until the first is stopped.
  const [during, after] = [await search(ada, headers), await search(api.as(ada.token), headers)];
  const found = (key: string) =>
    stack.sql<{ run_id: string }[]>`
      select run_id from search_run_events where kind = 'created' and address_hash = ${hashOf('192.0.2.7', key)}`;
  const runs = async (key: string) => (await found(key)).map(({ run_id }) => run_id);
  expect(await runs(secret)).toEqual(expect.arrayContaining([before, during]));
  expect(await runs(next)).toEqual([after]);
});

test('without a key nothing of an address is kept', async () => {
  const { api } = await startApi(stack);
  const run = await search(api.as(ada.token), { 'x-forwarded-for': '192.0.2.7' });
  expect((await eventsOf(run))[0]?.address_hash).toBeNull();
});

test('the hash is the API’s to say: what is no hash is not kept, whoever calls', async () => {
  const rpc = (headers: Record<string, string>) =>
    fetch(`${stack.supabaseUrl}/rest/v1/rpc/create_search_run`, {
      method: 'POST',
      headers: {
        apikey: stack.anonKey,
        authorization: `Bearer ${user.accessToken}`,
        'content-type': 'application/json',
        ...headers,
      },
      body: JSON.stringify({ p_parameters: { title: 'x', boards: ['remotive'] } }),
    }).then((answer) => answer.json());
  const { run } = await rpc({ 'x-address-hash': '192.0.2.1' });
  expect((await eventsOf(run.id))[0]?.address_hash).toBeNull();
});
