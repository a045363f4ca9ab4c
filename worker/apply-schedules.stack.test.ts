import { Client, Connection, ScheduleOverlapPolicy } from '@temporalio/client';
import { DateTime } from 'luxon';
import { type Timetable, weekdays } from '../domain/schedule.js';
import { timesBetween } from '../domain/schedule-times.js';
import { startTestStack, type TestStack } from '../local/testing/stack.js';
import { waitFor } from '../local/testing/wait-for.js';
import { scheduleSpec } from '../workflows/schedule-spec.js';
import { tickOptions } from '../workflows/start-options.js';
import { applySchedules } from './apply-schedules.js';
import { type WorkerSettings, workerSettings } from './config.js';

let stack: TestStack;
let connection: Connection;
let client: Client;
beforeAll(async () => {
  stack = await startTestStack({ supabase: false, temporal: true });
  connection = await Connection.connect({ address: stack.temporalAddress });
  client = new Client({ connection });
});
afterAll(async () => {
  await connection?.close();
  await stack?.stop();
});

const settings = (more: Record<string, string> = {}): WorkerSettings =>
  workerSettings.parse({
    SUPABASE_URL: 'http://127.0.0.1:1',
    SUPABASE_SERVICE_ROLE_KEY: 'a key that nobody asks for',
    SERVICE_SCHEDULES: 'paused',
    ...more,
  });
const service = () => client.schedule.getHandle('refresh-all');
const listed = async () => {
  const ids: string[] = [];
  for await (const { scheduleId } of client.schedule.list()) ids.push(scheduleId);
  return ids;
};

test('every schedule is created once, and is then as it is defined', async () => {
  const created = await applySchedules(client, settings());
  expect(created.map(({ schedule, change }) => `${change} ${schedule}`)).toEqual(
    expect.arrayContaining(['created refresh-all', 'created reconcile-runs', 'created sweep-postings']),
  );
  expect(new Set(created.map(({ change }) => change))).toEqual(new Set(['created']));
  expect(await applySchedules(client, settings())).toEqual([]);
});

test('an operator sees the next times, by the clock of London', async () => {
  const { info, state, memo } = await service().describe();
  expect(state.paused).toBe(true);
  expect(memo).toEqual({ keptBy: 'searching-the-fox/worker' });
  const minutes = info.nextActionTimes.map((time) =>
    DateTime.fromJSDate(time, { zone: 'Europe/London' }).toFormat('HH:mm'),
  );
  expect(minutes.length).toBeGreaterThanOrEqual(6);
  expect(new Set(minutes)).toEqual(new Set(['08:00', '10:00', '14:00', '16:00', '16:45', '22:00']));
});

test('what somebody edited is put back, and told; a pause stays', async () => {
  await service().unpause();
  await service().pause('Boards are down');
  await service().update(({ spec, action, policies, state }) => ({
    spec: { ...spec, timezone: 'Europe/Paris', jitter: '5 minutes' },
    action: { ...action, args: [{ schedule: 'another' }] },
    policies: { ...policies, overlap: ScheduleOverlapPolicy.ALLOW_ALL },
    state,
  }));
  expect(await applySchedules(client, settings({ SERVICE_SCHEDULES: 'on' }))).toEqual([
    {
      schedule: 'refresh-all',
      change: 'updated',
      differences: ['times', 'jitter', 'policies.overlap', 'action.args'],
    },
  ]);
  expect(await service().describe()).toMatchObject({
    spec: { timezone: 'Europe/London', jitter: 30_000 },
    action: { args: [{ schedule: 'refresh-all' }] },
    policies: { overlap: 'BUFFER_ONE' },
    state: { paused: true, note: 'Boards are down' },
  });
  await service().unpause();
  expect(await applySchedules(client, settings())).toEqual([]);
  expect((await service().describe()).state.paused).toBe(false);
});

test.each([
  [
    'a time more',
    { calendars: [...(scheduleSpec({ timeZone: 'UTC', times: ['03:00'], days: weekdays }).calendars ?? [])] },
  ],
  ['an end', { endAt: new Date('2099-01-01T00:00:00Z') }],
  ['an interval', { intervals: [{ every: '1 day' as const }] }],
])('%s is a difference of its times', async (_, more) => {
  await service().update(({ spec, action, policies, state }) => ({
    spec: {
      ...spec,
      ...more,
      calendars: [...(spec.calendars ?? []), ...('calendars' in more ? more.calendars : [])],
    },
    action,
    policies,
    state,
  }));
  expect(await applySchedules(client, settings())).toEqual([
    { schedule: 'refresh-all', change: 'updated', differences: ['times'] },
  ]);
});

test('what somebody deleted is created again; what is defined no more is removed, and nobody else’s', async () => {
  await client.schedule.create({
    scheduleId: 'somebody-else',
    spec: { intervals: [{ every: '1 day' }] },
    action: {
      type: 'startWorkflow',
      workflowType: 'refreshTick',
      ...tickOptions({ schedule: 'somebody-else' }),
    },
  });
  await service().delete();
  expect(await applySchedules(client, settings())).toEqual([{ schedule: 'refresh-all', change: 'created' }]);
  // Temporal's list lags behind.
  await waitFor(async () => (await listed()).includes('refresh-all'), { what: 'the schedule to be listed' });
  expect(await applySchedules(client, settings({ SERVICE_SCHEDULES: 'off' }))).toEqual([
    { schedule: 'refresh-all', change: 'removed' },
  ]);
  await waitFor(async () => !(await listed()).includes('refresh-all'), { what: 'the schedule to be gone' });
  expect(await listed()).toEqual(expect.arrayContaining(['somebody-else', 'reconcile-runs']));
});

describe.each([
  ['spring', '2038-03-27T12:00:00Z'],
  ['autumn', '2038-10-30T12:00:00Z'],
])('the clock change of London in %s', (season, startAt) => {
  test('a service time keeps its place on the clock', async () => {
    const timetable: Timetable = {
      timeZone: 'Europe/London',
      times: ['08:00', '10:00', '14:00', '16:00', '16:45', '22:00'],
      days: weekdays,
    };
    const from = new Date(startAt);
    const scheduleId = `clock-change-${season}`;
    await client.schedule.create({
      scheduleId,
      spec: { ...scheduleSpec(timetable), startAt: from },
      action: {
        type: 'startWorkflow',
        workflowType: 'refreshTick',
        ...tickOptions({ schedule: scheduleId }),
      },
      state: { paused: true },
    });
    const { info } = await client.schedule.getHandle(scheduleId).describe();
    const told = info.nextActionTimes;
    expect(told.length).toBeGreaterThanOrEqual(8);
    // The rest of Saturday, and Sunday, when the clocks have changed.
    const offsets = season === 'spring' ? ['+00:00', '+01:00'] : ['+01:00', '+00:00'];
    const times = ['14:00', '16:00', '16:45', '22:00', '08:00', '10:00', '14:00', '16:00'];
    expect(
      told
        .slice(0, 8)
        .map((time) => DateTime.fromJSDate(time, { zone: 'Europe/London' }).toFormat('HH:mm ZZ')),
    ).toEqual(times.map((time, n) => `${time} ${offsets[n < 4 ? 0 : 1]}`));
    expect(told).toEqual(timesBetween(timetable, from, told.at(-1) ?? from));
  });
});
