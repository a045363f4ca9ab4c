import { runChecks } from './checks.js';
import { countsLine } from './counts.js';

/** `npm run check`: the checks without the tests. */
const counts = runChecks((line) => process.stdout.write(`${line}\n`));
process.stdout.write(`${countsLine(counts)}\n`);
process.exitCode = counts.failed > 0 ? 1 : 0;
