import { waitFor } from '../../local/testing/wait-for.js';
import { completedTick, saveSearches } from '../../workflows/testing/ticks.js';
import { startWorld, type World } from '../../workflows/testing/world.js';
import { type ApiClient, expectProblem, expectWrongField, startApi } from '../testing/api-client.js';
import { signatureHeader, signatureOf } from '../trigger-signature.js';

const secrets = {
  TICK_TRIGGER_SECRET: 'the-signing-secret-of-this-test-of-today',
  TICK_TRIGGER_SECRET_BEFORE: 'the-signing-secret-that-was-before-it',
  CRON_SECRET: 'the-bearer-secret-of-this-test-of-today',
  CRON_SECRET_BEFORE: 'the-bearer-secret-that-was-before-it',
};
const path = '/schedules/refresh-all/trigger';

let world: World;
let api: ApiClient;
beforeAll(async () => {
  world = await startWorld();
  ({ api } = await startApi(world.stack, { ...secrets, TICK_TRIGGERS_PER_MINUTE: '1000' }));
});
afterAll(() => world?.stop());

const seconds = () => Math.floor(Date.now() / 1000);

/** What a sender puts into the header. */
function signed(body: unknown, { secret = secrets.TICK_TRIGGER_SECRET, at = seconds() } = {}) {
  const text = body === undefined ? '' : JSON.stringify(body);
  return { [signatureHeader]: `t=${at},v1=${signatureOf(secret, at, Buffer.from(text)).toString('hex')}` };
}
const bearer = { authorization: `Bearer ${secrets.CRON_SECRET}` };

const requestsFor = (tick: string) =>
  world.stack.sql`select caller, address_hash, asked_at from tick_requests where tick_id = ${tick}`;

test('a signed request begins the tick at once, and is noted', async () => {
  const [saved] = await saveSearches(world, 1);
  const body = { tick: '2026-02-02T14:00Z' };
  const answer = await api.post(path, body, signed(body));
  expect([answer.status, answer.body]).toEqual([202, { tick: 'refresh-all/2026-02-02T14:00Z' }]);
  expect(await completedTick(world, '2026-02-02T14:00:00Z')).toMatchObject({
    cause: 'request',
    runs_created: 1,
  });
  const { sql } = world.stack;
  expect(await sql`select saved_search_id from search_runs where tick_id = ${answer.body.tick}`).toEqual([
    { saved_search_id: saved },
  ]);
  expect(await requestsFor(answer.body.tick)).toEqual([
    {
      caller: 'signature',
      address_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      asked_at: expect.any(Date),
    },
  ]);
});

test('the same request again is refused, by another process too, and begins nothing', async () => {
  const body = { tick: '2026-02-02T16:00Z' };
  const headers = signed(body);
  expect((await api.post(path, body, headers)).status).toBe(202);
  await completedTick(world, '2026-02-02T16:00:00Z');
  expectProblem(await api.post(path, body, headers), 'conflict');
  const { api: another, program } = await startApi(world.stack, secrets);
  expectProblem(await another.post(path, body, headers), 'conflict');
  await program.stop();
  expect(await requestsFor('refresh-all/2026-02-02T16:00Z')).toHaveLength(1);
});

test('a second request for a tick that was completed changes nothing', async () => {
  await world.stack.sql`delete from saved_searches`;
  await saveSearches(world, 1, { title: 'gardener' });
  const body = { tick: '2026-02-02T22:00Z' };
  await api.post(path, body, bearer);
  const first = await completedTick(world, '2026-02-02T22:00:00Z');
  await saveSearches(world, 1, { title: 'carpenter' });
  expect((await api.post(path, body, bearer)).status).toBe(202);
  await waitFor(async () => (await requestsFor('refresh-all/2026-02-02T22:00Z')).length === 2, {
    what: 'the second request to be noted',
  });
  const handle = world.temporal.workflow.getHandle('tick/refresh-all-2026-02-02T22:00:00Z');
  expect(await handle.result()).toMatchObject({ runs: 1 });
  expect(await completedTick(world, '2026-02-02T22:00:00Z')).toEqual(first);
});

test('without a body it is the tick of this minute; the secret before is good as well', async () => {
  const before = new Date();
  const answer = await api.request('POST', path, {
    headers: signed(undefined, { secret: secrets.TICK_TRIGGER_SECRET_BEFORE }),
  });
  expect(answer.status).toBe(202);
  const authorization = `Bearer ${secrets.CRON_SECRET_BEFORE}`;
  expect((await api.request('POST', path, { headers: { authorization } })).status).toBe(202);
  const minute = new Date(answer.body.tick.replace('refresh-all/', ''));
  expect(minute.getTime()).toBeGreaterThan(before.getTime() - 60_000);
  expect(minute.getTime()).toBeLessThanOrEqual(Date.now());
  await completedTick(world, minute.toISOString());
});

test.each([
  ['nothing', () => ({})],
  ['another secret', (body: unknown) => signed(body, { secret: 'the-secret-of-somebody-else-altogether' })],
  ['the signature of another body', () => signed({ tick: '2026-02-03T14:00Z' })],
  ['a signature that is too old', (body: unknown) => signed(body, { at: seconds() - 301 })],
  ['a signature of the time to come', (body: unknown) => signed(body, { at: seconds() + 600 })],
  ['a header of another form', () => ({ [signatureHeader]: 'sha256=abc' })],
  ['another bearer token', () => ({ authorization: 'Bearer the-bearer-secret-of-somebody-else-there' })],
])('who sends %s is nobody', async (_, headersOf) => {
  const body = { tick: '2026-02-02T10:00Z' };
  expectProblem(await api.post(path, body, headersOf(body)), 'unauthorized');
  expect(await requestsFor('refresh-all/2026-02-02T10:00Z')).toEqual([]);
});

test('a tick that is no minute, or is to come, is refused', async () => {
  expectWrongField(await api.post(path, { tick: '14:00' }, bearer), '/tick');
  expectWrongField(await api.post(path, { tick: '2026-13-40T14:00Z' }, bearer), '/tick');
  expectProblem(await api.post(path, { tick: '2099-01-01T08:00Z' }, bearer), 'invalid-request');
});

test('so many a minute from one address; without a secret there is nothing; without Temporal it is not now', async () => {
  const { api: few, program } = await startApi(world.stack, { ...secrets, TICK_TRIGGERS_PER_MINUTE: '2' });
  expectProblem(await few.post(path), 'unauthorized');
  expectProblem(await few.post(path), 'unauthorized');
  expectProblem(await few.post(path, undefined, bearer), 'rate-limited');
  await program.stop();

  const { api: off, program: offProgram } = await startApi(world.stack);
  expectProblem(await off.post(path, undefined, bearer), 'not-found');
  await offProgram.stop();

  const { api: alone, program: aloneProgram } = await startApi(world.stack, {
    ...secrets,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    TEMPORAL_START_TIMEOUT_MS: '200',
  });
  expectProblem(await alone.post(path, undefined, bearer), 'service-unavailable');
  await aloneProgram.stop();
});
