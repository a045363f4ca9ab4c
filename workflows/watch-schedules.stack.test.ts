import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceSchedules, type Timetable, tickId, weekdays } from '../domain/schedule.js';
import { timesBetween } from '../domain/schedule-times.js';
import { localMailFrom } from '../local/mailbox/config.js';
import { createMailbox, type Mailbox } from '../local/mailbox/server.js';
import { waitFor } from '../local/testing/wait-for.js';
import { runsTaskQueue } from './task-queues.js';
import { saveSearches, startTick } from './testing/ticks.js';
import { triggerSchedule } from './testing/trigger-schedule.js';
import { startWorld, type World } from './testing/world.js';
import type { watchSchedules } from './watch-schedules.js';
import { watchScheduleId } from './workflow-ids.js';

const hour = 3_600_000;

let folder: string;
let mailbox: Mailbox;
let world: World;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mails-'));
  mailbox = createMailbox({ folder });
  await mailbox.listen();
  world = await startWorld({
    SERVICE_SCHEDULES: 'paused',
    SMTP_URL: mailbox.smtpUrl,
    MAIL_FROM: localMailFrom,
    ALERT_EMAIL: 'operator@example.com',
    WATCHDOG_INTERVAL_SECONDS: '86400',
    WATCHDOG_GRACE_SECONDS: '0',
    WATCHDOG_ROWS_AT_A_TIME: '100',
  });
  // Rounds are begun by the tests, also at midnight.
  await world.temporal.schedule.getHandle(watchScheduleId).pause();
});
afterAll(async () => {
  await world?.stop();
  await mailbox?.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await world.stack.sql`delete from alerts`;
});

let rounds = 0;
async function watch(): Promise<void> {
  rounds += 1;
  const options = { workflowId: `watch-${rounds}`, taskQueue: runsTaskQueue, args: [] as [] };
  await world.temporal.workflow.execute<typeof watchSchedules>('watchSchedules', options);
}
const service = () => world.temporal.schedule.getHandle('refresh-all');

/** As if the watchdog had looked last a day ago. Returns what was due since then. */
async function unwatched(watched: string, schedule: string, timetable: Timetable): Promise<string[]> {
  const since = new Date(Date.now() - 23 * hour);
  await world.stack.sql`
    insert into schedule_watches (schedule, watched_until) values (${watched}, ${since})
    on conflict (schedule) do update set watched_until = excluded.watched_until`;
  return timesBetween(timetable, since, new Date()).map((dueAt) => tickId(schedule, dueAt));
}
const alertsOf = (ticks: string[]) =>
  world.stack.sql<{ tick_id: string; over: boolean; told: boolean }[]>`
    select tick_id, resolved_at is not null as over, exists (
      select from alert_notices n where n.alert_id = id and n.channel = 'email' and n.event = 'raised' and n.state = 'told'
    ) as told from alerts
    where tick_id in ${world.stack.sql(ticks)} order by tick_id`;
const mails = async () => (await mailbox.mails()).filter(({ to }) => to.includes('operator@example.com'));

const [refreshAll] = serviceSchedules;
const dueAtOf = (tick: string) => `${tick.slice(tick.lastIndexOf('/') + 1).replace('Z', '')}:00Z`;

test('what an operator keeps from happening is not missed, also once it goes on', async () => {
  const due = await unwatched('refresh-all', 'refresh-all', refreshAll as Timetable);
  expect(due.length).toBeGreaterThan(3);
  await watch();
  await service().unpause();
  await watch();
  expect(await alertsOf(due)).toEqual([]);
  expect(await mails()).toEqual([]);
});

test('ticks that did not happen are told once, and once more when they were made up for', async () => {
  const due = await unwatched('refresh-all', 'refresh-all', refreshAll as Timetable);
  await watch();
  await unwatched('refresh-all', 'refresh-all', refreshAll as Timetable);
  await watch();
  const open = due.sort().map((tick_id) => ({ tick_id, over: false, told: true }));
  expect(await alertsOf(due)).toEqual(open);
  const told = (await mails()).map(({ text }) => text);
  for (const tick of due) {
    const line = `The tick of refresh-all that was due at ${tick.split('/')[1]} did not happen.`;
    expect(told.filter((text) => text.includes(line))).toHaveLength(1);
  }
  expect(world.worker.output()).toContain('did not happen');

  for (const tick of due) await (await startTick(world, dueAtOf(tick))).result();
  await watch();
  await watch();
  expect(await alertsOf(due)).toEqual(open.map((alert) => ({ ...alert, over: true })));
  const over = (await mails()).filter(({ text }) => text.includes('Over: '));
  expect(over).toHaveLength(1);
});

test('a mail that is not taken is sent with the next round', async () => {
  mailbox.control.behave({ refuse: { at: 'message', reply: '451 4.3.0 Not now' } });
  const due = await unwatched('refresh-all', 'refresh-all', refreshAll as Timetable);
  await world.stack.sql`update schedule_ticks set completed_at = null where id in ${world.stack.sql(due)}`;
  await expect(watch()).rejects.toThrow();
  mailbox.control.reset();
  const before = (await mails()).length;
  await watch();
  expect((await alertsOf(due)).map(({ told }) => told)).toEqual(due.map(() => true));
  expect((await mails()).length).toBe(before + 1);
});

test('a saved search with times of its own is watched as well, from when they were set', async () => {
  const { sql } = world.stack;
  const [old, changed] = await saveSearches(world, 2);
  const timetable: Timetable = {
    timeZone: 'Asia/Tokyo',
    times: ['00:00', '04:00', '08:00', '12:00', '16:00', '20:00'],
    days: weekdays,
  };
  for (const id of [old, changed]) {
    await sql`update saved_searches set schedule = 'own', own_times = ${[...timetable.times]},
      own_days = ${[...timetable.days]}, time_zone = ${timetable.timeZone} where id = ${id ?? ''}`;
  }
  await sql`alter table saved_searches disable trigger user`;
  await sql`update saved_searches set updated_at = now() - interval '2 days' where id = ${old ?? ''}`;
  await sql`alter table saved_searches enable trigger user`;
  const due = await unwatched('saved-search', `saved-search/${old}`, timetable);
  const notYet = due.map((tick) => tick.replace(old ?? '', changed ?? ''));
  await watch();
  expect((await alertsOf(due)).map(({ over }) => over)).toEqual(due.map(() => false));
  expect(await alertsOf(notYet)).toEqual([]);

  // The next one that happens makes up for all.
  const now = new Date().toISOString();
  await (await startTick(world, now, { schedule: `saved-search/${old}`, savedSearchId: old ?? '' })).result();
  await watch();
  expect((await alertsOf(due)).map(({ over }) => over)).toEqual(due.map(() => true));
});

test('it is a schedule among the others', async () => {
  const handle = world.temporal.schedule.getHandle(watchScheduleId);
  await triggerSchedule(world, watchScheduleId);
  await waitFor(async () => (await handle.describe()).info.recentActions.length > 0, {
    what: 'the watchdog to be started',
  });
});
