import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { localMailFrom } from '../local/mailbox/config.js';
import { createMailbox, type Mailbox } from '../local/mailbox/server.js';
import { baseEnvironment } from '../local/services/process.js';
import { inProject } from '../local/services/project-root.js';
import type { TestProgram } from '../local/testing/stack.js';
import { waitFor } from '../local/testing/wait-for.js';
import { runsTaskQueue } from './task-queues.js';
import { startWorld, type World } from './testing/world.js';
import type { watchSchedules } from './watch-schedules.js';
import { reconcileScheduleId } from './workflow-ids.js';

const run = promisify(execFile);
const greenhouse = 'boards-api.greenhouse.io';

/** What is everywhere beyond its threshold in these tests. */
const strict = {
  ALERT_FAILURE_LEAST_RUNS: '2',
  ALERT_QUEUE_BACKLOG: '1',
  ALERT_QUEUE_AGE_SECONDS: '1',
  ALERT_DISK_FREE_PERCENT: '100',
  ALERT_DATABASE_MB: '1',
};
const gentle = {
  ALERT_QUEUE_BACKLOG: '1000',
  ALERT_QUEUE_AGE_SECONDS: '600',
  ALERT_DISK_FREE_PERCENT: '1',
  ALERT_DATABASE_MB: '1000000',
};

let folder: string;
let mailbox: Mailbox;
let world: World;
let worker: TestProgram;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mails-'));
  mailbox = createMailbox({ folder });
  await mailbox.listen();
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
  await mailbox?.close();
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
  const sections = mailbox.webhook.list().flatMap((message) => message.sections);
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
const messages = () =>
  world.stack.sql<
    { kind: string; subject: string; message: string }[]
  >`select kind, subject, message from alerts`;
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

const expected = [
  'board_failing/remotive',
  'database_size/database',
  'disk_space/.',
  'failure_rate/runs',
  'queue_age/board/greenhouse (activity)',
  'queue_backlog/board/greenhouse (activity)',
  'run_stuck/runs',
];
let failed: string[];
let stuck: string;

test('each rule is raised by what is so, and told once on each channel', async () => {
  const { sql } = world.stack;
  failed = [];
  for (const title of ['nurse', 'driver']) {
    const id = await world.acceptRun({ title, boards: ['jobicy'] });
    await sql`update search_runs set status = 'failed', error_class = 'upstream' where id = ${id}`;
    failed.push(id);
  }
  stuck = await world.acceptRun({ title: 'baker', boards: ['jobicy'] });
  await backdate([stuck], 90);
  await fails('remotive', 7);
  // One company's board keeps the only place, the others wait.
  world.boards.control.hold(greenhouse);
  await world.startRun({ title: 'engineer', boards: ['greenhouse'] });
  await world.boards.control.waitForRequest(({ host }) => host === greenhouse);

  // What waits is an estimate, and an age comes with time.
  await waitFor(
    async () => {
      await look();
      return (await openAlerts()).length >= expected.length;
    },
    { what: 'every rule to be raised', timeoutMs: 120_000 },
  );
  expect(await openAlerts()).toEqual(expected);
  const lines = (await messages()).map(({ message }) => message).sort();
  expect(await told()).toEqual({ mail: lines, slack: lines });
  expect(lines.join('\n')).toContain('100 % of the searches of the last 60 minutes failed (2 of 2)');
  expect(lines.join('\n')).toContain('Nothing could be read from remotive for 7 hours (auth).');
  expect(lines.join('\n')).toContain(`A search has been under way for 90 minutes (${stuck}).`);

  expect(await look()).toBe(0);
  expect(await told()).toEqual({ mail: lines, slack: lines });
  expect(worker.output()).not.toContain(mailbox.slackUrl);
});

test('a worker that comes after it tells nothing again, and once that each is over', async () => {
  const { sql } = world.stack;
  await worker.stop();
  worker = await world.startWorker();
  const before = await told();
  expect(await look()).toBe(0);
  expect(await told()).toEqual(before);

  await worker.stop();
  worker = await world.startWorker(gentle);
  world.boards.control.release();
  await isRead('remotive');
  await backdate(failed, 90);
  await sql`update search_runs set status = 'cancelled' where id = ${stuck}`;
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
  mailbox.webhook.answerOnce(429, { 'retry-after': '600' });
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
  worker = await world.startWorker(gentle);
  const line = 'Nothing could be read from himalayas for 11 hours (auth).';
  // The mail's claim stands: Slack is told, the mail is left to whoever may be sending it.
  await look();
  expect((await told()).slack).toEqual([...before.slack, line].sort());
  await sql`update alert_notices set claimed_at = claimed_at - interval '10 minutes' where state = 'sending'`;
  await look();
  expect((await told()).mail).toEqual([...before.mail, line].sort());
  expect(await sql`select from alert_notices where state <> 'told'`).toHaveLength(0);
});
