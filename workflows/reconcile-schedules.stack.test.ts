// One file: all of it is one reconciler’s, with a Temporal server that is killed under it.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ScheduleNotFoundError, type ScheduleUpdateOptions } from '@temporalio/client';
import { DateTime } from 'luxon';
import type { Timetable, Weekday } from '../domain/schedule.js';
import { nextTimes } from '../domain/schedule-times.js';
import { withFreePort } from '../local/services/ports.js';
import { type RunningTemporal, startTemporal } from '../local/services/temporal.js';
import { findTemporalCli } from '../local/services/temporal-cli.js';
import { waitFor } from '../local/testing/wait-for.js';
import { search } from '../supabase/tests/fixtures.js';
import { ownScheduleOptions } from './own-schedule.js';
import { isSameTimetable, scheduleSpec, timetableOf } from './schedule-spec.js';
import { runsTaskQueue } from './task-queues.js';
import { triggerSchedule } from './testing/trigger-schedule.js';
import { startWorld, type World } from './testing/world.js';
import { compareSchedulesId, ownScheduleId, reconcileSchedulesId } from './workflow-ids.js';

let world: World;
let folder: string;
let temporal: RunningTemporal;

/** With its histories in a file, so that it can be ended and started again. */
const startOwnTemporal = async (port: number) =>
  startTemporal(await findTemporalCli(), { port, databaseFile: join(folder, 'temporal.db') });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'schedules-'));
  temporal = await withFreePort(startOwnTemporal);
  world = await startWorld(
    {
      RECONCILE_SCHEDULES_INTERVAL_SECONDS: '1',
      COMPARE_SCHEDULES_INTERVAL_SECONDS: '1',
      // Several pages of what there is here.
      RECONCILE_SCHEDULES_AT_A_TIME: '2',
    },
    temporal.address,
  );
});
afterAll(async () => {
  await world?.stop();
  await temporal?.process.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** None of today's or tomorrow's, wherever that is: nothing here is due by itself. */
const days = [3, 5].map((ahead) => DateTime.utc().plus({ days: ahead }).weekday as Weekday).sort();
const timetable: Timetable = { timeZone: 'Europe/Paris', times: ['08:00', '20:30'], days };
const own = {
  schedule: 'own',
  own_times: timetable.times,
  own_days: timetable.days,
  time_zone: timetable.timeZone,
};
type Columns = Partial<Record<keyof typeof own | 'paused_at', unknown>>;

async function save(columns: Columns = own): Promise<string> {
  const row = {
    user_id: world.person.id,
    name: 'mine',
    parameters: search({ boards: ['jobicy'] }),
    ...columns,
  };
  const [saved] = await world.stack
    .sql`insert into saved_searches ${world.stack.sql(row as never)} returning id`;
  return saved?.id;
}
const change = (id: string, columns: Columns) =>
  world.stack.sql`update saved_searches set ${world.stack.sql(columns as never)} where id = ${id}`;
const remove = (id: string) => world.stack.sql`delete from saved_searches where id = ${id}`;

const schedule = (id: string) => world.temporal.schedule.getHandle(ownScheduleId(id));
const exists = (handle: ReturnType<typeof schedule>) =>
  handle.describe().then(
    () => true,
    (error) => {
      if (error instanceof ScheduleNotFoundError) return false;
      throw error;
    },
  );

/** Waits until nothing is left to be brought to Temporal, and the Schedule is as the row says. */
async function inStep(id: string) {
  return waitFor(
    async () => {
      const [state] = await world.stack.sql`
        select s.*, o.wanted, o.applied_revision is not distinct from o.revision as settled
        from (select ${id}::uuid as asked) a left join saved_searches s on s.id = a.asked
        left join own_schedules o on o.saved_search_id = a.asked`;
      if (state?.wanted === null) return state.settled === true && !(await exists(schedule(id)));
      const read = await schedule(id).describe();
      const wanted = { times: state?.own_times, days: state?.own_days, timeZone: state?.time_zone };
      return (
        state?.settled &&
        isSameTimetable(timetableOf(read.spec), wanted) &&
        read.state.paused === (state.paused_at !== null) &&
        read
      );
    },
    { what: `the schedule of ${id} to be as its row says` },
  );
}

/** Does something while neither reconciler looks. */
async function unseen<T>(make: () => Promise<T>): Promise<T> {
  const reconcilers = [reconcileSchedulesId, compareSchedulesId].map((id) =>
    world.temporal.schedule.getHandle(id),
  );
  await Promise.all(reconcilers.map((reconciler) => reconciler.pause()));
  await waitFor(
    async () => {
      const described = await Promise.all(reconcilers.map((reconciler) => reconciler.describe()));
      return described.every(({ info }) => info.runningActions.length === 0);
    },
    { what: 'the reconcilers to rest' },
  );
  const made = await make();
  await Promise.all(reconcilers.map((reconciler) => reconciler.unpause()));
  return made;
}

describe('a Schedule follows its row', () => {
  test('through everything that a person does with it', async () => {
    const id = await save();
    const made = await inStep(id);
    const due = nextTimes(timetable, new Date(), 10);
    expect(made).toMatchObject({
      info: { nextActionTimes: due },
      action: {
        workflowType: 'refreshTick',
        workflowId: `tick/saved-search/${id}`,
        args: [{ schedule: `saved-search/${id}`, savedSearchId: id }],
      },
      policies: { overlap: 'SKIP', catchupWindow: 3_600_000 },
    });

    await change(id, { own_times: ['09:15'], own_days: [7], time_zone: 'America/New_York' });
    await inStep(id);
    await change(id, { paused_at: new Date() });
    expect(await inStep(id)).toMatchObject({ state: { paused: true, note: 'The saved search is paused.' } });
    await change(id, { paused_at: null });
    expect(await inStep(id)).toMatchObject({ state: { paused: false, note: '' } });
    await change(id, { schedule: 'service' });
    await waitFor(async () => !(await exists(schedule(id))), { what: 'the schedule to go' });
    await change(id, { schedule: 'own' });
    await inStep(id);
    await remove(id);
    await waitFor(async () => !(await exists(schedule(id))), { what: 'the schedule to go with its search' });
  });
});

test('a Schedule’s time starts a tick, which runs its one search once', async () => {
  const id = await save();
  await inStep(id);
  const begun = async (times: number) => {
    const { recentActions } = await waitFor(
      async () => {
        const { info } = await schedule(id).describe();
        return info.recentActions.length === times && info;
      },
      { what: `${times} ticks to have begun` },
    );
    const [last] = recentActions.slice(-1);
    const workflowId = last?.action.workflow.workflowId ?? '';
    return { workflowId, outcome: await world.temporal.workflow.getHandle(workflowId).result() };
  };
  await triggerSchedule(world, ownScheduleId(id));
  const { workflowId, outcome } = await begun(1);
  expect(workflowId).toMatch(new RegExp(`^tick/saved-search/${id}-`));
  expect(outcome).toMatchObject({ completed: true, runs: 1, leftOut: {} });
  const runs = () =>
    world.stack.sql`select id, source, tick_id from search_runs where saved_search_id = ${id}`;
  const [run] = await runs();
  expect(run).toMatchObject({ source: 'cron', tick_id: expect.stringMatching(`^saved-search/${id}/`) });
  await world.ended(run?.id);

  await triggerSchedule(world, ownScheduleId(id));
  await begun(2);
  expect(await runs()).toHaveLength(1);
});

describe('whatever somebody does by hand is mended', () => {
  test('removed', async () => {
    const id = await save();
    await inStep(id);
    await schedule(id).delete();
    await waitFor(() => exists(schedule(id)), { what: 'it to be made again' });
    await inStep(id);
  });

  type Edit = (made: ScheduleUpdateOptions) => ScheduleUpdateOptions;
  const edits: Record<string, Edit> = {
    'another time': (made) => ({
      ...made,
      spec: scheduleSpec({ timeZone: 'UTC', times: ['03:00'], days: [1] }),
    }),
    'another task': (made) => ({ ...made, action: { ...made.action, args: [{ schedule: 'refresh-all' }] } }),
    paused: (made) => ({ ...made, state: { paused: true, note: 'by hand' } }),
    'no catching up': (made) => ({ ...made, policies: { ...made.policies, catchupWindow: '10s' } }),
  };
  test.each(Object.entries(edits))('edited: %s', async (_, edit) => {
    const id = await save();
    const made = await inStep(id);
    const edited = edit(ownScheduleOptions(id, { ...timetable, paused: false }, 3_600));
    await schedule(id).update(() => edited);
    const { spec, action, policies, state } = await waitFor(
      async () => {
        const read = await schedule(id).describe();
        const isMended =
          isSameTimetable(timetableOf(read.spec), timetable) &&
          isDeepStrictEqual(
            [read.action.args, read.policies, read.state],
            [made.action.args, made.policies, made.state],
          );
        return isMended && read;
      },
      { what: 'the edited schedule to be mended' },
    );
    expect({ spec, action, policies, state }).toEqual({
      spec: made.spec,
      action: made.action,
      policies: made.policies,
      state: made.state,
    });
  });

  test('strange ones go, others stay', async () => {
    const nobodys = [randomUUID(), 'of-nobody'].map((name) => schedule(name));
    const others = world.temporal.schedule.getHandle(`another/${randomUUID()}`);
    const action = { type: 'startWorkflow', workflowType: 'none', taskQueue: 'none', args: [] } as const;
    for (const { scheduleId } of [...nobodys, others]) {
      await world.temporal.schedule.create({ scheduleId, spec: {}, action });
    }
    await waitFor(async () => (await Promise.all(nobodys.map(exists))).every((there) => !there), {
      what: 'the strange schedules to go',
    });
    expect(await exists(others)).toBe(true);
    await others.delete();
  });
});

describe('in whatever order things fail', () => {
  test('a search that is removed before its Schedule was ever made leaves none', async () => {
    const id = await unseen(async () => {
      const saved = await save();
      await remove(saved);
      return saved;
    });
    await waitFor(
      async () =>
        (await world.stack.sql`select from own_schedules where saved_search_id = ${id}`).length === 0,
      { what: 'the removed search to be forgotten' },
    );
    expect(await exists(schedule(id))).toBe(false);
  });

  test('a Schedule that was made, and whose making was never told, is taken over', async () => {
    const id = await unseen(async () => {
      const saved = await save();
      await world.temporal.schedule.create({
        scheduleId: ownScheduleId(saved),
        spec: scheduleSpec({ timeZone: 'UTC', times: ['01:00'], days: [2] }),
        action: { type: 'startWorkflow', workflowType: 'none', taskQueue: 'none', args: [] },
      });
      return saved;
    });
    expect(await inStep(id)).toMatchObject({ action: { workflowType: 'refreshTick' } });
  });

  test('several reconcilers and workers at once, while rows go on changing', async () => {
    const second = await world.startWorker();
    const ids = await Promise.all(Array.from({ length: 5 }, () => save()));
    const running = Array.from({ length: 4 }, (_, index) =>
      world.temporal.workflow.execute('reconcileSchedules', {
        workflowId: `by-hand-${index}-${randomUUID()}`,
        taskQueue: runsTaskQueue,
        args: [{ whole: index % 2 === 0 }],
      }),
    );
    for (const hour of ['05', '06']) {
      await Promise.all(ids.map((id) => change(id, { own_times: [`${hour}:00`] })));
    }
    const [removed, off, ...kept] = ids as [string, string, ...string[]];
    await Promise.all([remove(removed), change(off, { schedule: 'none' })]);
    await Promise.all(running);
    for (const id of kept) await inStep(id);
    await waitFor(async () => !(await exists(schedule(removed))) && !(await exists(schedule(off))), {
      what: 'those that are not wanted to be gone',
    });
    await second.stop();
  });

  test('Temporal is down while rows change', async () => {
    const [changed, removed] = [await save(), await save()];
    await Promise.all([inStep(changed), inStep(removed)]);
    await temporal.process.stop();
    const made = await save();
    await change(changed, { own_times: ['23:45'] });
    await remove(removed);
    temporal = await startOwnTemporal(Number(temporal.address.split(':')[1]));
    await inStep(made);
    await inStep(changed);
    await waitFor(async () => !(await exists(schedule(removed))), { what: 'the removed one to go' });
  });
});
