import { SignJWT } from 'jose';
import {
  startTestStack,
  type TestProgram,
  type TestStack,
  type TestUser,
} from '../../local/testing/stack.js';
import { waitFor } from '../../local/testing/wait-for.js';
import { type ApiClient, expectProblem, startApi } from '../testing/api-client.js';
import { type EventStream, openEvents } from '../testing/event-stream.js';
import { type Relay, startRelay } from '../testing/relay.js';
import { beginRun, completeRun, createRun, endRun } from '../testing/runs.js';

/** A connection that is lost is tried again at once, and often. */
const soon = { LISTEN_RECONNECT_FIRST_MS: '20', LISTEN_RECONNECT_LONGEST_MS: '200' };

let stack: TestStack;
let relay: Relay;
let program: TestProgram;
let ada: TestUser;
let asAda: ApiClient;

beforeAll(async () => {
  stack = await startTestStack();
  await stack.sql`update service_limits set value = 1000`;
  const listener = new URL(stack.listenerUrl);
  relay = await startRelay({ host: listener.hostname, port: Number(listener.port) });
  listener.port = String(relay.port);
  const started = await startApi(stack, {
    DATABASE_URL: listener.href,
    // No heartbeat within a test: a stream that opens only with its first bytes would not open.
    STREAM_HEARTBEAT_SECONDS: '300',
    ...soon,
    // Nor is a lost connection long enough to be silence.
    LISTEN_SILENCE_SECONDS: '3600',
  });
  program = started.program;
  ada = await stack.createUser();
  asAda = started.api.as(ada.accessToken);
});
afterAll(async () => {
  await stack?.stop();
  await relay?.stop();
});
beforeEach(async () => {
  await stack.sql`delete from search_runs`;
});

const listeners = () => stack.sql<{ pid: number }[]>`
  select pid from pg_stat_activity
  where datname = current_database() and usename = 'run_listener' and query like 'listen%'`;

const untilListening = () => waitFor(async () => (await listeners()).length === 1, { what: 'LISTEN' });

const told = (stream: EventStream, run: string, status: string) =>
  waitFor(() => stream.events.some(({ data }) => data.id === run && data.status === status), {
    what: `${status} to be told`,
  });

test('one connection of the process listens, however many streams are open', async () => {
  const streams = await Promise.all([1, 2, 3].map(() => openEvents(asAda, '/events')));
  expect(await listeners()).toHaveLength(1);
  const run = await createRun(asAda, 'baker');
  await Promise.all(streams.map((stream) => told(stream, run.id, 'pending')));
  for (const stream of streams) stream.close();
});

test('a killed connection is made anew, and the same streams are told what changes then', async () => {
  const run = await createRun(asAda, 'baker');
  const one = await openEvents(asAda, `/runs/${run.id}/events`);
  const all = await openEvents(asAda, '/events');
  await one.next('the state now');

  const before = await listeners();
  await stack.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and usename = 'run_listener'`;
  await waitFor(
    async () => {
      const [now] = await listeners();
      return now && now.pid !== before[0]?.pid;
    },
    { what: 'another connection' },
  );
  await beginRun(stack.sql, run.id);
  await Promise.all([told(one, run.id, 'running'), told(all, run.id, 'running')]);
  await endRun(stack.sql, run.id, 'cancelled');
  await one.untilEnded();
  await told(all, run.id, 'cancelled');
  expect(all.ended()).toBe(false);
  all.close();
});

test('what changes while there is no connection is told afterwards, also of runs that ended meanwhile', async () => {
  const begun = await createRun(asAda, 'begins meanwhile');
  const ended = await createRun(asAda, 'ends meanwhile');
  const one = await openEvents(asAda, `/runs/${ended.id}/events`);
  await one.next('the state now');
  const all = await openEvents(asAda, '/events');
  await Promise.all([told(all, begun.id, 'pending'), told(all, ended.id, 'pending')]);

  relay.cut();
  await waitFor(() => relay.refused() >= 2, { what: 'the API to try again, and in vain' });
  await beginRun(stack.sql, begun.id);
  await completeRun(stack.sql, ended.id);
  const passed = await createRun(asAda, 'begins and ends meanwhile');
  await endRun(stack.sql, passed.id, 'cancelled');
  expect(one.events).toHaveLength(1);
  relay.restore();

  await one.untilEnded();
  expect(one.events.at(-1)?.data.status).toBe('success');
  await Promise.all([
    told(all, begun.id, 'running'),
    told(all, ended.id, 'success'),
    told(all, passed.id, 'cancelled'),
  ]);
  expect(all.ended()).toBe(false);
  all.close();
});

test('while the database cannot be reached the API is not ready, and is again by itself', async () => {
  await untilListening();
  relay.cut();
  const away = await waitFor(
    async () => {
      const answer = await asAda.get('/readyz');
      return answer.status === 503 && answer;
    },
    { what: 'the API to notice' },
  );
  expect(away.body).toMatchObject({ ready: false, database: 'down' });
  expect((await asAda.get('/healthz')).body).toEqual({ ok: true });
  relay.restore();
  await waitFor(async () => (await asAda.get('/readyz')).status === 200, {
    what: 'the API to be ready again',
  });
  await untilListening();
});

test('when the database is not heard for long, streams end and none opens, until it is; also on a dead connection', async () => {
  const listener = new URL(stack.listenerUrl);
  listener.port = String(relay.port);
  const { api } = await startApi(stack, {
    DATABASE_URL: listener.href,
    LISTEN_SILENCE_SECONDS: '2',
    ...soon,
  });
  const as = api.as(ada.accessToken);
  const run = await createRun(as, 'ends meanwhile');
  for (const lose of [relay.cut, relay.freeze]) {
    relay.restore();
    const stream = await waitFor(() => openEvents(as, '/events'), { what: 'the database to be heard' });
    lose();
    await stream.untilEnded();
    const refused = await as.get('/events', { headers: { accept: 'text/event-stream' } });
    expectProblem(refused, 'service-unavailable');
  }
  await completeRun(stack.sql, run.id);
  relay.restore();
  const stream = await waitFor(() => openEvents(as, `/runs/${run.id}/events`), {
    what: 'the database to be heard again',
  });
  await told(stream, run.id, 'success');
});

test('a stream ends with its token', async () => {
  const run = await createRun(asAda, 'baker');
  const soon = await new SignJWT({ role: 'authenticated' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(ada.id)
    .setAudience('authenticated')
    // Long enough for the stream to open and to tell how things are on a machine that stands still for some seconds.
    .setExpirationTime('12s')
    .sign(new TextEncoder().encode(stack.jwtSecret));
  const stream = await openEvents(asAda.as(soon), `/runs/${run.id}/events`);
  await stream.next('the state now');
  await stream.untilEnded();
  expect(stream.events).toHaveLength(1);
});

test('stopping the process ends the streams', async () => {
  const stream = await openEvents(asAda, '/events');
  expect(await program.stop()).toEqual({ code: 0, signal: null });
  await stream.untilEnded();
});
