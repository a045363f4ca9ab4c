import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { alertKinds } from '../domain/alert-rules.js';
import { minuteName, tickId, toMinute, weekdays } from '../domain/schedule.js';
import { localMailFrom } from '../local/mailbox/config.js';
import { createMailbox, type Mailbox } from '../local/mailbox/server.js';
import { baseEnvironment } from '../local/services/process.js';
import { inProject } from '../local/services/project-root.js';
import type { TestProgram } from '../local/testing/stack.js';
import { waitFor } from '../local/testing/wait-for.js';
import { runsTaskQueue } from './task-queues.js';
import { saveSearches, startTick } from './testing/ticks.js';
import { startWorld, type World } from './testing/world.js';
import type { watchSchedules } from './watch-schedules.js';
import { reconcileScheduleId } from './workflow-ids.js';

const run = promisify(execFile);
const hour = 3_600_000;
const greenhouse = 'boards-api.greenhouse.io';

/** What is everywhere beyond its threshold in these tests. */
const strict = {
  ALERT_FAILURE_LEAST_RUNS: '2',
  ALERT_QUEUE_BACKLOG: '1',
  ALERT_QUEUE_AGE_SECONDS: '1',
  ALERT_DISK_FREE_PERCENT: '100',
  ALERT_DATABASE_MB: '1',
};
/** What none is beyond, and another webhook: that of before is about to be withdrawn. */
const gentle = () => ({
  ALERT_QUEUE_BACKLOG: '1000',
  ALERT_QUEUE_AGE_SECONDS: '600',
  ALERT_DISK_FREE_PERCENT: '1',
  ALERT_DATABASE_MB: '1000000',
  ALERT_SLACK_WEBHOOK_URL: nextMailbox.slackUrl,
});

let folder: string;
let mailbox: Mailbox;
/** For its webhook alone. */
let nextMailbox: Mailbox;
let world: World;
let worker: TestProgram;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mails-'));
  mailbox = createMailbox({ folder });
  await mailbox.listen();
  nextMailbox = createMailbox({ folder: join(folder, 'next') });
  await nextMailbox.listen();
  world = await startWorld({
    SERVICE_SCHEDULES: 'off',
    SMTP_URL: mailbox.smtpUrl,
    MAIL_FROM: localMailFrom,
    ALERT_EMAIL: 'operator@example.com',
    ALERT_SLACK_WEBHOOK_URL: mailbox.slackUrl,
    // Rounds are begun by the tests.
    WATCHDOG_INTERVAL_SECONDS: '86400',
    WORKER_SYNCS_PER_BOARD: '1',
    ...strict,
  });
  worker = world.worker;
  // It would end a run that is stuck.
  await world.temporal.schedule.getHandle(reconcileScheduleId).pause();
});
afterAll(async () => {
  await world?.stop();
  await Promise.all([mailbox?.close(), nextMailbox?.close()]);
  await rm(folder, { recursive: true, force: true });
});

let looks = 0;
async function startLook() {
  looks += 1;
  const options = { workflowId: `look-${looks}`, taskQueue: runsTaskQueue, args: [] as [] };
  return world.temporal.workflow.start<typeof watchSchedules>('watchSchedules', options);
}
const look = async (): Promise<number> => (await (await startLook()).result()).told;

/** How often each line stands in what came, the mails' and Slack's: a line for what is raised, `Over: …` for what is over. */
async function told(): Promise<{ mail: string[]; slack: string[] }> {
  const mails = (await mailbox.mails()).filter(({ to }) => to.includes('operator@example.com'));
  const lines = mails.flatMap(({ text }) => text.split('\n'));
  const sections = [mailbox, nextMailbox].flatMap(({ webhook }) =>
    webhook.list().flatMap((message) => message.sections),
  );
  return {
    mail: lines.filter((line) => line !== '' && !line.startsWith('What to do')).sort(),
    slack: sections
      .map((text) => {
        const [head = '', ...message] = text.split('\n');
        return `${head.includes('Over:') ? 'Over: ' : ''}${message.join('\n')}`;
      })
      .sort(),
  };
}
const messages = () => world.stack.sql<{ key: string; message: string }[]>`select key, message from alerts`;
const openAlerts = async () =>
  (await world.stack.sql`select key from alerts where resolved_at is null order by key`).map(
    ({ key }) => key,
  );

/** Since when a board has failed, in hours. */
const fails = (board: string, hours: number) => world.stack.sql`
  insert into source_syncs (source, board, failed_at, error_class)
  values (${board}, ${board}, now() - make_interval(hours => ${hours}), 'auth')
  on conflict (source) do update set failed_at = excluded.failed_at, synced_at = null, error_class = 'auth'`;
const isRead = (board: string) => world.stack.sql`
  update source_syncs set synced_at = now(), failed_at = null, error_class = null where source = ${board}`;

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
  /** The worker's settings are gentle by then. */
  mend(): Promise<unknown>;
}

let failed: string[];
let stuck: string;
let missed: Awaited<ReturnType<typeof savedSearchDue>>;
let unfinished: Awaited<ReturnType<typeof savedSearchDue>>;

/** One company's board keeps the only place, the others wait. */
async function heldBoard(): Promise<void> {
  world.boards.control.hold(greenhouse);
  await world.startRun({ title: 'engineer', boards: ['greenhouse'] });
  await world.boards.control.waitForRequest(({ host }) => host === greenhouse);
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
      await fails('remotive', 7);
      return {
        key: 'board_failing/remotive',
        says: 'Nothing could be read from remotive for 7 hours (auth).',
      };
    },
    mend: () => isRead('remotive'),
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
      await look();
      return (await openAlerts()).length >= raised.length;
    },
    { what: 'every rule to be raised', timeoutMs: 120_000 },
  );
  expect(await openAlerts()).toEqual(raised.map(({ key }) => key).sort());
  const { mail, slack } = await told();
  expect(mail).toHaveLength(raised.length);
  for (const { kind, key, says } of raised) {
    const [{ message = '' } = {}] = (await messages()).filter((alert) => alert.key === key);
    expect([kind, message]).toEqual([kind, typeof says === 'string' ? says : expect.stringMatching(says)]);
    expect(mail.filter((line) => line === message)).toHaveLength(1);
    expect(slack.filter((line) => line === message)).toHaveLength(1);
  }

  expect(await look()).toBe(0);
  expect(await told()).toEqual({ mail, slack });
  expect(worker.output()).not.toContain(mailbox.slackUrl);
});

test('a worker that comes after it, with another webhook, tells nothing again, and once that each is over', async () => {
  await worker.stop();
  worker = await world.startWorker();
  const before = await told();
  expect(await look()).toBe(0);
  expect(await told()).toEqual(before);

  await worker.stop();
  worker = await world.startWorker(gentle());
  for (const { mend } of Object.values(trials)) await mend();
  await waitFor(
    async () => {
      await look();
      return (await openAlerts()).length === 0;
    },
    { what: 'every alert to be over', timeoutMs: 120_000 },
  );
  const over = before.mail.map((line) => `Over: ${line}`);
  const all = [...before.mail, ...over].sort();
  expect(await told()).toEqual({ mail: all, slack: all });
  expect(mailbox.webhook.list().flatMap(({ sections }) => sections)).toHaveLength(before.slack.length);
  expect(await look()).toBe(0);
});

async function alerts(...args: string[]): Promise<string> {
  const { SUPABASE_URL, SUPABASE_SERVICE_ROLE_KEY } = world.stack.env;
  const env = {
    ...baseEnvironment(),
    SUPABASE_URL,
    SUPABASE_SERVICE_ROLE_KEY,
  } as unknown as NodeJS.ProcessEnv;
  const script = ['--import', 'tsx', inProject('worker/alerts-cli.ts'), ...args];
  return (await run(process.execPath, script, { cwd: inProject('.'), env })).stdout;
}

test('what an operator silences is raised and shown, and told when the silence ends', async () => {
  const before = await told();
  expect(await alerts('silence', 'board_failing/himalayas', '2h', 'They move')).toMatch(
    /^board_failing\/himalayas: silenced until \d{4}-/,
  );
  await fails('himalayas', 8);
  await fails('arbeitnow', 9);
  await look();
  expect(await openAlerts()).toEqual(['board_failing/arbeitnow', 'board_failing/himalayas']);
  const arbeitnow = 'Nothing could be read from arbeitnow for 9 hours (auth).';
  const himalayas = 'Nothing could be read from himalayas for 8 hours (auth).';
  expect((await told()).mail).toEqual([...before.mail, arbeitnow].sort());
  const listed = await alerts('list');
  expect(listed).toMatch(/board_failing\/himalayas: OPEN, raised .*, SILENCED\n.*\n {2}not told/);
  expect(listed).toMatch(
    /board_failing\/arbeitnow: OPEN, raised .* UTC\n.*\n {2}email raised: told; log raised: told; slack/,
  );
  expect(listed).toMatch(/Silenced until .*: board_failing\/himalayas \(They move\)/);

  await world.stack.sql`update alert_silences set until = now()`;
  await look();
  expect((await told()).slack).toEqual([...before.slack, arbeitnow, himalayas].sort());

  await alerts('silence', 'board_failing', '2099-01-01T00:00Z');
  expect(await alerts('unsilence', 'board_failing')).toBe('board_failing: not silenced any more\n');
  await expect(alerts('silence', 'nothing', '2h')).rejects.toMatchObject({ code: 2 });
  await expect(alerts('silence', 'board_failing', 'yesterday')).rejects.toMatchObject({ code: 2 });
  await expect(alerts('unsilence', 'board_failing')).rejects.toMatchObject({ code: 2 });
  for (const board of ['himalayas', 'arbeitnow']) await isRead(board);
  await look();
});

test('a channel that asks to be left alone is told later, the others at once', async () => {
  const before = await told();
  nextMailbox.webhook.answerOnce(429, { 'retry-after': '600' });
  await fails('himalayas', 10);
  await look();
  await look();
  const line = 'Nothing could be read from himalayas for 10 hours (auth).';
  expect(await told()).toEqual({ mail: [...before.mail, line].sort(), slack: before.slack });
  const waiting = world.stack.sql`
    select round(extract(epoch from put_off_until - claimed_at))::int as seconds from alert_notices where state = 'waiting'`;
  expect((await waiting).map(({ seconds }) => seconds)).toEqual([600]);
  await world.stack.sql`update alert_notices set put_off_until = now() where state = 'waiting'`;
  await look();
  expect((await told()).slack).toEqual([...before.slack, line].sort());
  await isRead('himalayas');
  await look();
});

test('a worker that dies while it tells leaves a mail that comes once, and one word to Slack at most', async () => {
  const { sql } = world.stack;
  const before = await told();
  mailbox.control.transfers.length = 0;
  mailbox.control.hold();
  await fails('himalayas', 11);
  const handle = await startLook();
  await waitFor(async () => mailbox.control.transfers.length > 0, { what: 'the mail to be on its way' });
  worker.kill('SIGKILL');
  await worker.waitForExit();
  mailbox.control.release();
  await handle.terminate('Its worker is gone');
  worker = await world.startWorker(gentle());
  const line = 'Nothing could be read from himalayas for 11 hours (auth).';
  // The mail's claim stands: Slack is told, the mail is left to whoever may be sending it.
  await look();
  expect((await told()).slack).toEqual([...before.slack, line].sort());
  await sql`update alert_notices set claimed_at = claimed_at - interval '10 minutes' where state = 'sending'`;
  await look();
  expect((await told()).mail).toEqual([...before.mail, line].sort());
  expect(await sql`select from alert_notices where state <> 'told'`).toHaveLength(0);
});
