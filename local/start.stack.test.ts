import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWhenChanged } from './build.js';
import { freePort } from './services/ports.js';
import { baseEnvironment } from './services/process.js';
import { identify, isAlive, type ProcessIdentity } from './services/process-identity.js';
import { projectRoot } from './services/project-root.js';
import { scrape } from './testing/jobspy.js';
import { testClient } from './testing/test-user.js';
import { waitFor } from './testing/wait-for.js';

const portSettings = [
  'WEB_PORT',
  'API_PORT',
  'BOARDS_PORT',
  'WORKER_HEALTH_PORT',
  'JOBSPY_PORT',
  'MAILBOX_PORT',
  'SMTP_PORT',
  'SUPABASE_PORT',
  'POSTGRES_PORT',
  'TEMPORAL_PORT',
  'TEMPORAL_UI_PORT',
] as const;
const portOf = {} as Record<(typeof portSettings)[number], number>;
let dataDir: string;
const launchers: Started[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stf-start-'));
  // Started by root, Postgres runs as another user, who has to get in.
  await chmod(dataDir, 0o755);
  for (const setting of portSettings) portOf[setting] = await freePort();
  await buildWhenChanged();
}, 300_000);

afterEach(async () => {
  for (const { process: launcher, exited } of launchers.splice(0)) {
    launcher.kill('SIGTERM');
    await exited;
  }
});

afterAll(() => rm(dataDir, { recursive: true, force: true }));

interface Started {
  process: ChildProcess;
  output: () => string;
  exited: Promise<[code: number | null, signal: NodeJS.Signals | null]>;
}

function run(script: string[], extraEnv: Record<string, string> = {}): Started {
  const ports = Object.fromEntries(portSettings.map((setting) => [setting, String(portOf[setting])]));
  const child = spawn(process.execPath, script, {
    cwd: projectRoot,
    env: {
      ...baseEnvironment(),
      // What its services log is looked through at the end of the test run, as every program's is.
      ...(process.env.STF_KEPT_LOGS && { STF_KEPT_LOGS: process.env.STF_KEPT_LOGS }),
      STF_DATA_DIR: dataDir,
      // Whatever time of the day it is.
      SERVICE_SCHEDULES: 'paused',
      ...ports,
      ...extraEnv,
    } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const started: Started = {
    process: child,
    output: () => text,
    exited: once(child, 'exit') as Started['exited'],
  };
  launchers.push(started);
  return started;
}

const npmStart = (extraEnv?: Record<string, string>, ...choices: string[]) =>
  run(['local/start.mjs', ...choices], extraEnv);

/** @throws Error at once when it ends instead. */
async function untilRunning(started: Started): Promise<void> {
  await waitFor(
    () => started.process.exitCode !== null || started.output().includes('Ctrl-C stops everything'),
    { what: 'npm start to be done', timeoutMs: 240_000 },
  );
  if (started.process.exitCode !== null) throw new Error(`npm start ended:\n${started.output()}`);
}

/** Every process of the stack, as noted in the data folder, and Postgres's own. */
function processesOfStack(): ProcessIdentity[] {
  const folder = join(dataDir, 'processes');
  const noted = readdirSync(folder).flatMap(
    (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as ProcessIdentity[],
  );
  const postgres = identify(
    Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]),
  );
  return postgres ? [...noted, postgres] : noted;
}

const notedPid = (name: string): number =>
  (JSON.parse(readFileSync(join(dataDir, 'processes', `${name}.json`), 'utf8')) as ProcessIdentity[])[0]
    ?.pid ?? 0;

async function demoUserId(): Promise<string | undefined> {
  const { anonKey } = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as { anonKey: string };
  const client = testClient(`http://127.0.0.1:${portOf.SUPABASE_PORT}`, anonKey);
  const { data } = await client.auth.signInWithPassword({
    email: 'demo@example.com',
    password: 'searching-the-fox',
  });
  return data.user?.id;
}

const answersAt = async (port: number, path: string) =>
  (await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(10_000) })).ok;

/** Set by the first test; the later ones go on from it. */
let demoId: string | undefined;

test('npm start ends with the addresses, and Ctrl-C leaves no process', async () => {
  const started = npmStart({}, '--jobspy');
  await untilRunning(started);
  for (const setting of portSettings.filter((name) => !['WORKER_HEALTH_PORT', 'SMTP_PORT'].includes(name))) {
    expect(started.output()).toContain(`127.0.0.1:${portOf[setting]}`);
  }
  expect(started.output()).toContain('demo@example.com / searching-the-fox');
  expect(started.output()).toContain('admin@example.com / searching-the-fox');
  expect(started.output()).toContain('sample boards of made-up postings');
  expect(await answersAt(portOf.WEB_PORT, '/sign-in')).toBe(true);
  expect(await answersAt(portOf.API_PORT, '/readyz')).toBe(true);
  expect(await answersAt(portOf.MAILBOX_PORT, '/')).toBe(true);
  const jobspy = { url: `http://127.0.0.1:${portOf.JOBSPY_PORT}` };
  expect((await scrape(jobspy, { sites: ['indeed'], resultsWanted: 3 })).body.jobs).toHaveLength(3);
  demoId = await demoUserId();
  expect(demoId).toBeTruthy();

  const second = npmStart();
  expect(await second.exited).toEqual([1, null]);
  expect(second.output()).toContain('runs already in this folder');
  const reset = run(['--import', 'tsx', 'local/reset.ts']);
  expect(await reset.exited).toEqual([1, null]);
  expect(existsSync(join(dataDir, 'postgres', 'PG_VERSION'))).toBe(true);

  const processes = processesOfStack();
  expect(processes.length).toBeGreaterThanOrEqual(12);
  started.process.kill('SIGINT');
  expect(await started.exited).toEqual([0, null]);
  expect(processes.filter(isAlive)).toEqual([]);
}, 400_000);

test('a service that is killed is started again', async () => {
  const started = npmStart();
  await untilRunning(started);
  expect(await demoUserId()).toBe(demoId);
  const worker = notedPid('worker');
  process.kill(worker, 'SIGKILL');
  await waitFor(() => notedPid('worker') !== worker && answersAt(portOf.WORKER_HEALTH_PORT, '/readyz'), {
    what: 'the worker to run again',
  });
  expect(started.output()).toContain('[Worker] ended (SIGKILL)');

  // The launcher and the process that owns Postgres, both without a chance to clean up.
  const processes = processesOfStack();
  process.kill(notedPid('launcher'), 'SIGKILL');
  process.kill(notedPid('supabase'), 'SIGKILL');
  await started.exited;
  const again = npmStart();
  await untilRunning(again);
  expect(processes.filter(isAlive)).toEqual([]);
  expect(await demoUserId()).toBe(demoId);

  const last = processesOfStack();
  await waitFor(() => again.process.exitCode !== null || !again.process.kill('SIGINT'), {
    what: 'it to end after Ctrl-C, again and again',
    intervalMs: 300,
  });
  await waitFor(() => !last.some(isAlive), { what: 'every process to end' });
}, 600_000);

test('a taken port is named with the setting that moves it, before anything starts', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const started = npmStart({ API_PORT: String(port) });
    expect(await started.exited).toEqual([1, null]);
    expect(started.output()).toContain(`Port ${port} (API) is taken: set API_PORT in .env to another`);
    expect(started.output()).not.toContain('ready');
  } finally {
    server.close();
  }
});

test('a wrong setting is named', async () => {
  const started = npmStart({ WEB_PORT: 'eighty' });
  expect(await started.exited).toEqual([1, null]);
  expect(started.output()).toContain('WEB_PORT: must be a number');
});

test('npm run reset empties the data', async () => {
  const reset = run(['--import', 'tsx', 'local/reset.ts']);
  expect(await reset.exited).toEqual([0, null]);
  expect(readdirSync(dataDir)).toEqual([]);
});
