import { say } from '../../observability/standard-output.js';

/** The lines that `npm start` shows. */
const started = Date.now();

/** A step that is done, with the time since the start. */
export function step(line: string): void {
  say(`  ${((Date.now() - started) / 1000).toFixed(1).padStart(5)} s  ${line}`);
}

export function problem(service: string, line: string): void {
  process.stderr.write(`  [${service}] ${line}\n`);
}

export function table(rows: [string, string][]): void {
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value] of rows) say(`  ${name.padEnd(width)}  ${value}`);
}
