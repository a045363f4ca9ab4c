import { alertKinds } from '../domain/alert-rules.js';
import { minuteName, tickId, toMinute, weekdays } from '../domain/schedule.js';
import type { TestProgram } from '../local/testing/stack.js';
import { waitFor } from '../local/testing/wait-for.js';
import { type AlertWorld, quiet, startAlertWorld } from './testing/alerts.js';
import { hosts } from './testing/scenarios.js';
import { saveSearches, startTick } from './testing/ticks.js';
import type { World } from './testing/world.js';

/** Each rule is raised on purpose, told once, and over once. How alerts are told: alert-messages.stack.test.ts. */

const hour = 3_600_000;

/** What is everywhere beyond its threshold in these tests. */
const strict = {
  ALERT_FAILURE_LEAST_RUNS: '2',
  ALERT_QUEUE_BACKLOG: '1',
  ALERT_QUEUE_AGE_SECONDS: '1',
  ALERT_DISK_FREE_PERCENT: '100',
  ALERT_DATABASE_MB: '1',
};

let alerts: AlertWorld;
let world: World;
let worker: TestProgram;
beforeAll(async () => {
  alerts = await startAlertWorld({ WORKER_SYNCS_PER_BOARD: '1', ...strict });
  ({ world } = alerts);
  ({ worker } = world);
});
afterAll(() => alerts?.stop());

const messages = () => world.stack.sql<{ key: string; message: string }[]>`select key, message from alerts`;

/** As if they had been accepted so long ago. */
async function backdate(runs: string[], minutes: number): Promise<void> {
  const { sql } = world.stack;
  const ago = sql`make_interval(mins => ${minutes})`;
  await sql`alter table search_runs disable trigger user`;
  await sql`update search_runs set created_at = now() - ${ago}, completed_at = completed_at - ${ago}
    where id in ${sql(runs)}`;
  await sql`alter table search_runs enable trigger user`;
}

/** A saved search whose own time was two hours ago, and which the watchdog has not looked at since. */
async function savedSearchDue(): Promise<{
  schedule: string;
  savedSearchId: string;
  dueAt: string;
  tick: string;
}> {
  const { sql } = world.stack;
  const due = toMinute(new Date(Date.now() - 2 * hour));
  const [savedSearchId = ''] = await saveSearches(world, 1);
  await sql`alter table saved_searches disable trigger user`;
  await sql`update saved_searches set schedule = 'own', own_times = ${[minuteName(due).slice(11, 16)]},
    own_days = ${[...weekdays]}, time_zone = 'UTC', updated_at = now() - interval '1 day' where id = ${savedSearchId}`;
  await sql`alter table saved_searches enable trigger user`;
  await sql`insert into schedule_watches (schedule, watched_until) values ('saved-search', now() - interval '3 hours')
    on conflict (schedule) do update set watched_until = excluded.watched_until`;
  const schedule = `saved-search/${savedSearchId}`;
  return { schedule, savedSearchId, dueAt: due.toISOString(), tick: tickId(schedule, due) };
}

/** How a rule is raised on purpose, and made to be over. */
interface Trial {
  /** @returns the alert's key, and what operators are told. */
  provoke(): Promise<{ key: string; says: string | RegExp }>;
  /** The worker's settings are quiet by then. */
  mend(): Promise<unknown>;
}

let failed: string[];
let stuck: string;
let missed: Awaited<ReturnType<typeof savedSearchDue>>;
let unfinished: Awaited<ReturnType<typeof savedSearchDue>>;

/** One company's board keeps the only place, the others wait. */
async function heldBoard(): Promise<void> {
  world.boards.control.hold(hosts.greenhouse);
  await world.startRun({ title: 'engineer', boards: ['greenhouse'] });
  await world.boards.control.waitForRequest(({ host }) => host === hosts.greenhouse);
}
const bySettings = async () => undefined;

const trials: Record<string, Trial> = {
  failure_rate: {
    async provoke() {
      failed = await Promise.all(
        ['nurse', 'driver'].map((title) => world.acceptRun({ title, boards: ['jobicy'] })),
      );
      await world.stack.sql`update search_runs set status = 'failed', error_class = 'upstream'
        where id in ${world.stack.sql(failed)}`;
      const says =
        '100 % of the searches of the last 60 minutes failed (2 of 2); more than 30 % is an alert.';
      return { key: 'failure_rate/runs', says };
    },
    mend: () => backdate(failed, 90),
  },
  board_failing: {
    async provoke() {
      await alerts.boardFails('remotive', 7);
      return {
        key: 'board_failing/remotive',
        says: 'Nothing could be read from remotive for 7 hours (auth).',
      };
    },
    mend: () => alerts.boardIsRead('remotive'),
  },
  queue_backlog: {
    async provoke() {
      await heldBoard();
      const says = /^\d+ tasks wait in the task queue board\/greenhouse \(activity\)\.$/;
      return { key: 'queue_backlog/board/greenhouse (activity)', says };
    },
    mend: async () => world.boards.control.release(),
  },
  queue_age: {
    // By what `queue_backlog` holds.
    async provoke() {
      const says =
        /^The oldest task in the task queue board\/greenhouse \(activity\) has waited for \d+(\.\d)? seconds\.$/;
      return { key: 'queue_age/board/greenhouse (activity)', says };
    },
    mend: bySettings,
  },
  disk_space: {
    async provoke() {
      const says = /^\d+(\.\d)? % of the disk under \. is free; less than 100 % is an alert\.$/;
      return { key: 'disk_space/.', says };
    },
    mend: bySettings,
  },
  database_size: {
    async provoke() {
      const says = /^The database holds \d+ MB; more than 1 MB is an alert\.$/;
      return { key: 'database_size/database', says };
    },
    mend: bySettings,
  },
  run_stuck: {
    async provoke() {
      stuck = await world.acceptRun({ title: 'baker', boards: ['jobicy'] });
      await backdate([stuck], 90);
      return { key: 'run_stuck/runs', says: `A search has been under way for 90 minutes (${stuck}).` };
    },
    mend: () => world.stack.sql`update search_runs set status = 'cancelled' where id = ${stuck}`,
  },
  tick_missed: {
    async provoke() {
      missed = await savedSearchDue();
      return {
        key: `tick/${missed.tick}`,
        says: /^The tick of saved-search\/\S+ that was due at \S+ did not happen\.$/,
      };
    },
    mend: async () => (await startTick(world, missed.dueAt, missed)).result(),
  },
  tick_unfinished: {
    async provoke() {
      unfinished = await savedSearchDue();
      const { tick, schedule, savedSearchId, dueAt } = unfinished;
      await world.stack
        .sql`insert into schedule_ticks (id, schedule, saved_search_id, due_at, cause, begun_at)
        values (${tick}, ${schedule}, ${savedSearchId}, ${dueAt}, 'schedule', ${dueAt})`;
      return {
        key: `tick/${tick}`,
        says: /^The tick of saved-search\/\S+ that was due at \S+ did not come to its end\.$/,
      };
    },
    mend: async () => (await startTick(world, unfinished.dueAt, unfinished)).result(),
  },
};

test('each rule is raised by what is so, and told once in a mail and once to the webhook', async () => {
  // A rule that is added has to be raised here too.
  expect(Object.keys(trials).sort()).toEqual([...alertKinds].sort());
  const raised: { kind: string; key: string; says: string | RegExp }[] = [];
  for (const [kind, { provoke }] of Object.entries(trials)) raised.push({ kind, ...(await provoke()) });

  // What waits is an estimate, and an age comes with time.
  await waitFor(
    async () => {
      await alerts.look();
      return (await alerts.open()).length >= raised.length;
    },
    { what: 'every rule to be raised' },
  );
  expect(await alerts.open()).toEqual(raised.map(({ key }) => key).sort());
  const { mail, slack } = await alerts.told();
  expect(mail).toHaveLength(raised.length);
  for (const { kind, key, says } of raised) {
    const [{ message = '' } = {}] = (await messages()).filter((alert) => alert.key === key);
    expect([kind, message]).toEqual([kind, typeof says === 'string' ? says : expect.stringMatching(says)]);
    expect(mail.filter((line) => line === message)).toHaveLength(1);
    expect(slack.filter((line) => line === message)).toHaveLength(1);
  }

  expect(await alerts.look()).toBe(0);
  expect(await alerts.told()).toEqual({ mail, slack });
  expect(worker.output()).not.toContain(alerts.mailbox.slackUrl);
});

test('a worker that comes after it, with another webhook, tells nothing again, and once that each is over', async () => {
  await worker.stop();
  worker = await world.startWorker();
  const before = await alerts.told();
  expect(await alerts.look()).toBe(0);
  expect(await alerts.told()).toEqual(before);

  await worker.stop();
  // That of before is about to be withdrawn.
  worker = await world.startWorker({ ...quiet, ALERT_SLACK_WEBHOOK_URL: alerts.nextMailbox.slackUrl });
  for (const { mend } of Object.values(trials)) await mend();
  await waitFor(
    async () => {
      await alerts.look();
      return (await alerts.open()).length === 0;
    },
    { what: 'every alert to be over' },
  );
  const over = before.mail.map((line) => `Over: ${line}`);
  const all = [...before.mail, ...over].sort();
  expect(await alerts.told()).toEqual({ mail: all, slack: all });
  expect(alerts.mailbox.webhook.list().flatMap(({ sections }) => sections)).toHaveLength(before.slack.length);
  expect(await alerts.look()).toBe(0);
});
