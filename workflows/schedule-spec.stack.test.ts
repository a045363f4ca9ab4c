import { randomUUID } from 'node:crypto';
import { Client, Connection, type ScheduleSpec } from '@temporalio/client';
import { serviceSchedules, type Timetable, weekdays } from '../domain/schedule.js';
import { nextTimes } from '../domain/schedule-times.js';
import { startTestStack, type TestStack } from '../local/testing/stack.js';
import { isSameTimetable, scheduleSpec, timetableOf } from './schedule-spec.js';

let stack: TestStack;
let client: Client;
beforeAll(async () => {
  stack = await startTestStack({ supabase: false, temporal: true });
  client = new Client({ connection: await Connection.connect({ address: stack.temporalAddress }) });
});
afterAll(async () => {
  await client?.connection.close();
  await stack?.stop();
});

/** What the server makes of a spec. */
async function described(spec: ScheduleSpec) {
  const handle = await client.schedule.create({
    scheduleId: randomUUID(),
    spec,
    action: { type: 'startWorkflow', workflowType: 'none', taskQueue: 'none', args: [] },
    state: { paused: true },
  });
  return handle.describe();
}

/** The server's next times of a timetable from a moment on, beside ours. */
async function both(timetable: Timetable, from: string) {
  const start = new Date(from);
  const { info } = await described({ ...scheduleSpec(timetable), startAt: start });
  const ours = nextTimes(timetable, new Date(start.getTime() - 1), info.nextActionTimes.length);
  return {
    server: info.nextActionTimes.map((at) => at.toISOString()),
    ours: ours.map((at) => at.toISOString()),
  };
}

const daily = (timeZone: string, ...times: string[]): Timetable => ({ timeZone, times, days: weekdays });
const service = serviceSchedules.map(({ id: _, ...timetable }) => timetable);

describe('the server is due when we say', () => {
  // Both changes of each zone in 2038, with times of the day before and after; one that has no changes.
  test.each([
    ...service.flatMap((timetable): [string, Timetable][] => [
      ['2038-03-27T12:00:00Z', timetable],
      ['2038-10-30T12:00:00Z', timetable],
    ]),
    ['2038-03-13T12:00:00Z', daily('America/New_York', '09:00', '21:30')],
    ['2038-11-06T12:00:00Z', daily('America/New_York', '09:00', '21:30')],
    ['2038-04-03T00:00:00Z', daily('Australia/Lord_Howe', '00:15', '12:00')],
    ['2038-10-02T00:00:00Z', daily('Australia/Lord_Howe', '00:15', '12:00')],
    ['2038-03-27T12:00:00Z', { ...daily('Asia/Kolkata', '00:30', '08:00'), days: [1, 3, 7] }],
    ['2038-09-04T00:00:00Z', daily('America/Santiago', '00:00', '00:30', '13:00')],
  ] as [string, Timetable][])('from %s', async (from, timetable) => {
    const { server, ours } = await both(timetable, from);
    expect(server).toEqual(ours);
    expect(server.length).toBeGreaterThan(5);
  });

  test.each([
    ['2038-03-27T12:00:00Z', daily('Europe/London', '00:30', '01:00', '01:30', '02:00')],
    ['2038-03-27T12:00:00Z', daily('Europe/Berlin', '02:15')],
    ['2038-03-13T12:00:00Z', daily('America/New_York', '01:30', '02:00', '02:30', '03:00')],
    ['2038-10-02T12:00:00Z', daily('Australia/Lord_Howe', '02:00')],
  ])('where clocks are put forward, from %s', async (from, timetable) => {
    const { server, ours } = await both(timetable, from);
    expect(server).toEqual(ours);
  });

  test.each([
    ['2038-10-30T12:00:00Z', daily('Europe/London', '01:00')],
    ['2038-10-30T12:00:00Z', daily('Europe/London', '01:30')],
    ['2038-10-30T12:00:00Z', daily('Europe/London', '02:00')],
    ['2038-10-30T12:00:00Z', daily('Europe/Berlin', '02:59')],
    ['2038-10-30T12:00:00Z', daily('Atlantic/Azores', '00:15')],
    ['2038-11-06T12:00:00Z', daily('America/New_York', '00:30', '01:00', '01:30', '02:00')],
    ['2038-04-03T12:00:00Z', daily('Australia/Lord_Howe', '01:30')],
    ['2038-04-03T12:00:00Z', daily('Australia/Lord_Howe', '02:00')],
  ])('where clocks are put back, from %s', async (from, timetable) => {
    const { server, ours } = await both(timetable, from);
    expect(server).toEqual(ours);
  });
});

describe('a timetable can be read back from the server', () => {
  test.each([
    ...service,
    daily('UTC', '00:00'),
    { timeZone: 'America/New_York', times: ['23:59', '06:05'], days: [7, 2] as const },
  ])('%j', async (timetable) => {
    const read = timetableOf((await described(scheduleSpec(timetable))).spec);
    expect(isSameTimetable(read, timetable)).toBe(true);
    expect(isSameTimetable(read, { ...timetable, times: ['03:33'] })).toBe(false);
    expect(isSameTimetable(read, { ...timetable, days: [4] })).toBe(false);
    expect(isSameTimetable(read, { ...timetable, timeZone: 'Asia/Tokyo' })).toBe(false);
  });

  const hour = { hour: 8, minute: 0 };
  test.each([
    ['an interval', { intervals: [{ every: '1h' as const }] }],
    ['several times in one calendar', { calendars: [{ ...hour, minute: [0, 30] }], timezone: 'UTC' }],
    [
      'other days for each time',
      {
        calendars: [hour, { ...hour, dayOfWeek: 'MONDAY' as const }],
        timezone: 'UTC',
      },
    ],
    ['one day of the month', { calendars: [{ ...hour, dayOfMonth: 1 }], timezone: 'UTC' }],
    ['one month', { calendars: [{ ...hour, month: 'MAY' as const }], timezone: 'UTC' }],
    ['one year', { calendars: [{ ...hour, year: 2030 }], timezone: 'UTC' }],
    ['an end', { calendars: [hour], timezone: 'UTC', endAt: new Date('2030-01-01T00:00:00Z') }],
    ['no zone', { calendars: [hour] }],
  ] as [string, ScheduleSpec][])('but not %s', async (_, spec) => {
    expect(timetableOf((await described(spec)).spec)).toBeNull();
  });
});
