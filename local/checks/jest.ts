import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject, projectRoot } from '../services/project-root.js';
import { type Counts, countsOf, type JestReport } from './counts.js';

/** After its report Jest has only to end; what keeps it alive then was left open by a test. */
const endsWithinMs = 60_000;

/** Runs Jest with its output on the terminal. @param environment more of it. @throws Error when it ends without a report. */
export async function runJest(args: string[], environment: Record<string, string>): Promise<Counts> {
  const folder = await mkdtemp(join(tmpdir(), 'stf-jest-'));
  const reportFile = join(folder, 'report.json');
  try {
    const jest = spawn(
      process.execPath,
      [inProject('node_modules/jest/bin/jest.js'), '--ci', '--json', `--outputFile=${reportFile}`, ...args],
      // Jest writes its report to standard output as well when it is asked for JSON; people read standard error.
      {
        cwd: projectRoot,
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, ...environment },
      },
    );
    const exited = once(jest, 'exit');
    const hung = endWhenDone(jest.pid, reportFile, exited);
    await exited;
    const report = JSON.parse(await readFile(reportFile, 'utf8')) as JestReport;
    const counts = countsOf(report);
    if (!(await hung)) return counts;
    process.stderr.write('Jest did not end after its last test: something was left open.\n');
    return { ...counts, failed: counts.failed + 1 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns true when Jest had to be ended. */
function endWhenDone(
  pid: number | undefined,
  reportFile: string,
  exited: Promise<unknown>,
): Promise<boolean> {
  return new Promise((resolve) => {
    let bound: NodeJS.Timeout | undefined;
    const watch = setInterval(() => {
      if (bound || !existsSync(reportFile)) return;
      bound = setTimeout(() => {
        if (pid) process.kill(pid, 'SIGKILL');
        resolve(true);
      }, endsWithinMs);
    }, 1_000);
    void exited.then(() => {
      clearInterval(watch);
      clearTimeout(bound);
      resolve(false);
    });
  });
}
