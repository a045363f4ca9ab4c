import type { BoardName } from '../domain/board.js';
import { boards } from './boards/registry.js';

/** How long a source counts as fresh after a good sync, in seconds. */
export type Freshness = (board: BoardName) => number;

/**
 * Each board's own interval, as its terms ask for.
 * @param atMostSeconds shortens it; for the sample boards only, whose postings change every few minutes.
 */
export function createFreshness(atMostSeconds?: number): Freshness {
  const seconds = new Map(
    boards.map((board) => [board.name, Math.min(board.minSyncIntervalSeconds, atMostSeconds ?? Infinity)]),
  );
  return (name) => seconds.get(name) ?? 0;
}
