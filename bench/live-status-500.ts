import postgres from 'postgres';
import { type ApiClient, startApi } from '../api/testing/api-client.js';
import { type EventStream, openEvents } from '../api/testing/event-stream.js';
import { createRun } from '../api/testing/runs.js';
import { startTestStack, type TestStack } from '../local/testing/stack.js';
import { waitFor } from '../local/testing/wait-for.js';
import { type Comparison, quantile } from './figures.js';

const people = 50;
const streamsOfEach = 10;
const changes = 200;

/** From a row's change to its event at the API's client: with 500 streams open, with one, and at a bare LISTEN. */
export async function liveStatus500(): Promise<Comparison[]> {
  const stack = await startTestStack();
  const listener = postgres(stack.listenerUrl, { max: 1 });
  try {
    const { api } = await startApi(stack, { LOG_LEVEL: 'error' });
    const listened = new Map<string, number>();
    await listener.listen('search_run_changed', (payload) => {
      const { run, revision } = JSON.parse(payload);
      listened.set(`${run} ${revision}`, now());
    });

    const one = [await follow(stack, api, 1)];
    const alone = await measure(stack, one, listened);
    const many = [];
    for (let n = 0; n < people; n += 1) many.push(await follow(stack, api, streamsOfEach));
    const crowded = await measure(stack, many, listened);
    for (const { streams } of [...one, ...many]) for (const stream of streams) stream.close();

    return [0.5, 0.95].flatMap((share) => {
      const what = `row change to event at ${people * streamsOfEach} open streams, p${share * 100}`;
      const ours = quantile(crowded.told, share);
      return [
        { what, unit: 'ms', ours, bare: quantile(alone.told, share), over: 'the same with one stream' },
        { what, unit: 'ms', ours, bare: quantile(crowded.listened, share), over: '`LISTEN` alone' },
      ];
    });
  } finally {
    await listener.end({ timeout: 1 });
    await stack.stop();
  }
}

interface Follower {
  run: string;
  streams: EventStream[];
}

/** A new person with one run that is followed by this many streams. */
async function follow(stack: TestStack, api: ApiClient, count: number): Promise<Follower> {
  const client = api.as((await stack.createUser()).accessToken);
  const { id } = await createRun(client, 'react developer', 'jobicy');
  const streams = await Promise.all(
    Array.from({ length: count }, () => openEvents(client, `/runs/${id}/events`)),
  );
  await Promise.all(streams.map((stream) => stream.next('the state now')));
  return { run: id, streams };
}

/** Changes the followers' runs in turn. The time of each stream's event counts by itself. */
async function measure(stack: TestStack, followers: Follower[], listened: Map<string, number>) {
  const delays = { told: [] as number[], listened: [] as number[] };
  for (let change = 0; change < changes; change += 1) {
    const { run, streams } = followers[change % followers.length] as Follower;
    const at = now();
    const [row] =
      await stack.sql`update search_runs set updated_at = now() where id = ${run} returning revision`;
    const revision = Number(row?.revision);
    const arrived = () =>
      streams.map(({ events }) => events.find(({ data }) => data.revision === revision)?.receivedAt);
    await waitFor(() => listened.has(`${run} ${revision}`) && arrived().every(Boolean), {
      what: `revision ${revision} to arrive`,
      intervalMs: 5,
    });
    delays.told.push(...arrived().map((time) => (time ?? Number.NaN) - at));
    delays.listened.push((listened.get(`${run} ${revision}`) ?? Number.NaN) - at);
  }
  return delays;
}

const now = () => performance.timeOrigin + performance.now();
