import { Context } from '@temporalio/activity';
import { z } from 'zod';
import { type BoardName, boardErrorClassSchema } from '../domain/board.js';
import type { BoardErrorClass } from '../domain/board-errors.js';
import { type SourceFailure, summariseFailures } from '../domain/board-outcome.js';
import { type BoardState, boardStateSchema } from '../domain/run.js';
import type { SourceKey } from '../domain/source.js';
import type { TermsOf } from './board-terms.js';
import { boardByName } from './boards/registry.js';
import { heartbeatingAmongMany } from './heartbeat.js';
import type { Rpc } from './rpc.js';

/** How a sync that was waited for ended. `cancelled`: somebody stopped it, it may be started again. */
export type SyncEnd =
  | { end: 'done' }
  | { end: 'cancelled' }
  | { end: 'failed'; errorClass: string; message: string };

/** The syncs of the fleet, of which there is one a source at a time. */
export interface Syncs {
  /** Starts the source's sync or joins the one under way, and waits. Rejects with the signal's reason on abort. */
  join(source: SourceKey, freshSeconds: number, signal: AbortSignal): Promise<SyncEnd>;
  /** Stops the source's sync, if there is one. */
  cancel(source: SourceKey): Promise<void>;
}

export interface SearchBoardDependencies {
  rpc: Rpc;
  termsOf: TermsOf;
  syncs: Syncs;
  /** Sources of one board that one run waits for at a time. */
  syncsAtATime: number;
}

const begunSchema = z
  .object({
    total: z.number(),
    fresh: z.number(),
    stale: z.array(z.string()),
    resting: z.array(
      z.object({
        source: z.string(),
        class: boardErrorClassSchema.nullable(),
        message: z.string().nullable(),
      }),
    ),
  })
  .nullable();
const outcomeSchema = z.object({ state: boardStateSchema, found: z.number(), new: z.number() });

export type SearchBoardActivities = ReturnType<typeof createSearchBoardActivities>;

/** One board's turn in a run: wait until its sources are fresh, then match what the catalogue holds of it. */
export function createSearchBoardActivities({ rpc, termsOf, syncs, syncsAtATime }: SearchBoardDependencies) {
  /** Waits for one source as one of those who want it; the last one who leaves a sync for good stops it. */
  async function freshen(
    source: SourceKey,
    runId: string,
    freshSeconds: number,
  ): Promise<SourceFailure | null> {
    const context = Context.current();
    const signal = context.cancellationSignal;
    const waiter = { p_source: source, p_run: runId };
    try {
      for (;;) {
        // The row knows that its run is to be cancelled before a heartbeat tells it here.
        if (!(await rpc('wait_for_source_sync', waiter, z.boolean()))) await context.cancelled;
        signal.throwIfAborted();
        const sync = await syncs.join(source, freshSeconds, signal);
        if (sync.end === 'done') return null;
        if (sync.end === 'failed') {
          const errorClass: BoardErrorClass =
            boardErrorClassSchema.safeParse(sync.errorClass).data ?? 'upstream';
          return { source, errorClass, message: sync.message };
        }
      }
    } finally {
      // A worker that shuts down hands this activity to another one, which goes on waiting.
      if (!context.cancellationDetails?.workerShutdown) {
        const others = await rpc('leave_source_sync', waiter, z.number());
        if (signal.aborted && others === 0) await syncs.cancel(source);
      }
    }
  }

  async function search(
    runId: string,
    board: BoardName,
    progress: Progress,
  ): Promise<{ state: BoardState; found: number; new: number }> {
    const { kind } = boardByName(board);
    const { freshSeconds } = termsOf(board);
    const target = { p_run: runId, p_board: board };

    const begun = await rpc(
      'begin_run_board',
      { ...target, p_kind: kind, p_fresh_seconds: freshSeconds },
      begunSchema,
    );
    if (begun === null) return { state: 'cancelled', found: 0, new: 0 };

    const { failures } = progress;
    progress.done = begun.fresh;
    for (const { source, class: errorClass, message } of begun.resting) {
      failures.push({
        source,
        errorClass: errorClass ?? 'upstream',
        message: message ?? 'The last attempt failed a moment ago.',
      });
    }
    const waiting = [...begun.stale];
    const freshenOneByOne = async () => {
      for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
        const failure = await freshen(source, runId, freshSeconds);
        if (failure) failures.push(failure);
        else progress.done += 1;
        await rpc(
          'report_run_board',
          { ...target, p_done: progress.done, p_failed: failures.length },
          z.null(),
        );
      }
    };
    await allOrFirstFailure(Array.from({ length: syncsAtATime }, freshenOneByOne));

    const failed = summariseFailures(failures, begun.total);
    return rpc(
      'finish_run_board',
      {
        ...target,
        p_done: progress.done,
        p_failed: failures.length,
        p_class: failed?.errorClass ?? null,
        p_message: failed?.message ?? null,
      },
      outcomeSchema,
    );
  }

  return {
    async searchBoard({
      runId,
      board,
    }: {
      runId: string;
      board: BoardName;
    }): Promise<{ state: BoardState; found: number; new: number }> {
      const progress: Progress = { done: 0, failures: [] };
      // All of it: a database that is slow to match must not have the board taken for dead and matched once more.
      return heartbeatingAmongMany(
        () => ({ done: progress.done, failed: progress.failures.length }),
        () => search(runId, board, progress),
      );
    },
  };
}

/** Sources of a board, by how their syncs ended. */
interface Progress {
  done: number;
  failures: SourceFailure[];
}

/** Like `Promise.all`, but nothing is left at work when it rejects: each has left its sync by then. */
export async function allOrFirstFailure(work: Promise<void>[]): Promise<void> {
  const settled = await Promise.allSettled(work);
  for (const outcome of settled) if (outcome.status === 'rejected') throw outcome.reason;
}
