import { existsSync } from 'node:fs';
import TestSequencer from '@jest/test-sequencer';

/**
 * The suites that take longest, the longest first: begun late, one would stand alone at the end while the other worker has
 * nothing to do. A fresh checkout knows no times of its own.
 */
const longest = [
  'e2e/pages.e2e.test.ts',
  'e2e/lighthouse.e2e.test.ts',
  'api/plugins/run-changes.stack.test.ts',
  'e2e/searches.e2e.test.ts',
  'e2e/continuity.e2e.test.ts',
  'local/start.stack.test.ts',
  'e2e/observability.e2e.test.ts',
  'e2e/live-status.e2e.test.ts',
  'temporal/cloud.stack.test.ts',
  'chaos/chaos.stack.test.ts',
  'workflows/hostile-boards.stack.test.ts',
  'e2e/survival.e2e.test.ts',
  'workflows/refresh-tick.stack.test.ts',
  'workflows/versioning.stack.test.ts',
  'e2e/digest.e2e.test.ts',
  'workflows/closing.stack.test.ts',
  'workflows/workflows.stack.test.ts',
  'e2e/jobs.e2e.test.ts',
  'e2e/history.e2e.test.ts',
  'e2e/schedules.e2e.test.ts',
  'activities/boards/contract.test.ts',
];

const gone = longest.filter((suite) => !existsSync(new URL(`../../${suite}`, import.meta.url)));
if (gone.length > 0) throw new Error(`local/testing/longest-first.mjs names what is not there: ${gone}`);

/** Rank of a suite: listed ones, then those that start more, then the others. */
function rankOf(path) {
  const listed = longest.findIndex((suite) => path.endsWith(`/${suite}`));
  if (listed >= 0) return listed;
  const kind = [/\.e2e\.test\.ts$/, /\/workflows\/.*\.stack\.test\.ts$/, /\.stack\.test\.ts$/];
  const started = kind.findIndex((pattern) => pattern.test(path));
  return longest.length + (started < 0 ? kind.length : started);
}

/** Jest's order of suites: the longest first, and among alike the one that Jest itself would take first. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => rankOf(a.path) - rankOf(b.path));
  }
}
