import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { inProject } from '../local/services/project-root.js';
import type { ReceivedSpan } from '../local/testing/collector.js';
import { filesUnder, leaksIn } from '../local/testing/planted.js';
import { waitFor } from '../local/testing/wait-for.js';
import { tracedWorkflowModules } from '../worker/tracing.js';
import { searchRunWorkflowId } from '../workflows/workflow-ids.js';
import { startWatchedSite, type WatchedSite } from './support/watched-site.js';

/**
 * One person's day with everything watched: what is traced, measured and logged of it, and that none of it tells who they
 * are, what they looked for, or a secret.
 */
let watched: WatchedSite;
let run: string;
beforeAll(async () => {
  watched = await startWatchedSite();
});
afterAll(() => watched?.stop());

test('a person signs up, searches, saves, follows a feed and is written to', async () => {
  const { site, device, person, given, mails, tick, round, planted } = watched;
  const { page, context } = device;
  await device.signUp(person);
  run = await device.search(person.words, { boards: ['remotive', 'reed', 'greenhouse'] });
  await site.runEnded(run);
  await device.go(`/runs/${run}`);
  await page.getByText('Save this search', { exact: true }).click();
  await page.getByLabel('Name').fill(person.searchName);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL('/saved?saved=*');

  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('link', { name: /^Feed of/ }).click();
  await page.getByRole('button', { name: 'Make a private link' }).click();
  await page.getByRole('button', { name: 'Copy the JSON Feed link' }).click();
  await page.getByText('The JSON Feed link is copied.').waitFor();
  const feed = new URL(await page.evaluate(() => navigator.clipboard.readText())).pathname;
  given.feedToken = /^\/feeds\/([^/]+)\//.exec(feed)?.[1] ?? '';
  const headers = { 'X-Forwarded-For': person.network };
  expect((await fetch(site.url + feed, { headers })).status).toBe(200);

  const cookies = await context.cookies();
  const session = cookies.find(({ name }) => name === 'fox_session')?.value ?? '';
  const signedIn = Buffer.from(decodeURIComponent(session).split('.')[0] ?? '', 'base64').toString();
  given.session = session;
  given.accessToken = /"accessToken":"([^"]+)"/.exec(signedIn)?.[1] ?? '';
  given.refreshToken = /"refreshToken":"([^"]+)"/.exec(signedIn)?.[1] ?? '';

  // What the tick finds is new to them, and so is in the digest.
  await site.stack.sql`update saved_searches set parameters = parameters || '{"title": "engineer"}'`;
  await site.stack.sql`delete from source_syncs`;
  site.boards.control.advanceClock(2 * 86_400_000);
  await tick(2);
  for (const { id } of await site.stack.sql`select id from search_runs where tick_id is not null`)
    await site.runEnded(id);
  await round('sendDigests');
  const mail = await waitFor(() => mails.find((each) => each.includes(person.email)), { what: 'the digest' });
  given.unsubscribeToken = /\/unsubscribe\/([0-9a-f]{64})/.exec(mail)?.[1] ?? '';
  expect((await fetch(`${site.url}/unsubscribe/${given.unsubscribeToken}`, { headers })).status).toBe(200);
  // All of them were found: an empty one would be found nowhere.
  expect(Object.entries(planted()).filter(([, value]) => value.length < 8)).toEqual([]);
});

test('and what goes wrong goes wrong', async () => {
  const { site, device, person, given, secret, refusedAddresses, tick, round, scrape } = watched;
  const { page } = device;
  // A board refuses the key, another answers with a web page, and the mail server does not know the person.
  site.boards.control.setBehaviour({ host: 'www.reed.co.uk', behaviour: 'unauthorized' });
  await site.breakBoard('remotive', 'html');
  await site.stack.sql`delete from source_syncs`;
  const failed = await device.search(person.excluded, { boards: ['remotive', 'reed', 'adzuna'] });
  await site.runEnded(failed);
  site.boards.control.reset();
  refusedAddresses.add(person.email);
  await site.stack.sql`update profiles set digest = 'each_tick'`;
  await site.stack.sql`delete from digests`;
  await site.stack.sql`delete from source_syncs`;
  site.boards.control.advanceClock(4 * 86_400_000);
  await tick(0);
  await waitFor(
    async () => {
      const [row] = await site.stack.sql`
        select count(*)::int as n from search_runs where status in ('pending', 'running')`;
      return row?.n === 0;
    },
    { what: 'the runs of the second tick to end' },
  );
  await round('sendDigests');
  await waitFor(async () => /^fox_mails_total\{.*outcome="refused".*\} 1$/m.test(await scrape('worker')), {
    what: 'the mail to be refused',
  });
  // What is always true is an alert once it was seen often enough.
  for (let look = 0; look < 3; look += 1) await round('watchSchedules');

  const api = String(site.stack.env.API_URL);
  const ask = (path: string, init: RequestInit) =>
    fetch(api + path, { ...init, headers: { 'X-Forwarded-For': person.network, ...init.headers } });
  const asked = await Promise.all([
    ask(`/${given.feedToken}?token=${given.accessToken}`, {}),
    ask('/runs', { headers: { authorization: `Bearer ${given.accessToken}x` } }),
    ask('/runs', {
      headers: { authorization: `Basic ${secret.reedKey}`, cookie: `fox_session=${given.session}` },
    }),
    ask('/auth/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: person.email, password: `${person.password}!` }),
    }),
    ask('/auth/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"email": "${person.email}", `,
    }),
  ]);
  expect(asked.map(({ status }) => status).filter((status) => status < 400 || status >= 500)).toEqual([]);
  expect((await fetch(`${site.url}/no/${person.email}/${given.accessToken}?q=${person.words}`)).status).toBe(
    404,
  );

  // The database goes away under them.
  const { sql } = site.stack;
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`;
  await device.go(`/runs/${run}`);
  await device.sees('success');
  await page.getByRole('button', { name: 'Sign out' }).first().click();
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
});

test('one trace joins the request, the API, the workflow and its activities', async () => {
  const { collector, secret } = watched;
  const startOf = (spans: ReceivedSpan[]) =>
    spans.find(
      ({ name, attributes }) =>
        name === 'RunWorkflow:searchRun' && attributes.workflowId === searchRunWorkflowId(run),
    );
  const workflow = await waitFor(() => startOf(collector.spans()), { what: "the workflow's span" });
  const { traceId } = workflow;
  const trace = () => collector.spans().filter((span) => span.traceId === traceId);
  const wanted = [
    ['searching-the-fox-site', 'POST /'],
    ['searching-the-fox-api', 'POST /runs'],
    ['searching-the-fox-api', 'supabase rpc/create_search_run'],
    ['searching-the-fox-api', 'StartWorkflow:searchRun'],
    ['searching-the-fox-worker', 'RunWorkflow:searchRun'],
    ['searching-the-fox-worker', 'StartActivity:startRun'],
    ['searching-the-fox-worker', 'RunActivity:startRun'],
    ['searching-the-fox-worker', 'database start_search_run'],
    ['searching-the-fox-worker', 'RunActivity:searchBoard'],
    ['searching-the-fox-worker', 'RunWorkflow:boardSync'],
    ['searching-the-fox-worker', 'board remotive'],
  ];
  await waitFor(
    () =>
      wanted.every(([service, name]) =>
        trace().some((span) => span.service === service && span.name === name),
      ),
    {
      what: `the trace to be whole; it has ${JSON.stringify([...new Set(trace().map(({ name }) => name))])}`,
    },
  );
  // Each hangs on another of the same trace, up to the browser's request.
  const ids = new Set(trace().map(({ spanId }) => spanId));
  const roots = trace().filter(({ parentSpanId }) => !parentSpanId || !ids.has(parentSpanId));
  expect(roots.map(({ service, name }) => `${service}: ${name}`)).toEqual(['searching-the-fox-site: POST /']);
  expect(collector.headers()[0]).toMatchObject({ 'x-collector-key': secret.collector });
});

test('a request that is traced already goes on in its trace', async () => {
  const { site, collector } = watched;
  const traceId = randomBytes(16).toString('hex');
  const parent = randomBytes(8).toString('hex');
  await fetch(`${site.url}/sign-in`, { headers: { traceparent: `00-${traceId}-${parent}-01` } });
  const inIt = () =>
    collector.spans().find((each) => each.traceId === traceId && each.parentSpanId === parent);
  expect(await waitFor(inIt, { what: 'its span' })).toMatchObject({
    name: 'GET /sign-in',
    service: 'searching-the-fox-site',
  });
});

test('what a worker that traces recorded replays, whether it is traced or not', async () => {
  const { temporal } = watched;
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const history = await temporal.workflow.getHandle(searchRunWorkflowId(run)).fetchHistory();
  expect(JSON.stringify(history)).toContain('_tracer-data');
  for (const workflowInterceptorModules of [[], tracedWorkflowModules]) {
    const workflowBundle = await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
      workflowInterceptorModules,
      logger: new DefaultLogger('ERROR'),
    });
    const sinks = { exporter: { export: { fn: () => undefined } } };
    await Worker.runReplayHistory({ workflowBundle, sinks }, history);
  }
  await Runtime._instance?.shutdown();
});

test('every metric of the dashboard is one that a process exposes', async () => {
  const texts = await Promise.all((['api', 'worker', 'site'] as const).map(watched.scrape));
  const exposed = new Set(
    texts.flatMap((text) => [...text.matchAll(/^([a-z_:][\w:]*)[{ ]/gm)].map(([, name]) => name)),
  );
  const folder = inProject('deploy/grafana/dashboards');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json'));
  const queries = (
    await Promise.all(files.map(async (file) => JSON.parse(await readFile(join(folder, file), 'utf8'))))
  ).flatMap(({ panels }) =>
    panels.flatMap(({ targets = [] }: { targets?: { expr: string }[] }) => targets.map(({ expr }) => expr)),
  );
  const named = new Set(
    queries.flatMap((query) =>
      [...query.matchAll(/\b((?:fox|temporal|process|nodejs)_\w+)/g)].map(([, name]) => name),
    ),
  );
  expect(named.size).toBeGreaterThan(20);
  expect([...named].filter((name) => !exposed.has(name))).toEqual([]);

  // Each of ours has its line in the docs, and the docs name none that is not there.
  const docs = await readFile(inProject('docs/OBSERVABILITY.md'), 'utf8');
  const explained = new Set([...docs.matchAll(/^\| `(fox_\w+)`/gm)].map(([, name]) => name));
  const ours = new Set(
    [...exposed]
      .filter((name) => name?.startsWith('fox_'))
      .map((name) => name?.replace(/_(bucket|count|sum)$/, '')),
  );
  expect([...ours].sort()).toEqual([...explained].sort());
});

test('each line of a log is JSON, and tells the run and the trace', async () => {
  const { keptLogs, collector } = watched;
  const lines = (await filesUnder(keptLogs))
    .filter(({ path }) => /^(API|Worker|Website)/.test(path))
    .flatMap(({ path, text }) =>
      text
        .split('\n')
        .filter(Boolean)
        .map((line) => ({ path, line })),
    );
  const parsed = lines.map(({ path, line }) => {
    try {
      return JSON.parse(line);
    } catch {
      throw new Error(`${path} has a line that is no JSON: ${line.slice(0, 200)}`);
    }
  });
  for (const process of ['api', 'worker', 'site'])
    expect(parsed.filter((line) => line.process === process && line.runId === run)).not.toEqual([]);
  const { traceId } =
    collector
      .spans()
      .find(
        ({ name, attributes }) =>
          name === 'RunWorkflow:searchRun' && attributes.workflowId === searchRunWorkflowId(run),
      ) ?? {};
  for (const process of ['api', 'worker', 'site'])
    expect(parsed.filter((line) => line.process === process && line.traceId === traceId)).not.toEqual([]);
});

test('no log, history, trace, metric or browser bundle holds a secret, an address or what was looked for', async () => {
  const { temporal, collector, mails, keptLogs, scrape, planted } = watched;
  const texts = (await filesUnder(keptLogs)).map(({ path, text }) => ({ where: `log of ${path}`, text }));
  for await (const { workflowId, runId } of temporal.workflow.list()) {
    const history = historyToJSON(await temporal.workflow.getHandle(workflowId, runId).fetchHistory());
    const payloads = [...history.matchAll(/"data": ?"([^"]+)"/g)].map(([, data = '']) =>
      Buffer.from(data, 'base64').toString(),
    );
    texts.push({ where: `history of ${workflowId}`, text: [history, ...payloads].join('\n') });
  }
  for (const { path, text } of await filesUnder(inProject('build/web/client')))
    texts.push({ where: `bundle ${path}`, text });
  for (const name of ['api', 'worker', 'site'] as const)
    texts.push({ where: `metrics of the ${name}`, text: await scrape(name) });
  texts.push({ where: 'traces', text: collector.received() });

  // They are what they should be: the run's id stands in some of each kind.
  for (const kind of ['log of API', 'log of Worker', 'log of Website', 'history of search-run', 'traces'])
    expect(texts.some(({ where, text }) => where.startsWith(kind) && text.includes(run))).toBe(true);
  expect(
    texts.some(({ where, text }) => where.startsWith('bundle') && text.includes('Search the boards')),
  ).toBe(true);
  expect(texts.flatMap(({ where, text }) => leaksIn(where, text, planted()))).toEqual([]);
  // And what is looked for can be found: in the mail.
  expect(leaksIn('mail', mails.join('\n'), planted()).map(({ what }) => what)).toEqual(
    expect.arrayContaining(['email', 'unsubscribeToken', 'operator']),
  );
});
