import { waitFor } from '../local/testing/wait-for.js';
import { attemptsOf } from './testing/held-runs.js';
import { hosts } from './testing/scenarios.js';
import { completedTick, endedRuns, saveSearches, startTick, tickRow } from './testing/ticks.js';
import { triggerSchedule } from './testing/trigger-schedule.js';
import { startWorld, type World } from './testing/world.js';
import { boardSyncWorkflowId, searchRunWorkflowId } from './workflow-ids.js';

let world: World;
beforeAll(async () => {
  world = await startWorld({
    SERVICE_SCHEDULES: 'paused',
    TICK_PAGE_SEARCHES: '3',
    TICK_PAGES_AT_A_TIME: '2',
    TICK_ACTIVITIES_PER_EXECUTION: '1',
    RECONCILE_INTERVAL_SECONDS: '1',
  });
});
afterAll(() => world?.stop());
beforeEach(async () => {
  world.boards.control.reset();
  await world.forgetFreshness();
  await world.stack.sql`delete from saved_searches`;
});

/** What a board was asked, without the pages after the first, and without single jobs that left its list meanwhile. */
const askedOf = (host: string) =>
  world.boards.control
    .requests()
    .filter((request) => request.host === host && !/cursor=|\/status\?/.test(request.path))
    .map(({ path }) => path);

test('the boards are read once, then each due saved search has its run; again, nothing changes', async () => {
  const boards = ['jobicy', 'remoteok', 'greenhouse'];
  const saved = await saveSearches(world, 5, { boards });
  const [paused] = await saveSearches(world, 1, { boards: ['lever'] });
  await world.stack.sql`update saved_searches set paused_at = now() where id = ${paused ?? ''}`;

  const dueAt = '2026-01-05T08:00:00Z';
  const tick = 'refresh-all/2026-01-05T08:00Z';
  const handle = await startTick(world, dueAt);
  expect(handle.workflowId).toBe('tick/refresh-all-2026-01-05T08:00:00Z');
  const outcome = { tick, completed: true, runs: 5, leftOut: { paused: 1 } };
  expect(await handle.result()).toEqual(outcome);
  const runs = await endedRuns(world, tick);
  expect(runs.map((run) => run.saved_search_id).sort()).toEqual([...saved].sort());
  expect(new Set(runs.map(({ status, source }) => `${source} ${status}`))).toEqual(new Set(['cron success']));
  const read = () => [hosts.jobicy, hosts.remoteok, hosts.greenhouse].map((host) => askedOf(host).length);
  // Three companies are followed there.
  expect(read()).toEqual([1, 1, 3]);
  expect(new Set(askedOf(hosts.greenhouse)).size).toBe(3);
  expect(askedOf('api.lever.co')).toEqual([]);

  expect(await (await startTick(world, dueAt)).result()).toEqual(outcome);
  expect(await world.stack.sql`select from search_runs where tick_id = ${tick}`).toHaveLength(5);
  expect(read()).toEqual([1, 1, 3]);
});

test('an operator finds the tick and its runs by its id, and reads how far it is', async () => {
  const [savedSearch] = await saveSearches(world, 1);
  const handle = await startTick(world, '2026-01-05T10:00:00Z');
  const { tick } = await handle.result();
  const [run] = await endedRuns(world, tick);
  const listed = await waitFor(
    async () => {
      const ids: string[] = [];
      for await (const { workflowId } of world.temporal.workflow.list({ query: `TickId = '${tick}'` }))
        ids.push(workflowId);
      return ids.length === 2 && ids.sort();
    },
    { what: 'the tick and its run to be listed' },
  );
  expect(listed).toEqual([searchRunWorkflowId(run?.id ?? ''), handle.workflowId]);
  const described = await world.temporal.workflow.getHandle(searchRunWorkflowId(run?.id ?? '')).describe();
  expect(await described.staticSummary()).toBe('Scheduled search over 1 board');
  expect(described.typedSearchAttributes.getAll()).toEqual(
    expect.arrayContaining([expect.objectContaining({ value: savedSearch })]),
  );
  const history = JSON.stringify(await handle.fetchHistory());
  expect(history).not.toContain(Buffer.from('engineer').toString('base64').slice(0, 8));
});

test('after some pages it goes on as new', async () => {
  await saveSearches(world, 8);
  const handle = await startTick(world, '2026-01-05T14:00:00Z');
  expect(await handle.result()).toMatchObject({ runs: 8, leftOut: {} });
  const first = world.temporal.workflow.getHandle(handle.workflowId, handle.firstExecutionRunId);
  const { events } = await first.fetchHistory();
  expect(events?.at(-1)).toHaveProperty('workflowExecutionContinuedAsNewEventAttributes');
  const { runId } = await handle.describe();
  expect(runId).not.toBe(handle.firstExecutionRunId);
  await endedRuns(world, 'refresh-all/2026-01-05T14:00Z');
});

test('a worker that is killed in the middle: another one goes on, and nothing is run twice', async () => {
  const saved = await saveSearches(world, 8);
  const dueAt = '2026-01-05T16:00:00Z';
  const tick = 'refresh-all/2026-01-05T16:00Z';
  const { sql } = world.stack;
  world.boards.control.hold(hosts.jobicy);
  const handle = await startTick(world, dueAt);
  await world.boards.control.waitForRequest(({ host }) => host === hosts.jobicy);

  // The second page waits in the middle of its transaction.
  const [third] = [...saved].sort().slice(3, 4);
  let killed: Promise<unknown> = Promise.resolve();
  await sql.begin(async (lock) => {
    await lock`select from saved_searches where id = ${third ?? ''} for update`;
    world.boards.control.release();
    await waitFor(async () => (await tickRow(world, dueAt))?.runs_created === 3, { what: 'the first page' });
    world.worker.kill('SIGKILL');
    killed = world.worker.waitForExit();
  });
  await killed;
  expect((await tickRow(world, dueAt))?.completed_at).toBeNull();
  world.worker = await world.startWorker();

  expect(await handle.result()).toMatchObject({ runs: 8 });
  const runs = await endedRuns(world, tick);
  expect(runs.map((run) => run.saved_search_id).sort()).toEqual([...saved].sort());
  expect(askedOf(hosts.jobicy)).toHaveLength(1);
});

test('a board that does not answer keeps nobody waiting for long: its runs join its sync', async () => {
  const second = await world.startWorker({ TICK_FRESHEN_SECONDS: '1' });
  await world.worker.stop();
  world.boards.control.hold(hosts.jobicy);
  await saveSearches(world, 2, { boards: ['jobicy', 'remoteok'] });
  const handle = await startTick(world, '2026-01-05T16:45:00Z');
  expect(await handle.result()).toMatchObject({ runs: 2 });
  world.boards.control.release();
  const runs = await endedRuns(world, 'refresh-all/2026-01-05T16:45Z');
  expect(runs.map(({ status }) => status)).toEqual(['success', 'success']);
  expect([askedOf(hosts.jobicy), askedOf(hosts.remoteok)]).toEqual([
    [expect.any(String)],
    [expect.any(String)],
  ]);
  world.worker = await world.startWorker();
  await second.stop();
});

test('a board that fails is each run’s outcome, and no failure of the tick', async () => {
  world.boards.control.setBehaviour({ host: hosts.jobicy, behaviour: 'captcha' });
  await saveSearches(world, 2, { boards: ['jobicy', 'remoteok'] });
  const handle = await startTick(world, '2026-01-05T22:00:00Z');
  expect(await handle.result()).toMatchObject({ runs: 2 });
  await endedRuns(world, 'refresh-all/2026-01-05T22:00Z');
  expect(await attemptsOf(world, boardSyncWorkflowId('jobicy'))).not.toContain(2);
});

describe('the schedule', () => {
  const schedule = () => world.temporal.schedule.getHandle('refresh-all');

  test('starts ticks that are named by the time they were due, backfilled ones too', async () => {
    await saveSearches(world, 1);
    // By the winter clock of London 8:00 and 10:00, up to half a minute later.
    await schedule().backfill({
      start: new Date('2026-02-02T07:59:30Z'),
      end: new Date('2026-02-02T10:00:30Z'),
      overlap: 'BUFFER_ALL',
    });
    const first = await completedTick(world, '2026-02-02T08:00:00Z');
    expect(first).toMatchObject({ cause: 'schedule', runs_created: 1 });
    // Its search was begun a moment before.
    const second = await completedTick(world, '2026-02-02T10:00:00Z');
    expect(second.runs_created).toBe(0);
    const handle = world.temporal.workflow.getHandle('tick/refresh-all-2026-02-02T08:00:00Z');
    expect(await handle.result()).toMatchObject({ tick: first.id });
    await endedRuns(world, first.id);
  });

  test('is triggered by hand, though it is paused: the tick of this minute', async () => {
    await saveSearches(world, 1, { title: 'welder' });
    const { sql } = world.stack;
    const before = await sql`select id from schedule_ticks`;
    await triggerSchedule(world, 'refresh-all');
    const tick = await waitFor(
      async () => {
        const [row] = await sql`select id, cause, runs_created, due_at <= now() as due from schedule_ticks
          where completed_at is not null and id not in ${sql(before.map(({ id }) => id))}`;
        return row;
      },
      { what: 'the tick to be completed' },
    );
    expect(tick).toMatchObject({ cause: 'schedule', runs_created: 1, due: true });
    await endedRuns(world, tick.id);
  });

  test('that somebody edits or deletes is put back by the reconciler; a pause stays', async () => {
    await schedule().update(({ spec, action, policies, state }) => ({
      spec: { ...spec, timezone: 'Europe/Paris' },
      action,
      policies,
      state,
    }));
    const described = await waitFor(
      async () => {
        const now = await schedule().describe();
        return now.spec.timezone === 'Europe/London' && now;
      },
      { what: 'the time zone to be put back' },
    );
    expect(described.state.paused).toBe(true);
    await waitFor(() => /"differences":\["times"\].*was not as it is defined/.test(world.worker.output()), {
      what: 'the worker to tell of it',
    });

    await schedule().delete();
    await waitFor(() => schedule().describe(), { what: 'the schedule to be there again' });
  });
});
