import { randomUUID } from 'node:crypto';
import { startTestStack, type TestStack, type TestUser } from '../../local/testing/stack.js';
import { waitFor } from '../../local/testing/wait-for.js';
import { type ApiClient, expectProblem, expectWrongField, startApi } from '../testing/api-client.js';
import { beginRun, completeRun, createRun } from '../testing/runs.js';

let stack: TestStack;
let api: ApiClient;
let person: TestUser;
let asAdmin: ApiClient;
let asPerson: ApiClient;

beforeAll(async () => {
  stack = await startTestStack({ temporal: true });
  ({ api } = await startApi(stack, { TEMPORAL_UI_URL: 'http://127.0.0.1:8233/' }));
  person = await stack.createUser();
  asPerson = api.as(person.accessToken);
  asAdmin = api.as((await stack.createAdmin()).accessToken);
  await stack.sql`insert into boards (board, availability) values ('remotive', 'ready'), ('reed', 'needs_key')
    on conflict do nothing`;
});
afterAll(() => stack?.stop());

const paths = [
  '/admin/runs/figures',
  '/admin/boards/figures',
  '/admin/schedules/figures',
  '/admin/queues',
  '/admin/runs',
];

test.each(paths)('%s is there for admins, and for nobody else', async (path) => {
  expect((await asAdmin.get(path)).status).toBe(200);
  expectProblem(await asPerson.get(path), 'not-found');
  expectProblem(await api.get(path), 'not-found');
  expectProblem(await api.as('made up').get(path), 'not-found');
  // Exactly what an address answers at which there is nothing.
  expect((await asPerson.get(path)).body).toEqual((await asPerson.get('/admin/nothing')).body);
});

test('signing in and renewing the session says who is an admin', async () => {
  const { email, password } = await stack.createUser();
  const signIn = () => api.post('/auth/sign-in', { email, password });
  expect((await signIn()).body.user.isAdmin).toBe(false);
  await stack.sql`select set_admin(${email}, true)`;
  const { body } = await signIn();
  expect(body.user.isAdmin).toBe(true);
  await stack.sql`select set_admin(${email}, false)`;
  const renewed = await api.post('/auth/refresh', { refreshToken: body.refreshToken });
  expect(renewed.body.user.isAdmin).toBe(false);
  expectProblem(await api.as(renewed.body.accessToken).get('/admin/runs'), 'not-found');
});

describe('with runs', () => {
  let [succeeded, failed, waiting] = ['', '', ''];
  beforeAll(async () => {
    succeeded = (await createRun(asPerson, 'baker')).id;
    await completeRun(stack.sql, succeeded);
    failed = (await createRun(asPerson, 'weaver')).id;
    await beginRun(stack.sql, failed);
    await stack.sql`select finish_run_board(${failed}, 'remotive', 0, 1, 'blocked', 'why')`;
    await stack.sql`select finish_search_run(${failed}, 'done')`;
    waiting = (await createRun(asPerson, 'smith')).id;
  });

  test.each([
    ['24h', 24],
    ['7d', 28],
    ['30d', 30],
  ])('the figures of %s have %i steps', async (window, steps) => {
    const asked = Date.now();
    const { body } = await asAdmin.get(`/admin/runs/figures?window=${window}`);
    expect(body).toMatchObject({
      ends: { success: 1, partial: 0, failed: 1, cancelled: 0 },
      scheduledEnds: { success: 0, failed: 0 },
      successRate: 0.5,
      failureRate: 0.5,
      duration: { runs: 2, p50Ms: expect.any(Number), p95Ms: expect.any(Number) },
      errors: [{ class: 'blocked', runs: 1 }],
      active: { pending: 1, running: 0, oldestAt: expect.any(String) },
    });
    expect(body.steps).toHaveLength(steps);
    expect([body.steps[0].from, body.steps.at(-1).until]).toEqual([body.from, body.until]);
    // Each in the step in which it ended: an hour may have begun since.
    const { items } = (await asAdmin.get('/admin/runs')).body;
    const endOf = (run: string) => items.find(({ id }: { id: string }) => id === run).completedAt;
    for (const { from, until, ends, runs, p50Ms } of body.steps) {
      const [success, fail] = [succeeded, failed].map((run) =>
        Number(from <= endOf(run) && endOf(run) < until),
      );
      expect([ends.success, ends.failed, runs]).toEqual([success, fail, (success ?? 0) + (fail ?? 0)]);
      expect(p50Ms === null).toBe(runs === 0);
    }
    expect(Date.parse(body.until)).toBeGreaterThan(asked);
  });

  test('each board tells how it did, its requests beside its limit, and when it was read', async () => {
    await stack.sql`select count_board_requests('remotive', 5)`;
    await stack.sql`insert into source_syncs ${stack.sql({ source: 'remotive', board: 'remotive', synced_at: new Date() })}`;
    const { body } = await asAdmin.get('/admin/boards/figures');
    const remotive = body.items.find(({ board }: { board: string }) => board === 'remotive');
    expect(remotive).toMatchObject({
      label: 'Remotive',
      availability: 'ready',
      ends: { success: 1, failed: 1, skipped: 0 },
      errors: [{ class: 'blocked', runs: 1 }],
      lastSuccessAt: expect.any(String),
      lastFailure: null,
      requests: 5,
      busiestHourRequests: 5,
    });
    expect(remotive.requestsPerHourLimit).toBeGreaterThan(0);
    expect(body.items.map(({ board }: { board: string }) => board)).toContain('reed');
  });

  test('the list tells how each run ended and where its workflow is, and nothing of the person or the search', async () => {
    const { body, text } = await asAdmin.get('/admin/runs');
    const ids = body.items.map(({ id }: { id: string }) => id);
    expect(ids).toEqual([waiting, failed, succeeded]);
    expect(body.items[1]).toEqual({
      id: failed,
      userId: person.id,
      status: 'failed',
      source: 'manual',
      errorClass: 'blocked',
      failedBoards: [{ board: 'remotive', label: 'Remotive', class: 'blocked' }],
      createdAt: expect.any(String),
      startedAt: expect.any(String),
      completedAt: expect.any(String),
      temporalUrl: `http://127.0.0.1:8233/namespaces/default/workflows/search-run%2F${failed}`,
    });
    expect(text).not.toMatch(/weaver|baker|@example\.com/);
  });

  test('filters leave out what does not fit, and pages follow each other', async () => {
    const idsOf = async (query: string) =>
      (await asAdmin.get(`/admin/runs?${query}`)).body.items.map(({ id }: { id: string }) => id);
    expect(await idsOf('status=failed')).toEqual([failed]);
    expect(await idsOf('status=pending')).toEqual([waiting]);
    expect(await idsOf('board=remotive&boardFailed=true')).toEqual([failed]);
    expect(await idsOf('errorClass=blocked')).toEqual([failed]);
    expect(await idsOf('board=remotive&errorClass=timeout')).toEqual([]);
    // A class that no board has: only runs as a whole go wrong so.
    expect(await idsOf('board=remotive&errorClass=workflow_lost')).toEqual([]);
    expect(await idsOf('source=cron')).toEqual([]);
    expect(await idsOf(`until=${encodeURIComponent(new Date(0).toISOString())}`)).toEqual([]);

    const seen: string[] = [];
    let next = '';
    do {
      const { body } = await asAdmin.get(`/admin/runs?limit=1${next && `&cursor=${next}`}`);
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      next = body.nextCursor;
    } while (next);
    expect(seen).toEqual([waiting, failed, succeeded]);
    expectWrongField(await asAdmin.get('/admin/runs?cursor=abc'), 'query/cursor');
    expectWrongField(await asAdmin.get('/admin/runs?status=lost'), 'query/status');
    expectWrongField(await asAdmin.get('/admin/runs/figures?window=1y'), 'query/window');
  });

  test('what no worker takes is a backlog, and Temporal away is said', async () => {
    const backlog = async () => {
      const { body } = await asAdmin.get('/admin/queues');
      expect(body.away).toBeNull();
      const queue = body.queues.find(({ name }: { name: string }) => name === 'search-runs');
      expect(queue.workers).toBe(0);
      return queue.backlog > 0;
    };
    await waitFor(backlog, { what: 'Temporal to tell the backlog' });
    const { api: cutOff, program } = await startApi(stack, {
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      TEMPORAL_START_TIMEOUT_MS: '200',
    });
    const { body, status } = await cutOff.as(asAdmin.token).get('/admin/queues');
    expect([status, body]).toEqual([
      200,
      { away: 'Temporal cannot be reached at 127.0.0.1:1.', queues: [], workers: [], versions: [] },
    ]);
    await program.stop();
  });
});

test('ticks that were due stand beside those that were run', async () => {
  const { body: empty } = await asAdmin.get('/admin/schedules/figures?window=7d');
  expect(empty.schedules).toEqual([
    expect.objectContaining({ id: 'refresh-all', due: 0, missed: 0, ticks: [], nextAt: expect.any(String) }),
  ]);
  // It has six times a day: two days ago it was run by hand, and since then never.
  const begun = new Date(Date.now() - 48 * 3_600_000);
  begun.setUTCHours(3, 33, 0, 0);
  await stack.sql`insert into schedule_ticks ${stack.sql({
    id: randomUUID(),
    schedule: 'refresh-all',
    cause: 'operator',
    due_at: begun,
    begun_at: begun,
    completed_at: new Date(begun.getTime() + 5_000),
    runs_created: 4,
  })}`;
  await stack.sql`insert into alerts ${stack.sql({ key: 'tick/a', kind: 'tick_missed', message: 'It was missed.' })}`;
  const { body } = await asAdmin.get('/admin/schedules/figures?window=7d');
  const [schedule] = body.schedules;
  expect(schedule).toMatchObject({ completed: 1, unfinished: 0, runs: 4, leftOut: 0 });
  expect(schedule.due).toBeGreaterThanOrEqual(10);
  expect(schedule.missed).toBe(schedule.due);
  expect(schedule.ticks.at(-1)).toEqual({
    id: expect.any(String),
    dueAt: begun.toISOString(),
    state: 'completed',
    cause: 'operator',
    runs: 4,
    leftOut: 0,
    tookSeconds: 5,
  });
  expect(schedule.ticks[0]).toMatchObject({ state: 'missed', cause: null });
  expect(body.alerts).toEqual([expect.objectContaining({ kind: 'tick_missed', message: 'It was missed.' })]);
});
