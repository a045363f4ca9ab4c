import { z } from 'zod';
import { markdownTable } from '../bench/figures.js';
import { optionsOrExit } from '../local/command-options.js';
import { say } from '../observability/standard-output.js';
import { type Scenario, simulate } from './simulation.js';

/** `npm run simulate`: what waits for what when many more people search. Figures of one search come from `npm run load`. */
const positive = z.coerce.number().positive();
const choices = z.object({
  /** What one search takes of a processor, in milliseconds, over all processes. */
  cpuMs: positive.default(750),
  /** Searches a second of a hundred people, each once in six minutes; the others have ten times as many each. */
  searchesPerSecond: positive.default(0.28),
  /** Different searches that people have. */
  different: positive.default(20_000),
  freshMinutes: positive.default(60),
  seed: z.coerce.number().int().default(1),
});
const { cpuMs, searchesPerSecond, different, freshMinutes, seed } = optionsOrExit(choices);

/** Adzuna, Reed and USAJobs as their files have them, of which a query reads two pages. */
const queryBoards = [0.4, 0.5, 0.5];
const hour = 3_600;
const base: Scenario = {
  searchesPerSecond,
  scheduled: 0,
  seconds: hour,
  cores: 2,
  cpuSecondsPerSearch: cpuMs / 1_000,
  queryBoards: [],
  pages: 2,
  freshSeconds: freshMinutes * 60,
  differentSearches: different,
  seed,
};

/** Processors enough to be busy for six tenths of the time. */
const coresFor = (perSecond: number) => Math.max(2, Math.ceil((perSecond * base.cpuSecondsPerSearch) / 0.6));

const rows: string[][] = [];
for (const times of [1, 10, 100, 1_000]) {
  const perSecond = searchesPerSecond * times;
  const cores = coresFor(perSecond);
  const scenarios: [string, Scenario][] = [
    ['2 cores, feeds', { ...base, searchesPerSecond: perSecond }],
    [`${cores} cores, feeds`, { ...base, searchesPerSecond: perSecond, cores }],
    [`${cores} cores, feeds and query boards`, { ...base, searchesPerSecond: perSecond, cores, queryBoards }],
    [
      `${cores} cores, feeds and query boards, a schedule due`,
      {
        ...base,
        searchesPerSecond: perSecond,
        cores,
        queryBoards,
        // Of every tenth who searches in the hour.
        scheduled: Math.round((perSecond * hour) / 10),
      },
    ],
  ];
  const told = new Set<string>();
  for (const [what, scenario] of scenarios) {
    if (told.has(what)) continue;
    told.add(what);
    const outcome = simulate(scenario);
    const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
    rows.push([
      `${times} ×`,
      what,
      `${outcome.p50.toFixed(1)} s`,
      `${outcome.p95.toFixed(1)} s`,
      String(outcome.unfinished),
      percent(outcome.processors),
      scenario.queryBoards.length > 0 ? percent(outcome.busiestBoard) : '',
      scenario.queryBoards.length > 0 ? percent(outcome.shared) : '',
      scenario.scheduled > 0
        ? outcome.scheduleEndedAt === undefined
          ? 'not in the hour'
          : `${(outcome.scheduleEndedAt / 60).toFixed(0)} min`
        : '',
    ]);
  }
}
const header = [
  'people',
  'with',
  'p50',
  'p95',
  'not ended',
  'processors',
  'busiest board',
  'shared',
  'schedule ended',
];
for (const line of markdownTable(header, rows)) say(line);
