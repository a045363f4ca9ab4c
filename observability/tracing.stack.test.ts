import { randomBytes } from 'node:crypto';
import { startApi } from '../api/testing/api-client.js';
import { type Collector, type ReceivedSpan, startCollector } from '../local/testing/collector.js';
import type { TestProgram } from '../local/testing/stack.js';
import { waitFor } from '../local/testing/wait-for.js';
import { hosts } from '../workflows/testing/scenarios.js';
import { startWorld, type World } from '../workflows/testing/world.js';
import { searchRunWorkflowId } from '../workflows/workflow-ids.js';

/** How `OTEL_EXPORTER_OTLP_HEADERS` is changed: docs/SECURITY.md, "Secrets". */

const first = 'the-first-key-of-the-collector';
const second = 'the-second-key-of-the-collector';
/** Which keys the collector takes now. */
let good = [first];

let collector: Collector;
let world: World;
beforeAll(async () => {
  collector = await startCollector(({ authorization = '' }) =>
    good.some((key) => authorization === `Bearer ${key}`),
  );
  world = await startWorld(tracedWith(first));
});
afterAll(async () => {
  await world?.stop();
  await collector?.close();
});

const tracedWith = (key: string) => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${key}`,
});

/** API and site with a key of the collector's. */
async function startSiteAndApi(key: string) {
  const { program: api, api: client } = await startApi(world.stack, tracedWith(key));
  const site = await world.stack.startProcess('web', tracedWith(key));
  return { programs: [site, api], site: site.url, client: client.as(world.person.accessToken) };
}
type Client = Awaited<ReturnType<typeof startSiteAndApi>>['client'];

async function search(client: Client, title: string): Promise<string> {
  const { body } = await client.post('/runs', { parameters: { title, boards: ['arbeitnow'] } });
  return body.run.id;
}

/** The trace that the run's workflow is in. */
function traceOf(run: string): ReceivedSpan[] {
  const spans = collector.spans();
  const of = spans.find(
    ({ name, attributes }) =>
      name === 'RunWorkflow:searchRun' && attributes.workflowId === searchRunWorkflowId(run),
  );
  return spans.filter(({ traceId }) => traceId === of?.traceId);
}

/** Waits for the whole trace: from the request to the run's last step, and nothing hangs on what is not there. */
async function untilTraced(run: string): Promise<void> {
  const wanted = [
    'POST /runs',
    'StartWorkflow:searchRun',
    'RunWorkflow:searchRun',
    'RunActivity:searchBoard',
    'RunWorkflow:boardSync',
    'board arbeitnow',
    'database finish_search_run',
  ];
  const whole = () => {
    const trace = traceOf(run);
    const ids = new Set(trace.map(({ spanId }) => spanId));
    const lost = [
      ...wanted.filter((name) => !trace.some((span) => span.name === name)),
      ...trace
        .filter(({ parentSpanId }) => parentSpanId && !ids.has(parentSpanId))
        .map(({ name }) => `what ${name} hangs on`),
    ];
    if (lost.length > 0) throw new Error(`it lacks ${lost.join(', ')}`);
    return true;
  };
  await waitFor(whole, { what: `the trace of ${run} to be whole` });
}

/** Opens a page of the site. @returns the id of its trace. */
async function visit(site: string): Promise<string> {
  const traceId = randomBytes(16).toString('hex');
  await fetch(`${site}/sign-in`, {
    headers: { traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01` },
  });
  return traceId;
}

const end = (programs: TestProgram[]) => {
  for (const program of programs) program.kill('SIGTERM');
};
/** Each has sent what it had when it is gone. */
async function untilGone(programs: TestProgram[]): Promise<void> {
  for (const program of programs) expect(await program.waitForExit()).toEqual({ code: 0, signal: null });
}

test("the collector's key changes while a search is under way: nothing of the search or its trace is lost", async () => {
  const { boards, worker } = world;
  const before = await startSiteAndApi(first);
  const visits = [await visit(before.site)];
  boards.control.hold(hosts.arbeitnow);
  const underWay = await search(before.client, 'engineer');
  await boards.control.waitForRequest(({ host }) => host === hosts.arbeitnow);

  good.push(second);
  world.worker = await world.startWorker(tracedWith(second));
  const after = await startSiteAndApi(second);
  visits.push(await visit(after.site));
  end([...before.programs, worker]);
  boards.control.release();
  await untilGone([...before.programs, worker]);
  expect(await world.ended(underWay)).toMatchObject({ status: 'success' });
  await untilTraced(underWay);

  good = [second];
  await world.forgetFreshness();
  const next = await search(after.client, 'baker');
  expect(await world.ended(next)).toMatchObject({ status: 'success' });
  await untilTraced(next);
  end(after.programs);
  await untilGone(after.programs);
  const traced = new Set(collector.spans().map(({ traceId }) => traceId));
  expect(visits.filter((visit) => !traced.has(visit))).toEqual([]);
  expect(collector.refused()).toBe(0);
  const keys = collector.headers().map(({ authorization }) => authorization);
  expect(new Set(keys)).toEqual(new Set([`Bearer ${first}`, `Bearer ${second}`]));
});

test('a process that keeps a key that was withdrawn loses its traces, says so, and serves on', async () => {
  good = [second];
  const { client, programs } = await startSiteAndApi(first);
  const run = await search(client, 'chef');
  expect(await world.ended(run)).toMatchObject({ status: 'success' });
  await waitFor(() => collector.refused() > 0, { what: 'the collector to be asked' });
  const [, api] = programs;
  await waitFor(() => api?.output().includes('traces are not sent'), { what: 'the API to say so' });
  expect(api?.output()).not.toContain(first);
  await waitFor(() => traceOf(run).length > 0, { what: "the worker's part of the trace" });
  expect(traceOf(run).filter(({ service }) => service === 'searching-the-fox-api')).toEqual([]);
});
