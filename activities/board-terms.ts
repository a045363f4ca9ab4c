import type { BoardName } from '../domain/board.js';
import { boards } from './boards/registry.js';

/** How often a board may be asked. */
export interface BoardTerms {
  /** How long a source counts as fresh after a good sync, in seconds. */
  freshSeconds: number;
  /** Over the whole fleet. */
  requestsPerSecond: number;
}

export type TermsOf = (board: BoardName) => BoardTerms;

/**
 * Each board's own terms.
 * @param sample what holds instead with the sample boards: their postings change every few minutes, and nobody's
 * terms are at stake.
 */
export function createTermsOf(sample?: { freshSeconds: number; requestsPerSecond?: number }): TermsOf {
  const terms = new Map(
    boards.map((board) => [
      board.name,
      {
        freshSeconds: Math.min(
          board.minSyncIntervalSeconds,
          sample?.freshSeconds ?? Number.POSITIVE_INFINITY,
        ),
        requestsPerSecond: sample?.requestsPerSecond ?? board.requestsPerSecond,
      },
    ]),
  );
  return (name) => {
    const known = terms.get(name);
    if (!known) throw new Error(`There is no board ${name}`);
    return known;
  };
}
