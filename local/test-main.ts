import { say } from '../observability/standard-output.js';
import { buildWhenChanged } from './build.js';
import { runChecks } from './checks/checks.js';
import { ensureChromium } from './checks/chromium.js';
import { addCounts, type Counts, countsLine } from './checks/counts.js';
import { runJest } from './checks/jest.js';
import { keepLogs } from './checks/kept-logs.js';
import { ensurePython } from './checks/python.js';
import { findTemporalCli } from './services/temporal-cli.js';

/** `npm test`, once the packages are there. Arguments are Jest's; with any, the checks are left out. */
const jestArguments = process.argv.slice(2);

async function setUp(): Promise<void> {
  const cli = await findTemporalCli(say);
  say(`Temporal CLI: ${cli.from}`);
  say(`Chromium: ${ensureChromium(say)}`);
  await ensurePython(say);
  const built = [...(await buildWhenChanged()), ...(await buildWhenChanged(['supabase']))];
  say(built.length > 0 ? `Built ${built.join(' and ')}` : 'Nothing to build');
}

let counts: Counts = { passed: 0, failed: 0, skipped: 0 };
if (jestArguments.length === 0) counts = addCounts(counts, runChecks(say));
try {
  await setUp();
  const logs = await keepLogs();
  counts = addCounts(counts, await runJest(jestArguments, { ...logs.environment, STF_BUILT: 'yes' }));
  counts = addCounts(counts, await logs.check(say));
} catch (error) {
  say(`The tests could not be run: ${error instanceof Error ? error.message : error}`);
  counts = addCounts(counts, { passed: 0, failed: 1, skipped: 0 });
}
say('');
say(countsLine(counts));
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
