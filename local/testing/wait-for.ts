import { setTimeout as delay } from 'node:timers/promises';

export interface WaitForOptions {
  /** For the error: what is waited for. */
  what: string;
  /** Generous: it bounds a test that can no longer pass, and says nothing about speed. */
  timeoutMs?: number;
  intervalMs?: number;
}

/**
 * Asks until the answer is truthy, and returns it. An error while asking counts as "not yet".
 * @throws Error saying what was waited for and the last answer or error.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { what, timeoutMs = 180_000, intervalMs = 50 }: WaitForOptions,
): Promise<Exclude<Awaited<T>, false | 0 | '' | null | undefined>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    let last: unknown;
    try {
      const value = await condition();
      if (value) return value as Exclude<Awaited<T>, false | 0 | '' | null | undefined>;
      last = value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) {
      const shown = last instanceof Error ? `${last.name}: ${last.message}` : JSON.stringify(last);
      throw new Error(`waited ${timeoutMs / 1000} s for ${what}; the last answer was ${shown}`);
    }
    await delay(intervalMs);
  }
}
