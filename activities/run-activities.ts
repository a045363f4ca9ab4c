import { z } from 'zod';
import { type BoardName, boardNameSchema } from '../domain/board.js';
import { runStatusSchema } from '../domain/run.js';
import type { TermsOf } from './board-terms.js';
import type { BoardSettings } from './boards/board.js';
import { availabilityOf, boards } from './boards/registry.js';
import type { Rpc } from './rpc.js';

const begunSchema = z.object({ finished: z.boolean(), boards: z.array(boardNameSchema) });
/** `null`: the row is gone, as when the person's account was deleted meanwhile. */
const finishedSchema = z.object({ status: runStatusSchema, found: z.number(), new: z.number() }).nullable();

export type RunActivities = ReturnType<typeof createRunActivities>;

export interface RunDependencies {
  rpc: Rpc;
  termsOf: TermsOf;
  /** What the boards need: a board for which something is missing is skipped. */
  boardSettings: BoardSettings;
}

/** The two ends of a run's row. */
export function createRunActivities({ rpc, termsOf, boardSettings }: RunDependencies) {
  const known = Object.fromEntries(
    boards.map((board) => [
      board.name,
      {
        kind: board.kind,
        freshSeconds: termsOf(board.name).freshSeconds,
        availability: availabilityOf(board, boardSettings),
      },
    ]),
  );
  return {
    /**
     * The row says running; boards that cannot be asked here are skipped, those that are fresh are matched already.
     * Returns the others.
     * `finished`: the row ended before its workflow began (cancelled while it waited).
     */
    async startRun(runId: string): Promise<{ finished: boolean; boards: BoardName[] }> {
      return rpc('start_search_run', { p_run: runId, p_boards: known }, begunSchema);
    },

    /** The row says how it ended. Repeating it on a finished run changes nothing and tells how that one ended. */
    async finishRun({ runId, end }: { runId: string; end: 'done' | 'cancelled' }) {
      return rpc('finish_search_run', { p_run: runId, p_end: end }, finishedSchema);
    },
  };
}
