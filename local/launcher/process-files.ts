import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { identify, isAlive, type ProcessIdentity } from '../services/process-identity.js';

const launcherFile = 'launcher.json';

function readIdentities(file: string): ProcessIdentity[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity[];
  } catch {
    // Missing, or cut short by a crash: then nothing is known of it.
    return [];
  }
}

/** Notes which processes a service runs as. */
export function noteProcesses(folder: string, name: string, pids: number[]): void {
  mkdirSync(folder, { recursive: true });
  const identities = pids.map(identify).filter((identity) => identity !== undefined);
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(identities));
}

export function forgetProcesses(folder: string, name: string): void {
  rmSync(join(folder, `${name}.json`), { force: true });
}

/** The pid of the launcher that runs on this data folder, if one does. */
export function runningLauncher(folder: string): number | undefined {
  return readIdentities(join(folder, launcherFile)).find(isAlive)?.pid;
}

/**
 * Takes the data folder for this process.
 * @returns the pid of the launcher that has it, or undefined when it is ours now.
 */
export function takeDataFolder(folder: string): number | undefined {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, launcherFile);
  const own = JSON.stringify([identify(process.pid)]);
  for (;;) {
    try {
      writeFileSync(file, own, { flag: 'wx' });
      return undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const other = runningLauncher(folder);
    if (other !== undefined) return other;
    rmSync(file, { force: true });
  }
}

export const releaseDataFolder = (folder: string): void =>
  rmSync(join(folder, launcherFile), { force: true });

/**
 * Ends the services that a killed launcher left running, and returns their names. A process is ended only when it is
 * the one that was noted: the same pid started at the same time.
 */
export async function endLeftProcesses(folder: string, graceMs = 15_000): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const ended: string[] = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json') && name !== launcherFile)) {
    const left = readIdentities(join(folder, file)).filter(isAlive);
    if (left.length > 0) ended.push(file.replace(/\.json$/, ''));
    for (const { pid } of left) signal(pid, 'SIGTERM');
    const deadline = Date.now() + graceMs;
    while (left.some(isAlive) && Date.now() < deadline) await delay(50);
    for (const identity of left.filter(isAlive)) signal(identity.pid, 'SIGKILL');
    rmSync(join(folder, file), { force: true });
  }
  return ended;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It went by itself meanwhile.
  }
}
