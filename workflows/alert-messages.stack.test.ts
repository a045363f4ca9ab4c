import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { baseEnvironment } from '../local/services/process.js';
import { inProject } from '../local/services/project-root.js';
import { waitFor } from '../local/testing/wait-for.js';
import { type AlertWorld, quiet, startAlertWorld } from './testing/alerts.js';

/** What operators are told of alerts, by which way and how often. The rules themselves: alerts.stack.test.ts. */

const run = promisify(execFile);

let alerts: AlertWorld;
beforeAll(async () => {
  alerts = await startAlertWorld(quiet);
});
afterAll(() => alerts?.stop());

/** `npm run alerts -- …` */
async function command(...args: string[]): Promise<string> {
  const { SUPABASE_URL, SUPABASE_SERVICE_ROLE_KEY } = alerts.world.stack.env;
  const env = {
    ...baseEnvironment(),
    SUPABASE_URL,
    SUPABASE_SERVICE_ROLE_KEY,
  } as unknown as NodeJS.ProcessEnv;
  const script = ['--import', 'tsx', inProject('worker/alerts-cli.ts'), ...args];
  return (await run(process.execPath, script, { cwd: inProject('.'), env })).stdout;
}

test('what an operator silences is raised and shown, and told when the silence ends', async () => {
  const before = await alerts.told();
  expect(await command('silence', 'board_failing/himalayas', '2h', 'They move')).toMatch(
    /^board_failing\/himalayas: silenced until \d{4}-/,
  );
  await alerts.boardFails('himalayas', 8);
  await alerts.boardFails('arbeitnow', 9);
  await alerts.look();
  expect(await alerts.open()).toEqual(['board_failing/arbeitnow', 'board_failing/himalayas']);
  const arbeitnow = 'Nothing could be read from arbeitnow for 9 hours (auth).';
  const himalayas = 'Nothing could be read from himalayas for 8 hours (auth).';
  expect((await alerts.told()).mail).toEqual([...before.mail, arbeitnow].sort());
  const listed = await command('list');
  expect(listed).toMatch(/board_failing\/himalayas: OPEN, raised .*, SILENCED\n.*\n {2}not told/);
  expect(listed).toMatch(
    /board_failing\/arbeitnow: OPEN, raised .* UTC\n.*\n {2}email raised: told; log raised: told; slack/,
  );
  expect(listed).toMatch(/Silenced until .*: board_failing\/himalayas \(They move\)/);

  await alerts.world.stack.sql`update alert_silences set until = now()`;
  await alerts.look();
  expect((await alerts.told()).slack).toEqual([...before.slack, arbeitnow, himalayas].sort());

  await command('silence', 'board_failing', '2099-01-01T00:00Z');
  expect(await command('unsilence', 'board_failing')).toBe('board_failing: not silenced any more\n');
  await expect(command('silence', 'nothing', '2h')).rejects.toMatchObject({ code: 2 });
  await expect(command('silence', 'board_failing', 'yesterday')).rejects.toMatchObject({ code: 2 });
  await expect(command('unsilence', 'board_failing')).rejects.toMatchObject({ code: 2 });
  for (const board of ['himalayas', 'arbeitnow']) await alerts.boardIsRead(board);
  await alerts.look();
});

test('a channel that asks to be left alone is told later, the others at once', async () => {
  const before = await alerts.told();
  alerts.mailbox.webhook.answerOnce(429, { 'retry-after': '600' });
  await alerts.boardFails('himalayas', 10);
  const asked = Date.now();
  await alerts.look();
  const told = Date.now();
  await alerts.look();
  const line = 'Nothing could be read from himalayas for 10 hours (auth).';
  expect(await alerts.told()).toEqual({ mail: [...before.mail, line].sort(), slack: before.slack });
  const waiting = await alerts.world.stack.sql<{ until: Date }[]>`
    select put_off_until as until from alert_notices where state = 'waiting'`;
  expect(waiting).toHaveLength(1);
  for (const { until } of waiting) {
    expect(until.getTime()).toBeGreaterThanOrEqual(asked + 600_000);
    expect(until.getTime()).toBeLessThanOrEqual(told + 600_000);
  }
  await alerts.world.stack.sql`update alert_notices set put_off_until = now() where state = 'waiting'`;
  await alerts.look();
  expect((await alerts.told()).slack).toEqual([...before.slack, line].sort());
  await alerts.boardIsRead('himalayas');
  await alerts.look();
});

test('a worker that dies while it tells leaves a mail that comes once, and one word to Slack at most', async () => {
  const { world, mailbox } = alerts;
  const { sql } = world.stack;
  const before = await alerts.told();
  mailbox.control.transfers.length = 0;
  mailbox.control.hold();
  await alerts.boardFails('himalayas', 11);
  const handle = await alerts.startLook();
  await waitFor(async () => mailbox.control.transfers.length > 0, { what: 'the mail to be on its way' });
  world.worker.kill('SIGKILL');
  await world.worker.waitForExit();
  mailbox.control.release();
  await handle.terminate('Its worker is gone');
  world.worker = await world.startWorker();
  const line = 'Nothing could be read from himalayas for 11 hours (auth).';
  // The mail's claim stands: Slack is told, the mail is left to whoever may be sending it.
  await alerts.look();
  expect((await alerts.told()).slack).toEqual([...before.slack, line].sort());
  await sql`update alert_notices set claimed_at = claimed_at - interval '10 minutes' where state = 'sending'`;
  await alerts.look();
  expect((await alerts.told()).mail).toEqual([...before.mail, line].sort());
  expect(await sql`select from alert_notices where state <> 'told'`).toHaveLength(0);
});
