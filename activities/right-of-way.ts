import { setTimeout } from 'node:timers/promises';
import type { Rpc } from './rpc.js';

export type RightOfWay = ReturnType<typeof createRightOfWay>;

/**
 * Who goes first within one worker: the steps of people's runs and the starts of a tick's, and the steps of schedules' runs
 * when neither is at work. Priority on the task queue says which task comes next; this is about those that would be at work
 * beside each other.
 * @param quietMs what goes first is taken to go on for this long after each of its steps.
 * @param longestMs a schedule's step waits no longer, so that schedules go on while people search all the time.
 */
export function createRightOfWay({ quietMs, longestMs }: { quietMs: number; longestMs: number }) {
  let underWay = 0;
  let lastEnd = Number.NEGATIVE_INFINITY;

  /** When nothing goes first, or at the latest after the longest wait. */
  async function quiet(): Promise<void> {
    const latest = performance.now() + longestMs;
    for (;;) {
      const now = performance.now();
      const quietAt = underWay > 0 ? now + quietMs : lastEnd + quietMs;
      if (now >= quietAt || now >= latest) return;
      await setTimeout(Math.min(quietAt, latest) - now);
    }
  }

  /** Schedules' runs give way for as long as `work` goes on. */
  async function first<Result>(work: () => Promise<Result>): Promise<Result> {
    underWay += 1;
    try {
      return await work();
    } finally {
      underWay -= 1;
      lastEnd = performance.now();
    }
  }

  return {
    quiet,
    first,

    goesFirst:
      (rpc: Rpc): Rpc =>
      (...call) =>
        first(() => rpc(...call)),

    givesWay:
      (rpc: Rpc): Rpc =>
      async (...call) => {
        await quiet();
        return rpc(...call);
      },
  };
}
