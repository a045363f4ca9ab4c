import { z } from 'zod';
import type { Rpc } from './rpc.js';

export interface SweepDependencies {
  rpc: Rpc;
  /** Postings that no list named for so many days are closed. */
  unseenDays: number;
  /** Closed postings that are in nobody's results are removed after so many days. */
  retentionDays: number;
  /** What query boards were asked is forgotten when nobody asked it for so many days. */
  queryDays: number;
  /** Each step takes at most so many rows: no transaction is long. */
  rowsAtATime: number;
}

export interface Swept {
  closed: number;
  removed: number;
  leftovers: number;
  /** There was more than one step takes. */
  more: boolean;
}

export type SweepActivities = ReturnType<typeof createSweepActivities>;

/** Old postings go: one step of closing what is past its time and removing what nobody needs. */
export function createSweepActivities({
  rpc,
  unseenDays,
  retentionDays,
  queryDays,
  rowsAtATime,
}: SweepDependencies) {
  return {
    async sweepPostings(): Promise<Swept> {
      const limit = { p_limit: rowsAtATime };
      const closed = await rpc('close_old_postings', { p_unseen_days: unseenDays, ...limit }, z.number());
      const removed = await rpc('purge_postings', { p_retention_days: retentionDays, ...limit }, z.number());
      const leftovers = await rpc('purge_sync_leftovers', { p_query_days: queryDays }, z.number());
      return { closed, removed, leftovers, more: closed >= rowsAtATime || removed >= rowsAtATime };
    },
  };
}
