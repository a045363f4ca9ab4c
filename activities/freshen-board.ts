import { Context } from '@temporalio/activity';
import { Semaphore } from 'async-mutex';
import { z } from 'zod';
import type { BoardName } from '../domain/board.js';
import type { TermsOf } from './board-terms.js';
import { boardByName } from './boards/registry.js';
import { heartbeating } from './heartbeat.js';
import type { Rpc } from './rpc.js';
import { allOrFirstFailure, type Syncs } from './search-board.js';

export interface FreshenDependencies {
  rpc: Rpc;
  termsOf: TermsOf;
  syncs: Syncs;
  /** Sources of one board that are waited for at a time. */
  syncsAtATime: number;
}

export type FreshenActivities = ReturnType<typeof createFreshenActivities>;

/** Reads a board's stale sources for everybody, before many runs want them: each joins or starts the source's sync. */
export function createFreshenActivities({ rpc, termsOf, syncs, syncsAtATime }: FreshenDependencies) {
  return {
    /** A source that cannot be read is no failure here: each run tells it as its board's outcome. */
    async freshenBoard(board: BoardName): Promise<{ read: number; failed: number }> {
      const { freshSeconds } = termsOf(board);
      const { cancellationSignal: signal } = Context.current();
      const outcome = { read: 0, failed: 0 };
      const waits = new Semaphore(syncsAtATime);
      const freshen = async (source: string) => {
        signal.throwIfAborted();
        const { end } = await syncs.join(source, freshSeconds, signal);
        // Stopped by whoever left it last or by an operator: runs that want it start it again.
        if (end === 'done') outcome.read += 1;
        else outcome.failed += 1;
      };
      await heartbeating(
        () => outcome,
        async () => {
          const stale = await rpc(
            'stale_sources',
            { p_board: board, p_kind: boardByName(board).kind, p_fresh_seconds: freshSeconds },
            z.array(z.string()),
          );
          await allOrFirstFailure(stale.map((source) => waits.runExclusive(() => freshen(source))));
        },
      );
      return outcome;
    },
  };
}
