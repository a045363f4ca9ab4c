import { z } from 'zod';
import { type BoardName, boardNameSchema } from '../domain/board.js';
import { runStatusSchema } from '../domain/run.js';
import type { TermsOf } from './board-terms.js';
import { boards } from './boards/registry.js';
import type { Rpc } from './rpc.js';

const begunSchema = z.object({ finished: z.boolean(), boards: z.array(boardNameSchema) });
/** `null`: the row is gone, as when the person's account was deleted meanwhile. */
const finishedSchema = z.object({ status: runStatusSchema, found: z.number(), new: z.number() }).nullable();

export type RunActivities = ReturnType<typeof createRunActivities>;

/** The two ends of a run's row. */
export function createRunActivities({ rpc, termsOf }: { rpc: Rpc; termsOf: TermsOf }) {
  return {
    /**
     * The row says running; boards that are fresh are matched already. Returns the boards that are not.
     * `finished`: the row ended before its workflow began (cancelled while it waited).
     */
    async startRun(runId: string): Promise<{ finished: boolean; boards: BoardName[] }> {
      const known = Object.fromEntries(
        boards.map(({ name, kind }) => [
          name,
          { company: kind === 'company', freshSeconds: termsOf(name).freshSeconds },
        ]),
      );
      return rpc('start_search_run', { p_run: runId, p_boards: known }, begunSchema);
    },

    /** The row says how it ended. Repeating it on a finished run changes nothing and tells how that one ended. */
    async finishRun({ runId, end }: { runId: string; end: 'done' | 'cancelled' }) {
      return rpc('finish_search_run', { p_run: runId, p_end: end }, finishedSchema);
    },
  };
}
