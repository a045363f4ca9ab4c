import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { say } from '../observability/standard-output.js';

/** Two ways to do a thing, measured in turn within one run; times in milliseconds unless the unit says else. */
export interface Comparison {
  what: string;
  unit: string;
  ours: number;
  bare: number;
  /** What `bare` is. */
  over: string;
}

/** The value below which a share of the values lies, by nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('there are no values');
  return value;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);

/** What a process holds in memory. Linux only. */
export function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** What it was measured on, for the head of a table. */
export const machine = () =>
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;

/** Lines of a Markdown table. */
export const markdownTable = (header: string[], rows: string[][]): string[] =>
  [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);

export function printTable(comparisons: Comparison[]): void {
  say(`\n${machine()}\n`);
  const rows = comparisons.map(({ what, unit, ours, bare, over }) => [
    what,
    `${ours.toFixed(1)} ${unit}`,
    `${bare.toFixed(1)} ${unit}`,
    (ours / bare).toFixed(2),
    over,
  ]);
  const header = ['measured', 'ours', 'bare', 'ratio', 'bare is'];
  for (const line of markdownTable(header, rows)) say(line);
}
