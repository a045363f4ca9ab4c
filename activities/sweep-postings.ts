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
  /** Ticks that made no run, requests for ticks, and alerts that are over are forgotten after so many days each. */
  tickDays: number;
  tickRequestDays: number;
  alertDays: number;
  /** Each step takes at most so many rows: no transaction is long. */
  rowsAtATime: number;
}

export interface Swept {
  closed: number;
  removed: number;
  leftovers: number;
  /** Ticks, requests for ticks, and alerts. */
  forgotten: number;
  /** There was more than one step takes. */
  more: boolean;
}

export type SweepActivities = ReturnType<typeof createSweepActivities>;

/** What is old goes: one step of closing postings past their time and removing what nobody needs. */
export function createSweepActivities({
  rpc,
  unseenDays,
  retentionDays,
  queryDays,
  tickDays,
  tickRequestDays,
  alertDays,
  rowsAtATime,
}: SweepDependencies) {
  return {
    async sweepPostings(): Promise<Swept> {
      const limit = { p_limit: rowsAtATime };
      const closed = await rpc('close_old_postings', { p_unseen_days: unseenDays, ...limit }, z.number());
      const removed = await rpc('purge_postings', { p_retention_days: retentionDays, ...limit }, z.number());
      const leftovers = await rpc('purge_sync_leftovers', { p_query_days: queryDays }, z.number());
      const records = await rpc(
        'purge_schedule_records',
        { p_tick_days: tickDays, p_request_days: tickRequestDays, p_alert_days: alertDays, ...limit },
        z.object({ ticks: z.number(), requests: z.number(), alerts: z.number() }),
      );
      const purged = Object.values(records);
      return {
        closed,
        removed,
        leftovers,
        forgotten: purged.reduce((sum, rows) => sum + rows, 0),
        more: [closed, removed, ...purged].some((rows) => rows >= rowsAtATime),
      };
    },
  };
}
