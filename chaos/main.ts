import { z } from 'zod';
import { buildWhenChanged } from '../local/build.js';
import { optionsOrExit } from '../local/command-options.js';
import { say } from '../observability/standard-output.js';
import { lateRunsFolder } from './aftermath.js';
import { play } from './play.js';

/** `npm run chaos`: kills processes of the product while people search, and says what became of the searches. */
const number = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const choices = z.object({
  runs: number(1, 100_000).default(1_000),
  faults: number(0, 1_000).default(100),
  people: number(1, 1_000).default(50),
  /** The same seed plans the same searches and faults; how they meet is the machine's. */
  seed: number(0, 2 ** 31).default(1),
});

const chosen = optionsOrExit(choices);

/** How long after the last fault, or after it was asked for, a run may end. */
const latestAllowedSeconds = 120;

await buildWhenChanged();
const figures = await play(chosen, say);
const wrong = figures.lost + figures.twice + figures.stuck + figures.drifted + figures.miscounted;
const late = figures.latestSeconds > latestAllowedSeconds;
for (const [name, value] of Object.entries(figures)) say(`${name}: ${JSON.stringify(value)}`);
say(
  wrong === 0 && !late
    ? 'Nothing lost, nothing twice, nothing stuck.'
    : `NOT as it should be: see the figures above, and ${lateRunsFolder} for the histories of late runs.`,
);
process.exitCode = wrong === 0 && !late ? 0 : 1;
