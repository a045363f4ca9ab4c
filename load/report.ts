import { markdownTable } from '../bench/figures.js';
import type { Measurements } from './measurements.js';
import type { Usage } from './process-usage.js';

interface Whole {
  people: number;
  seconds: number;
  /** Of the process that plays the people. */
  ownCpuSeconds: number;
}

/** The figures as Markdown tables. */
export function report(
  measured: Measurements,
  usage: Usage[],
  { people, seconds, ownCpuSeconds }: Whole,
  say: (line: string) => void,
): void {
  const latencies = measured.latencies();
  const ended = latencies.filter(({ what }) => /^search: (success|failed|cancelled)$/.test(what));
  const searches = ended.reduce((sum, { count }) => sum + count, 0);
  const requests = latencies
    .filter(({ what }) => !ended.some((one) => one.what === what) && !what.includes('from the'))
    .reduce((sum, { count }) => sum + count, 0);
  say(
    `${people} people, ${seconds.toFixed(0)} s: ${searches} searches (${(searches / seconds).toFixed(2)} a second), ${requests} requests (${(requests / seconds).toFixed(1)} a second)`,
  );

  const table = (header: string[], rows: string[][]) => {
    for (const line of ['', ...markdownTable(header, rows)]) say(line);
  };
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  table(
    ['what a person waits for', 'times', 'p50', 'p95', 'p99', 'longest'],
    latencies.map(({ what, count, p50, p95, p99, most }) => [
      what,
      String(count),
      ms(p50),
      ms(p95),
      ms(p99),
      ms(most),
    ]),
  );
  table(
    ['process', 'memory, at most', 'processor', 'processor a search'],
    [...usage, { part: 'the people', megabytes: 0, cpuSeconds: ownCpuSeconds }].map(
      ({ part, megabytes, cpuSeconds }) => [
        part,
        megabytes === 0 ? '' : `${megabytes.toFixed(0)} MB`,
        `${((100 * cpuSeconds) / seconds).toFixed(0)} % of a core`,
        `${((1_000 * cpuSeconds) / Math.max(1, searches)).toFixed(0)} ms`,
      ],
    ),
  );
  const errors = measured.errors();
  say(`\nerrors: ${errors.reduce((sum, { times }) => sum + times, 0)}`);
  for (const { what, times } of errors) say(`  ${times} × ${what}`);
}
