import { startTestServer } from '../local/testing/start-test-server.js';
import { say } from '../observability/standard-output.js';
import { accepting } from './accepting.js';
import { adminFigures } from './admin-figures.js';
import { cancelling } from './cancelling.js';
import { coldStart } from './cold-start.js';
import { dedupe } from './dedupe.js';
import { type Comparison, printTable } from './figures.js';
import { firstPageJs } from './first-page-js.js';
import { liveStatus } from './live-status.js';
import { liveStatus500 } from './live-status-500.js';
import { manualFirst } from './manual-first.js';
import { matching } from './matching.js';
import { recordPage } from './record-page.js';
import { relevance } from './relevance.js';
import { runsPerSecond } from './runs-per-second.js';
import { tick, tickFull } from './tick.js';
import { workerMemory } from './worker-memory.js';

// Every figure is a ratio of two things measured in turn within one run: machines differ, ratios travel.
const benches: Record<string, () => Promise<Comparison | Comparison[]>> = {
  'runs-per-second': runsPerSecond,
  accepting,
  'live-status': liveStatus,
  'live-status-500': liveStatus500,
  'record-page': recordPage,
  dedupe,
  relevance,
  matching,
  'worker-memory': workerMemory,
  'manual-first': manualFirst,
  cancelling,
  tick,
  'tick-full': tickFull,
  'admin-figures': adminFigures,
  'first-page-js': firstPageJs,
  'cold-start': coldStart,
};

/** Too long to be one of all: only when it is named. */
const byNameOnly = new Set(['tick-full']);

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench ${unknown.join(', ')}: ${Object.keys(benches).join(', ')}\n`);
  process.exit(2);
}

const server = await startTestServer();
try {
  const comparisons: Comparison[] = [];
  for (const [name, measure] of Object.entries(benches)) {
    if (chosen.length > 0 ? !chosen.includes(name) : byNameOnly.has(name)) continue;
    say(`${name}…`);
    comparisons.push(...[await measure()].flat());
  }
  if (comparisons.length > 0) printTable(comparisons);
} finally {
  await server.stop();
}
