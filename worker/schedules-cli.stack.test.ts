import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { baseEnvironment } from '../local/services/process.js';
import { inProject } from '../local/services/project-root.js';
import { startTestStack, type TestStack } from '../local/testing/stack.js';
import { waitFor } from '../local/testing/wait-for.js';
import { applySchedules } from './apply-schedules.js';
import { workerSettings } from './config.js';

const run = promisify(execFile);

let stack: TestStack;
let connection: Connection;
let client: Client;
beforeAll(async () => {
  stack = await startTestStack({ supabase: false, temporal: true });
  connection = await Connection.connect({ address: stack.temporalAddress });
  client = new Client({ connection });
  const settings = workerSettings.parse({
    SUPABASE_URL: 'http://127.0.0.1:1',
    SUPABASE_SERVICE_ROLE_KEY: 'a key that nobody asks for',
    SERVICE_SCHEDULES: 'paused',
  });
  await applySchedules(client, settings);
  await client.schedule.getHandle('refresh-all').unpause();
});
afterAll(async () => {
  await connection?.close();
  await stack?.stop();
});

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** What `execFile` and `spawn` are given. */
const command = (args: string[], address = stack.temporalAddress) =>
  [
    process.execPath,
    ['--import', 'tsx', inProject('worker/schedules-cli.ts'), ...args],
    {
      cwd: inProject('.'),
      env: { ...baseEnvironment(), TEMPORAL_ADDRESS: address } as unknown as NodeJS.ProcessEnv,
    },
  ] as const;
async function schedules(args: string[], address?: string): Promise<Outcome> {
  try {
    return { code: 0, ...(await run(...command(args, address))) };
  } catch (error) {
    return error as Outcome;
  }
}
const service = () => client.schedule.getHandle('refresh-all').describe();
const started = (workflowId: string) => client.workflow.getHandle(workflowId).describe();

test('list tells of each schedule when it is due next, by its own clock', async () => {
  const { stdout } = await waitFor(
    async () => {
      const outcome = await schedules(['list']);
      // Temporal's list lags behind.
      return outcome.stdout.includes('sweep-postings') && outcome.stdout.includes('refresh-all') && outcome;
    },
    { what: 'the schedules to be listed' },
  );
  expect(stdout).toMatch(/^refresh-all \(Europe\/London\)\n {2}last: .*\n {2}next: .*(16:45|22:00|08:00)/m);
});

test('trigger runs a tick under the id that the schedule would give it; twice is once', async () => {
  const first = await schedules(['trigger', '2026-02-02T14:00Z']);
  expect(first).toEqual({
    code: 0,
    stdout: 'refresh-all/2026-02-02T14:00Z: started (workflow tick/refresh-all-2026-02-02T14:00:00Z)\n',
    stderr: '',
  });
  const { runId } = await started('tick/refresh-all-2026-02-02T14:00:00Z');
  expect(await schedules(['trigger', 'refresh-all/2026-02-02T14:00Z'])).toEqual(first);
  expect((await started('tick/refresh-all-2026-02-02T14:00:00Z')).runId).toBe(runId);

  const now = await schedules(['trigger']);
  expect(now.stdout).toMatch(/^refresh-all\/\d{4}-\d\d-\d\dT\d\d:\d\dZ: started/);
});

test('pause and resume', async () => {
  expect(await schedules(['pause', 'refresh-all', 'Boards', 'are', 'down'])).toMatchObject({
    code: 0,
    stdout: 'refresh-all: paused\n',
  });
  expect((await service()).state).toMatchObject({ paused: true, note: 'Boards are down' });
  expect((await schedules(['list'])).stdout).toContain(
    'refresh-all (Europe/London): PAUSED, Boards are down',
  );
  expect(await schedules(['resume', 'refresh-all'])).toMatchObject({
    code: 0,
    stdout: 'refresh-all: resumed\n',
  });
  expect((await service()).state.paused).toBe(false);
});

test('backfill makes up for each tick that was due', async () => {
  const { stdout } = await schedules(['backfill', '2026-07-01T07:00Z', '2026-07-01T13:00Z']);
  // By the summer clock of London: 8:00, 10:00 and 14:00.
  expect(stdout.split('\n').map((line) => line.split(':').slice(0, 2).join(':'))).toEqual([
    'refresh-all/2026-07-01T07:00Z',
    'refresh-all/2026-07-01T09:00Z',
    'refresh-all/2026-07-01T13:00Z',
    '',
  ]);
  await started('tick/refresh-all-2026-07-01T07:00:00Z');
});

test.each([
  [[], 'What is to be done?'],
  [['start'], 'There is no command "start".'],
  [['trigger', '14:00'], '"14:00" must be a minute in UTC such as 2026-11-25T14:00Z'],
  [['trigger', 'refresh-some/2026-02-02T14:00Z'], 'There is no schedule "refresh-some".'],
  [['trigger', '2099-02-02T14:00Z'], '2099-02-02T14:00Z is to come.'],
  [['pause'], 'Which schedule?'],
  [['backfill', '2026-07-01T07:00Z'], '"" must be a minute in UTC'],
  [['backfill', '2026-07-01T07:01Z', '2026-07-01T07:02Z'], 'No tick was due then.'],
  [['backfill', '2026-07-02T07:00Z', '2026-07-01T07:00Z'], 'The first minute comes after the second.'],
  [['backfill', '2026-06-01T07:00Z', '2026-07-01T07:00Z'], '181 ticks were due then; at most 50 at once.'],
])('%j is refused, with the usage', async (args, message) => {
  const { code, stdout, stderr } = await schedules(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).toContain('npm run schedules -- trigger [tick]');
});

test('does its work also when nobody reads what it prints', async () => {
  const child = spawn(...command(['backfill', '2026-07-02T07:00Z', '2026-07-02T13:00Z']));
  child.stdout.destroy();
  const [[code], stderr] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const time of ['07', '09', '13']) await started(`tick/refresh-all-2026-07-02T${time}:00:00Z`);
});

test('a schedule that is not there, a Temporal that is not there', async () => {
  expect(await schedules(['pause', 'refresh-none'])).toMatchObject({
    code: 1,
    stderr: 'There is no such schedule: npm run schedules -- list\n',
  });
  expect(await schedules(['list'], '127.0.0.1:1')).toMatchObject({
    code: 1,
    stderr: 'Temporal does not answer at 127.0.0.1:1 (TEMPORAL_ADDRESS)\n',
  });
});
