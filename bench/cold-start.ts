import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { freePort } from '../local/services/ports.js';
import { baseEnvironment } from '../local/services/process.js';
import { inProject, projectRoot } from '../local/services/project-root.js';
import { waitFor } from '../local/testing/wait-for.js';
import { say } from '../observability/standard-output.js';
import { type Comparison, median } from './figures.js';

const rounds = 3;
const folder = inProject('build/cold-start');

const portSettings = [
  'WEB_PORT',
  'API_PORT',
  'BOARDS_PORT',
  'WORKER_HEALTH_PORT',
  'MAILBOX_PORT',
  'SMTP_PORT',
  'SUPABASE_PORT',
  'POSTGRES_PORT',
  'TEMPORAL_PORT',
  'TEMPORAL_UI_PORT',
];

/**
 * `npm start` in a new clone of what is committed, its packages and the Temporal CLI there already: until the first
 * page is usable, beside the slowest of its services started alone in another clone.
 */
export async function coldStart(): Promise<Comparison> {
  const whole: number[] = [];
  const alone = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    whole.push(await inClone(start));
    const took = await inClone(startEachAlone);
    for (const [what, ms] of Object.entries(took)) alone.set(what, [...(alone.get(what) ?? []), ms]);
  }
  const services = [...alone].map(([what, times]) => ({ what, seconds: median(times) / 1000 }));
  services.sort((a, b) => b.seconds - a.seconds);
  for (const { what, seconds } of services) say(`  ${what}, alone: ${seconds.toFixed(1)} s`);
  const [slowest] = services;
  if (!slowest) throw new Error('no service was started');
  const ours = median(whole) / 1000;
  say(`  npm start: ${(ours - slowest.seconds).toFixed(1)} s over the slowest`);
  return {
    what: '`npm start` to a usable page, cold',
    unit: 's',
    ours,
    bare: slowest.seconds,
    over: `the slowest of its services alone: ${slowest.what}`,
  };
}

async function inClone<Result>(measure: () => Promise<Result>): Promise<Result> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(`${folder}/.data`, { recursive: true });
  execFileSync('git', ['clone', '--quiet', projectRoot, `${folder}/clone`]);
  // Links, not copies: on the same disk, and nothing is written to them.
  execFileSync('cp', ['-al', inProject('node_modules'), `${folder}/clone/node_modules`]);
  if (existsSync(inProject('.data/bin'))) {
    await mkdir(`${folder}/clone/.data`);
    execFileSync('cp', ['-a', inProject('.data/bin'), `${folder}/clone/.data/bin`]);
  }
  try {
    return await measure();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns how long it took, in milliseconds. */
async function start(): Promise<number> {
  const ports: Record<string, string> = {};
  for (const setting of portSettings) ports[setting] = String(await freePort());
  const since = performance.now();
  const started = spawn('npm', ['start'], {
    cwd: `${folder}/clone`,
    env: { ...baseEnvironment(), ...ports } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'inherit'],
    // npm ends before what it started: a signal is for both.
    detached: true,
  });
  let output = '';
  started.stdout.on('data', (chunk) => {
    output += chunk;
  });
  // Its output is closed when the last of it has ended.
  const ended = once(started, 'close');
  try {
    // It names the boards that it searches: the site asks the API, which asks the database, which the worker told.
    const isUsable = async () => {
      const page = await fetch(`http://127.0.0.1:${ports.WEB_PORT}/`).catch(() => undefined);
      return page?.ok === true && (await page.text()).includes('The boards it searches');
    };
    await Promise.race([
      waitFor(isUsable, { what: 'the first page to be usable', timeoutMs: 180_000, intervalMs: 20 }),
      ended.then(() => Promise.reject(new Error(`npm start ended:\n${output}`))),
    ]);
    return performance.now() - since;
  } finally {
    if (started.pid && started.exitCode === null) process.kill(-started.pid, 'SIGTERM');
    await ended;
  }
}

async function startEachAlone(): Promise<Record<string, number>> {
  const stdout = execFileSync(process.execPath, ['--import', 'tsx', 'bench/cold-start-alone.ts'], {
    cwd: `${folder}/clone`,
    env: baseEnvironment() as NodeJS.ProcessEnv,
    encoding: 'utf8',
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, number>;
}
