/** How long to wait before connecting again, in milliseconds. */
export interface ReconnectLimits {
  /** Before the second attempt in a row; the first is made at once. It doubles with each that follows. */
  firstMs: number;
  longestMs: number;
}

/**
 * When a connection that goes on failing is tried again: later each time, up to a bound, and at no time that other
 * processes choose too, so that a server that comes back is not met by all of them at once.
 * @param now milliseconds of a clock that only goes forward.
 * @param random from 0 up to 1.
 */
export function createReconnectPauses(
  { firstMs, longestMs }: ReconnectLimits,
  now: () => number = () => performance.now(),
  random: () => number = Math.random,
): () => number {
  let attempts = 0;
  let lastAttemptAt = now();
  return () => {
    // A connection that held for longer than the longest pause was a good one. One that was merely accepted may be
    // closed at once, each time.
    if (now() - lastAttemptAt > longestMs) attempts = 0;
    const bound = Math.min(longestMs, firstMs * 2 ** (attempts - 1));
    const pauseMs = attempts === 0 ? 0 : bound * (0.5 + random() / 2);
    attempts += 1;
    lastAttemptAt = now() + pauseMs;
    return pauseMs;
  };
}
