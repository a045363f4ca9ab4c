import { withSuperuser } from '../local/services/postgres.js';
import { waitFor } from '../local/testing/wait-for.js';
import { attemptsOf, manyWaitingRuns } from './testing/held-runs.js';
import { hosts, scenarios } from './testing/scenarios.js';
import { startWorld, type World } from './testing/world.js';
import { boardSyncWorkflowId, reconcileScheduleId, searchRunWorkflowId } from './workflow-ids.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

const requestsTo = (host: string) =>
  world.boards.control.requests().filter((request) => request.host === host);
const statusOf = async (workflowId: string) =>
  (await world.temporal.workflow.getHandle(workflowId).describe()).status.name;

/** Nobody can connect to the suite's database meanwhile. */
async function withoutDatabase(meanwhile: () => Promise<void>): Promise<void> {
  const url = new URL(world.stack.databaseUrl);
  const database = url.pathname.slice(1);
  url.pathname = '/postgres';
  await withSuperuser(url.href, async (sql) => {
    await sql.unsafe(`alter database ${database} allow_connections false`);
    try {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${database}`;
      await meanwhile();
    } finally {
      await sql.unsafe(`alter database ${database} allow_connections true`);
    }
  });
}

test('a run reads its boards, matches, and says what it found', async () => {
  const { runs } = await scenarios.success(world);
  expect(runs).toEqual([
    expect.objectContaining({
      status: 'success',
      jobs_found: expect.any(Number),
      boards: [
        expect.objectContaining({ board: 'greenhouse', state: 'success', page: 3 }),
        expect.objectContaining({ board: 'jobicy', state: 'success' }),
        expect.objectContaining({ board: 'remoteok', state: 'success', page: 1 }),
      ],
    }),
  ]);
  expect(runs[0]?.jobs_found).toBeGreaterThan(0);
  expect(runs[0]?.jobs_new).toBe(runs[0]?.jobs_found);
});

test('boards that are fresh are not asked again', async () => {
  const { runs } = await scenarios.alreadyFresh(world);
  expect(runs[0]).toMatchObject({ status: 'success' });
  expect(runs[0]?.jobs_found).toBeGreaterThan(0);
  expect(world.boards.control.requests()).toEqual([]);
});

test('one board failing is its own outcome, after three attempts', async () => {
  const { runs } = await scenarios.partial(world);
  expect(runs[0]).toMatchObject({
    status: 'success',
    error_class: null,
    boards: [
      { board: 'jobicy', state: 'success', error_class: null },
      { board: 'remoteok', state: 'failed', error_class: 'upstream' },
    ],
  });
  expect(requestsTo(hosts.remoteok)).toHaveLength(3);
  expect(await attemptsOf(world, boardSyncWorkflowId('remoteok'))).toContain(3);
});

test('a run fails when every board did, and errors that a retry cannot mend are not retried', async () => {
  const { runs } = await scenarios.failed(world);
  expect(runs[0]).toMatchObject({
    status: 'failed',
    error_class: 'blocked',
    boards: [
      { board: 'jobicy', state: 'failed', error_class: 'blocked' },
      { board: 'remoteok', state: 'failed', error_class: 'blocked' },
    ],
  });
  expect(requestsTo(hosts.remoteok)).toHaveLength(1);
  expect(requestsTo(hosts.jobicy)).toHaveLength(1);
});

test('Retry-After is the next attempt’s delay', async () => {
  const { runs } = await scenarios.retryAfter(world);
  expect(runs[0]?.status).toBe('success');
  const [refused, answered] = requestsTo(hosts.jobicy);
  // From when both were asked: that an answer has gone out is noted some time after it has come.
  const waited = Date.parse(answered?.startedAt ?? '') - Date.parse(refused?.startedAt ?? '');
  // The retry policy alone would come back after one second.
  expect(waited).toBeGreaterThanOrEqual(1_900);
});

test('a retry goes on from the page that failed', async () => {
  const { runs } = await scenarios.brokenPage(world);
  expect(runs[0]?.status).toBe('success');
  const pages = requestsTo(hosts.arbeitnow).map(({ path }) =>
    new URLSearchParams(path.split('?')[1]).get('page'),
  );
  expect(pages.slice(0, 3)).toEqual(['1', '2', '2']);
  expect(new Set(pages).size).toBe(pages.length - 1);
});

test('cancelling closes the request in flight, keeps what was found and stops the sync nobody else wants', async () => {
  const { runs } = await scenarios.cancelled(world);
  expect(runs[0]).toMatchObject({
    status: 'cancelled',
    boards: [
      { board: 'jobicy', state: 'success' },
      { board: 'remoteok', state: 'cancelled' },
    ],
  });
  expect(runs[0]?.jobs_found).toBeGreaterThan(0);
  expect(await statusOf(boardSyncWorkflowId('remoteok'))).toBe('CANCELLED');
});

test('among many that wait, and say less often that they do, a cancelled run leaves at once', async () => {
  const { control } = world.boards;
  control.reset();
  await world.forgetFreshness();
  const others = await manyWaitingRuns(world, 120);
  control.hold(hosts.remoteok);
  const id = await world.startRun({ boards: ['remoteok'] });
  await control.waitForRequest(({ host }) => host === hosts.remoteok);
  const handle = world.temporal.workflow.getHandle(searchRunWorkflowId(id));
  await handle.cancel();
  await control.waitForRequest(({ host, closedByClient }) => host === hosts.remoteok && closedByClient);
  expect(await world.ended(id)).toMatchObject({ status: 'cancelled' });
  const [row] = await world.stack.sql`select cancel_requested_at from search_runs where id = ${id}`;
  expect(row?.cancel_requested_at).toEqual(expect.any(Date));

  // What leaves the syncs is begun by the step that hears of the cancellation, not by what a heartbeat brought.
  const { events = [] } = await handle.fetchHistory();
  const steps = events?.flatMap(
    ({ activityTaskScheduledEventAttributes: begun, activityTaskCancelRequestedEventAttributes: asked }) => {
      if (begun?.activityType?.name === 'leaveSyncs') return [String(begun.workflowTaskCompletedEventId)];
      return asked ? [String(asked.workflowTaskCompletedEventId)] : [];
    },
  );
  expect(steps).toHaveLength(2);
  expect(new Set(steps).size).toBe(1);

  control.release();
  for (const other of others) expect(await world.ended(other)).toMatchObject({ status: 'success' });
});

test('a sync that another run waits for goes on, and is fetched once', async () => {
  const { runs } = await scenarios.sharedSync(world);
  expect(runs.map(({ status }) => status)).toEqual(['cancelled', 'success']);
  const pages = requestsTo(hosts.jobicy).map(({ path }) => path);
  expect(new Set(pages).size).toBe(pages.length);
  expect(await statusOf(boardSyncWorkflowId('jobicy'))).toBe('COMPLETED');
});

test('a sync waits for a database that is away for a while, and uses up none of its attempts', async () => {
  world.boards.control.reset();
  await world.forgetFreshness();
  world.boards.control.hold(hosts.jobicy);
  const id = await world.startRun({ boards: ['jobicy'] });
  await world.boards.control.waitForRequest(({ host }) => host === hosts.jobicy);
  await withoutDatabase(async () => {
    world.boards.control.release();
    await waitFor(() => world.worker.output().includes('the database cannot be reached'), {
      what: 'the worker to miss the database',
    });
  });

  expect(await world.ended(id)).toMatchObject({ status: 'success' });
  expect(new Set(await attemptsOf(world, boardSyncWorkflowId('jobicy')))).toEqual(new Set([1]));
});

test('a run cancelled before it began fetches nothing', async () => {
  const { runs } = await scenarios.cancelledBeforeBegin(world);
  expect(runs[0]).toMatchObject({ status: 'cancelled', jobs_found: 0 });
  expect(world.boards.control.requests()).toEqual([]);
});

test('a run of a deleted account ends without an error', async () => {
  world.boards.control.reset();
  await world.forgetFreshness();
  world.boards.control.hold(hosts.jobicy);
  // The reconciler would end it first, when it happens to look meanwhile.
  const reconciler = world.temporal.schedule.getHandle(reconcileScheduleId);
  await reconciler.pause();
  await waitFor(async () => (await reconciler.describe()).info.runningActions.length === 0, {
    what: 'the reconciler to rest',
  });
  const leaver = await world.stack.createUser();
  const id = await world.startRun({ boards: ['jobicy'] }, leaver);
  await world.boards.control.waitForRequest(({ host }) => host === hosts.jobicy);
  await world.stack.sql`delete from auth.users where id = ${leaver.id}`;
  world.boards.control.release();
  await world.temporal.workflow.getHandle(searchRunWorkflowId(id)).result();
  expect(await statusOf(searchRunWorkflowId(id))).toBe('COMPLETED');
  await reconciler.unpause();
});

test('an error of the service in one board does not take the others with it', async () => {
  world.boards.control.reset();
  await world.forgetFreshness();
  world.boards.control.hold(hosts.jobicy);
  const id = await world.startRun({ boards: ['jobicy', 'remoteok'] });
  await world.boards.control.waitForRequest(({ host }) => host === hosts.jobicy);
  // Something that must not happen: the board's row is gone when its outcome is to be written.
  await world.stack.sql`delete from search_run_boards where run_id = ${id} and board = 'jobicy'`;
  world.boards.control.release();
  expect(await world.ended(id)).toMatchObject({
    status: 'success',
    boards: [{ board: 'remoteok', state: 'success' }],
  });
});

test('an operator reads in Temporal what a run is, without personal data', async () => {
  const { runs } = await scenarios.success(world);
  const handle = world.temporal.workflow.getHandle(searchRunWorkflowId(runs[0]?.id ?? ''));
  const described = await handle.describe();
  expect(await described.staticSummary()).toBe('Manual search over 3 boards');
  expect(described.typedSearchAttributes.getAll()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ key: expect.objectContaining({ name: 'UserId' }), value: world.person.id }),
      expect.objectContaining({ key: expect.objectContaining({ name: 'RunSource' }), value: 'manual' }),
    ]),
  );
  expect(described.priority).toMatchObject({ priorityKey: 1, fairnessKey: world.person.id });
  const history = JSON.stringify(await handle.fetchHistory());
  expect(history).not.toContain(world.person.email);
  expect(history).not.toContain(Buffer.from('engineer').toString('base64').slice(0, 8));
});
