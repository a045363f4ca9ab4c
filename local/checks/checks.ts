import { spawnSync } from 'node:child_process';
import { projectRoot } from '../services/project-root.js';
import type { Counts } from './counts.js';

/** Each is one passed or failed test of `npm test`. */
const checks: { title: string; args: string[] }[] = [
  { title: 'format and lint (biome)', args: ['@biomejs/biome/bin/biome', 'ci', '--colors=off', '.'] },
  { title: 'types (tsc)', args: ['typescript/bin/tsc', '-p', '.', '--noEmit'] },
  {
    title: 'unused files, exports and packages (knip)',
    args: ['knip/bin/knip.js', '--no-progress', '--no-config-hints'],
  },
  {
    title: 'which way imports run (dependency-cruiser)',
    args: [
      'dependency-cruiser/bin/dependency-cruise.mjs',
      ...['--config', '.dependency-cruiser.cjs'],
      ...[
        'activities',
        'api',
        'bench',
        'domain',
        'e2e',
        'load',
        'local',
        'observability',
        'web/app',
        'worker',
        'workflows',
      ],
    ],
  },
];

/** Runs every check, also after one failed. A failed one's output is shown. */
export function runChecks(say: (line: string) => void): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { title, args } of checks) {
    const [module, ...rest] = args;
    const { status, stdout, stderr, error } = spawnSync(
      process.execPath,
      [`node_modules/${module}`, ...rest],
      {
        cwd: projectRoot,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
        env: { ...process.env, FORCE_COLOR: '0' },
      },
    );
    if (status === 0) {
      counts.passed += 1;
      say(`PASS check: ${title}`);
    } else {
      counts.failed += 1;
      say(`FAIL check: ${title}\n${stdout}${stderr}${error?.message ?? ''}`);
    }
  }
  return counts;
}
