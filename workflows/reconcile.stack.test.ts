import { randomUUID } from 'node:crypto';
import type { WorkflowExecutionStatusName } from '@temporalio/client';
import type postgres from 'postgres';
import { waitFor } from '../local/testing/wait-for.js';
import { withoutTriggers } from '../supabase/tests/without-triggers.js';
import { boardSyncOptions, searchRunStartOptions } from './start-options.js';
import { runsTaskQueue, scheduledRunsTaskQueue } from './task-queues.js';
import { waitingRun } from './testing/held-runs.js';
import { hosts } from './testing/scenarios.js';
import { startWorld, type World } from './testing/world.js';
import { reconcileScheduleId, searchRunWorkflowId } from './workflow-ids.js';

let world: World;
beforeAll(async () => {
  world = await startWorld({
    RECONCILE_INTERVAL_SECONDS: '1',
    RECONCILE_PENDING_SECONDS: '1',
    RECONCILE_QUIET_SECONDS: '1',
    // Longer than any run takes to end once it is cancelled: the test of it makes it pass.
    RECONCILE_TERMINATE_SECONDS: '600',
    RECONCILE_RUNS_AT_A_TIME: '2',
  });
});
afterAll(() => world?.stop());
beforeEach(async () => {
  // A sync that a test left goes on: it would ask the board, and have it fresh, in the midst of the next one.
  world.boards.control.release();
  await waitFor(
    async () => {
      const { count } = await world.temporal.workflow.count(
        "WorkflowType = 'boardSync' AND ExecutionStatus = 'Running'",
      );
      return count === 0;
    },
    { what: 'the syncs of the test before to end' },
  );
  world.boards.control.reset();
  await world.forgetFreshness();
});

const workflow = (id: string) => world.temporal.workflow.getHandle(searchRunWorkflowId(id));
const inState = (id: string, status: WorkflowExecutionStatusName) =>
  waitFor(async () => (await workflow(id).describe()).status.name === status, {
    what: `the workflow of ${id} to be ${status}`,
  });

const schedule = () => world.temporal.schedule.getHandle(reconcileScheduleId);

/** Makes a drift by hand while the reconciler does not look. */
async function unseen<T>(make: () => Promise<T>): Promise<T> {
  await schedule().pause();
  await waitFor(async () => (await schedule().describe()).info.runningActions.length === 0, {
    what: 'the reconciler to rest',
  });
  const made = await make();
  await schedule().unpause();
  return made;
}

/** As if it had been so before: no trigger tells the time or refuses the step. */
const inThePast = (change: (sql: postgres.TransactionSql) => Promise<unknown>) =>
  withoutTriggers(world.stack.sql, change);

const startOptions = (id: string) =>
  searchRunStartOptions({ id, userId: world.person.id, source: 'manual', savedSearchId: null, boards: 1 });

/** A run with a sync as its workflow, which ends without a word to the run. */
const runWithSync = () =>
  unseen(async () => {
    const id = await world.acceptRun({ boards: ['jobicy'] });
    const { args } = boardSyncOptions('jobicy', 0);
    await world.temporal.workflow.start('boardSync', { ...startOptions(id), args });
    return id;
  });

describe('a row that is not over', () => {
  test('and was never begun: its workflow is started', async () => {
    const id = await world.acceptRun({ boards: ['jobicy'] });
    expect(await world.ended(id)).toMatchObject({ status: 'success' });
  });

  test('and is under way without a workflow', async () => {
    const id = await unseen(async () => {
      const run = await world.acceptRun({ boards: ['jobicy'] });
      await world.stack.sql`update search_runs set status = 'running' where id = ${run}`;
      return run;
    });
    expect(await world.finished(id)).toMatchObject({
      status: 'failed',
      error_class: 'workflow_lost',
      error_message: 'The service lost this search.',
    });
  });

  test('and whose workflow was terminated', async () => {
    const id = await waitingRun(world);
    await workflow(id).terminate('by hand');
    expect(await world.finished(id)).toMatchObject({
      status: 'failed',
      error_class: 'workflow_terminated',
      error_message: 'An operator stopped this search.',
      boards: [{ board: 'jobicy', state: 'failed' }],
    });
  });

  test('and whose workflow took too long', async () => {
    world.boards.control.hold(hosts.jobicy);
    const id = await unseen(async () => {
      const run = await world.acceptRun({ boards: ['jobicy'] });
      const options = { ...startOptions(run), workflowExecutionTimeout: '2s' as const };
      await world.temporal.workflow.start('searchRun', options);
      return run;
    });
    expect(await world.finished(id)).toMatchObject({ status: 'failed', error_class: 'workflow_timed_out' });
  });

  test('and whose workflow failed', async () => {
    world.boards.control.setBehaviour({ host: hosts.jobicy, behaviour: 'html' });
    const id = await runWithSync();
    expect(await world.finished(id)).toMatchObject({ status: 'failed', error_class: 'workflow_failed' });
  });

  test('and whose workflow ended without a word', async () => {
    const id = await runWithSync();
    expect(await world.finished(id)).toMatchObject({
      status: 'failed',
      error_class: 'workflow_lost',
      error_message: 'This search ended without saying how.',
    });
  });

  test('and whose workflow was cancelled without a word', async () => {
    const { control } = world.boards;
    control.hold(hosts.jobicy);
    const id = await runWithSync();
    await control.waitForRequest(({ host }) => host === hosts.jobicy);
    await workflow(id).cancel();
    expect(await world.finished(id)).toMatchObject({ status: 'cancelled', error_class: null });
  });

  test('and that the person cancelled while Temporal could not be reached', async () => {
    const id = await waitingRun(world);
    const { error } = await world.person.client.rpc('request_cancel', { p_run: id });
    expect(error).toBeNull();
    expect(await world.ended(id)).toMatchObject({ status: 'cancelled' });
    await inState(id, 'COMPLETED');
  });
});

describe('a workflow under way', () => {
  test('whose run is over ends, and asks the board no more', async () => {
    const id = await waitingRun(world);
    await world.stack.sql`select finish_search_run(${id}, 'lost', 'service', 'workflow_lost', 'By hand.')`;
    await inState(id, 'COMPLETED');
    await world.boards.control.waitForRequest(
      ({ host, closedByClient }) => host === hosts.jobicy && closedByClient,
    );
    expect(await world.run(id)).toMatchObject({ status: 'failed', error_message: 'By hand.' });
  });

  test('whose run is over and that does not heed being cancelled is terminated', async () => {
    const id = await unseen(async () => {
      const run = await world.acceptRun({ boards: ['jobicy'] });
      // Nobody works on this queue.
      await world.temporal.workflow.start('searchRun', { ...startOptions(run), taskQueue: randomUUID() });
      await world.stack.sql`select finish_search_run(${run}, 'cancelled', 'service')`;
      return run;
    });
    await waitFor(
      async () =>
        (await workflow(id).fetchHistory()).events?.some(
          (event) => event.workflowExecutionCancelRequestedEventAttributes,
        ),
      { what: 'it to be cancelled' },
    );
    await inThePast(
      (sql) => sql`update search_runs set completed_at = completed_at - interval '1 hour' where id = ${id}`,
    );
    await inState(id, 'TERMINATED');
  });

  test('whose run is gone with its account is terminated', async () => {
    const id = await waitingRun(world);
    await world.stack.sql`delete from search_runs where id = ${id}`;
    await inState(id, 'TERMINATED');
  });

  test('whose run is under way as well is left alone', async () => {
    const runs = [await waitingRun(world), await waitingRun(world), await waitingRun(world)];
    // Several ticks, each of which looks at all of them in parts of two.
    const ticks = async () => (await schedule().describe()).info.numActionsTaken;
    const before = await ticks();
    await waitFor(async () => (await ticks()) >= before + 3, { what: 'three ticks of the reconciler' });
    for (const id of runs) expect(await world.run(id)).toMatchObject({ status: 'running' });
    world.boards.control.release();
    for (const id of runs) expect(await world.ended(id)).toMatchObject({ status: 'success' });
  });
});

describe('of a schedule’s many runs', () => {
  const scheduledRun = async (title: string) => {
    const [run] = await world.stack.sql<{ id: string }[]>`
      insert into search_runs (user_id, source, parameters)
      values (${world.person.id}, 'cron', ${world.stack.sql.json({ title, boards: ['jobicy'] })}) returning id`;
    return run?.id as string;
  };
  const underWay = async () => {
    const { count } = await world.temporal.workflow.count(
      "WorkflowType = 'searchRun' AND ExecutionStatus = 'Running' AND RunSource = 'cron'",
    );
    return count;
  };
  const reconcile = () =>
    world.temporal.workflow.execute('reconcileRuns', {
      workflowId: randomUUID(),
      taskQueue: runsTaskQueue,
      args: [],
    });

  test('each is come to, a slice of them after the other', async () => {
    await unseen(async () => {
      // Waiting for a worker, as thousands do; more than are compared at once.
      for (const title of ['nurse', 'writer', 'cook', 'welder']) {
        const id = await scheduledRun(title);
        const options = searchRunStartOptions({
          id,
          userId: world.person.id,
          source: 'cron',
          savedSearchId: null,
          boards: 1,
        });
        await world.temporal.workflow.start('searchRun', { ...options, taskQueue: randomUUID() });
      }
      await waitFor(async () => (await underWay()) === 4, { what: 'Temporal to list what waits' });
      const lost = await Promise.all(['driver', 'baker', 'painter'].map(scheduledRun));
      await inThePast(
        (sql) =>
          sql`update search_runs set created_at = created_at - interval '1 minute' where id = any (${lost})`,
      );
      const counts = { started: 0, closed: 0 };
      for (let slice = 0; slice < 16; slice += 1) {
        const { started, closed } = await reconcile();
        counts.started += started;
        counts.closed += closed;
      }
      expect(counts).toEqual({ started: 3, closed: 0 });
      for (const id of lost) {
        expect((await workflow(id).describe()).taskQueue).toBe(scheduledRunsTaskQueue);
        expect(await world.ended(id)).toMatchObject({ status: 'success' });
      }
    });
  });
});
