import { say } from '../../observability/standard-output.js';
import { runChecks } from './checks.js';
import { countsLine } from './counts.js';

/** `npm run check`: the checks without the tests. */
const counts = runChecks(say);
say(countsLine(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;
