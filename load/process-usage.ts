import { readFileSync } from 'node:fs';
import { type Part, type Product, parts } from '../local/testing/product.js';

/** Clock ticks a second in `/proc/<pid>/stat`: 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

export interface Usage {
  part: Part;
  /** The most that its processes held together at any look: what they share is counted once (PSS). */
  megabytes: number;
  cpuSeconds: number;
}

/** Looks at the memory of each process of the product now and then, and at what its processors did. Linux only. */
export function watchUsage(product: Product, everyMs = 2_000): { stop(): Usage[] } {
  const begun = new Map(parts.map((part) => [part, cpuSeconds(product, part)]));
  const most = new Map<Part, number>();
  const look = () => {
    for (const part of parts) most.set(part, Math.max(most.get(part) ?? 0, megabytes(product, part)));
  };
  const looking = setInterval(look, everyMs);
  return {
    stop() {
      clearInterval(looking);
      look();
      return parts.map((part) => ({
        part,
        megabytes: most.get(part) ?? 0,
        cpuSeconds: cpuSeconds(product, part) - (begun.get(part) ?? 0),
      }));
    },
  };
}

/** A part's main process and all that it has started; the local Supabase without PostgREST, which is a part of its own. */
function pidsOf(product: Product, part: Part): number[] {
  const main = product.processOf(part)?.pid;
  if (main === undefined) return [];
  return part === 'supabase' ? [main] : withDescendants(main);
}

function withDescendants(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(withDescendants)];
}

function megabytes(product: Product, part: Part): number {
  const ofOne = (pid: number) =>
    Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024;
  return pidsOf(product, part).reduce((sum, pid) => sum + ofOne(pid), 0);
}

function cpuSeconds(product: Product, part: Part): number {
  return pidsOf(product, part).reduce((sum, pid) => {
    // After the program's name, which may hold spaces: utime, stime and, of ended children, cutime and cstime.
    const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ').slice(11, 15) ?? [];
    return sum + fields.reduce((ticks, field) => ticks + Number(field), 0) / ticksPerSecond;
  }, 0);
}

/** Empty when the process has ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
