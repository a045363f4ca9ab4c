import { setTimeout as sleep } from 'node:timers/promises';
import { randomFor } from '../local/boards/catalogue/random.js';
import { isAlive } from '../local/services/process-identity.js';
import type { Product } from '../local/testing/product.js';
import { waitFor } from '../local/testing/wait-for.js';

export const victims = ['api', 'worker', 'postgrest', 'postgres', 'temporal'] as const;
export type Victim = (typeof victims)[number];

export interface Fault {
  victim: Victim;
  /** Milliseconds since the fault before it. */
  afterMs: number;
}

const shortestGapMs = 1_000;
const longestGapMs = 6_000;

/** The faults of a seed: which process is killed when. Each of the five is killed about as often. */
export function planFaults(seed: number, count: number): Fault[] {
  return Array.from({ length: count }, (_, number) => {
    const random = randomFor(seed, `fault/${number}`);
    return {
      victim: number < victims.length ? (victims[number] as Victim) : random.helpers.arrayElement(victims),
      afterMs: random.number.int({ min: shortestGapMs, max: longestGapMs }),
    };
  });
}

/** How long all of it takes at least, in milliseconds. */
export const durationOf = (faults: readonly Fault[]): number =>
  faults.reduce((sum, { afterMs }) => sum + afterMs, 0);

/** Kills without asking, one after the other, each time waiting until the process is there to be killed. */
export async function commit(
  faults: readonly Fault[],
  product: Product,
  say: (line: string) => void,
): Promise<void> {
  for (const [number, { victim, afterMs }] of faults.entries()) {
    await sleep(afterMs);
    const alive = await waitFor(() => product.processOf(victim), { what: `${victim} to be alive` });
    process.kill(alive.pid, 'SIGKILL');
    await waitFor(() => !isAlive(alive), { what: `${victim} to be gone` });
    say(`fault ${number + 1} of ${faults.length}: ${victim}`);
  }
}
