import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { SignJWT } from 'jose';
import { startTestStack, type TestProgram, type TestStack } from '../local/testing/stack.js';
import { waitFor } from '../local/testing/wait-for.js';
import { type ApiClient, startApi } from './testing/api-client.js';
import { type EventStream, openEvents } from './testing/event-stream.js';
import { type Gateway, startGateway } from './testing/gateway.js';
import { beginRun, createRun, endRun, finishBoard } from './testing/runs.js';

const people = 50;
const streamsOfEach = 10;
/** How many of them follow one run; the others follow all that is the person's. */
const ofTheRun = 5;
const supabaseConnections = 16;

let stack: TestStack;
let gateway: Gateway;
let program: TestProgram;
let api: ApiClient;
let reads = 0;

beforeAll(async () => {
  stack = await startTestStack();
  gateway = await startGateway(stack.supabaseUrl);
  gateway.intercept(({ method, url }) => {
    if (method === 'GET' && url?.startsWith('/rest/v1/search_runs')) reads += 1;
    return false;
  });
  ({ program, api } = await startApi(stack, {
    SUPABASE_URL: gateway.url,
    SUPABASE_CONNECTIONS: String(supabaseConnections),
    STREAMS_PER_USER: String(streamsOfEach),
    STREAMS_PER_PROCESS: String(people * streamsOfEach),
  }));
});
afterAll(async () => {
  await stack?.stop();
  await gateway?.stop();
});

/** Entered as Supabase Auth would; five hundred sign-ups are not what this is about. */
async function somebody(): Promise<ApiClient> {
  const id = randomUUID();
  await stack.sql`insert into auth.users (id, email) values (${id}, ${`${id}@example.com`})`;
  const token = await new SignJWT({ role: 'authenticated', session_id: randomUUID() })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(id)
    .setAudience('authenticated')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(stack.jwtSecret));
  return api.as(token);
}

async function withStreams(client: ApiClient, n: number) {
  const run = await createRun(client, `baker ${n}`);
  const open = (count: number, path: string) =>
    Promise.all(Array.from({ length: count }, () => openEvents(client, path)));
  return {
    run: run.id,
    ofRun: await open(ofTheRun, `/runs/${run.id}/events`),
    ofAll: await open(streamsOfEach - ofTheRun, '/events'),
  };
}

const told = (streams: EventStream[], status: string) =>
  waitFor(() => streams.every(({ events }) => events.at(-1)?.data.status === status), {
    what: `every stream to tell ${status}`,
  });

test('500 streams of 50 people in one process each tell their own events, and no other', async () => {
  const groups: Awaited<ReturnType<typeof withStreams>>[] = [];
  for (let n = 0; n < people; n += 1) groups.push(await withStreams(await somebody(), n));
  const streams = groups.flatMap(({ ofRun, ofAll }) => [...ofRun, ...ofAll]);
  await told(streams, 'pending');
  expect(streams).toHaveLength(500);

  await Promise.all(groups.map(({ run }) => beginRun(stack.sql, run)));
  await told(streams, 'running');
  // A file for each stream and for each connection to Supabase, and what any process has.
  const files = readdirSync(`/proc/${program.pid}/fd`).length;
  expect(files).toBeGreaterThan(streams.length);
  expect(files).toBeLessThan(streams.length + supabaseConnections + 100);

  await Promise.all(groups.map(({ run }) => finishBoard(stack.sql, run, 'remotive')));
  await Promise.all(groups.map(({ run }) => endRun(stack.sql, run)));
  await told(streams, 'success');
  await Promise.all(groups.flatMap(({ ofRun }) => ofRun.map((stream) => stream.untilEnded())));

  for (const { run, ofRun, ofAll } of groups) {
    for (const { events } of [...ofRun, ...ofAll]) {
      expect(new Set(events.map(({ data }) => data.id))).toEqual(new Set([run]));
      const revisions = events.map(({ data }) => data.revision);
      expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
    }
    expect(ofAll.some((stream) => stream.ended())).toBe(false);
  }
  for (const stream of streams) stream.close();
});

test('a change is read once for all streams that have the same token', async () => {
  const { run, ofRun, ofAll } = await withStreams(await somebody(), people);
  const streams = [...ofRun, ...ofAll];
  await beginRun(stack.sql, run);
  await told(streams, 'running');

  const readsOfOneChange = async (page: number) => {
    reads = 0;
    await stack.sql`update search_run_boards set state = 'running', page = ${page} where run_id = ${run}`;
    const pageOf = ({ events }: EventStream) => events.at(-1)?.data.boards[0]?.page;
    await waitFor(() => streams.every((stream) => pageOf(stream) === page), {
      what: `page ${page} to be told`,
    });
    return reads;
  };
  // The first may meet what is still read of the change before it.
  let page = 0;
  await waitFor(async () => (await readsOfOneChange(++page)) === 1, { what: 'one reading of one change' });
  for (const stream of streams) stream.close();
});
