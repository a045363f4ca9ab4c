import { z } from 'zod';
import { boardErrorClassSchema } from './board.js';

/** The states of a search run. The database's trigger holds every change to `runTransitions`. */
export const runStatuses = ['pending', 'running', 'success', 'failed', 'cancelled'] as const;
export const runStatusSchema = z.enum(runStatuses);
export type RunStatus = z.infer<typeof runStatusSchema>;

export const runTransitions: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  pending: ['running', 'failed', 'cancelled'],
  running: ['success', 'failed', 'cancelled'],
  success: [],
  failed: [],
  cancelled: [],
};

export const isFinished = (status: RunStatus) => runTransitions[status].length === 0;

/** Who asked for the run. */
export const runSources = ['manual', 'cron'] as const;
export const runSourceSchema = z.enum(runSources);
export type RunSource = z.infer<typeof runSourceSchema>;

/** What started a run: a person, the schedule, or a person who does an earlier run again. */
export const runTriggers = ['manual', 'schedule', 'rerun'] as const;
export const runTriggerSchema = z.enum(runTriggers);
export type RunTrigger = z.infer<typeof runTriggerSchema>;

export function runTrigger(source: RunSource, rerunOf: string | null): RunTrigger {
  if (source === 'cron') return 'schedule';
  return rerunOf === null ? 'manual' : 'rerun';
}

/** The states of one board within a run. `skipped`: it cannot be asked here, for want of a key, say. */
export const boardStates = ['queued', 'running', 'success', 'failed', 'cancelled', 'skipped'] as const;
export const boardStateSchema = z.enum(boardStates);
export type BoardState = z.infer<typeof boardStateSchema>;

/** Why a run as a whole failed: a board's class when every board failed, or what befell its workflow. */
export const runErrorClassSchema = z.enum([
  ...boardErrorClassSchema.options,
  'all_boards_failed',
  'workflow_terminated',
  'workflow_timed_out',
  'workflow_failed',
  'workflow_lost',
]);
export type RunErrorClass = z.infer<typeof runErrorClassSchema>;

/** What a browser says of itself when it starts a run; kept for the history ("started on a phone"). */
export const clientContextSchema = z.object({
  device: z.enum(['phone', 'tablet', 'desktop', 'other']),
  browser: z.string().max(40).optional(),
  os: z.string().max(40).optional(),
});

/**
 * The outcome of a run by its boards' final states: it fails only when every board did; one board that
 * answered is a success.
 */
export function runOutcome(boards: readonly BoardState[]): 'success' | 'failed' {
  return boards.some((state) => state === 'success') ? 'success' : 'failed';
}
