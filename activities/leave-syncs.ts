import { z } from 'zod';
import type { Rpc } from './rpc.js';
import type { Syncs } from './search-board.js';

export type LeaveSyncsActivities = ReturnType<typeof createLeaveSyncsActivities>;

/** What a run's end by cancellation begins with. */
export function createLeaveSyncsActivities({ rpc, syncs }: { rpc: Rpc; syncs: Pick<Syncs, 'cancel'> }) {
  return {
    /**
     * The run waits for no sync any more; those that nobody else waits for are stopped. The activities that wait would do so
     * as well, when a heartbeat tells them: among hundreds that is seconds later.
     */
    async leaveSyncs(runId: string): Promise<void> {
      const unwanted = await rpc('leave_source_syncs', { p_run: runId }, z.array(z.string()));
      await Promise.all(unwanted.map((source) => syncs.cancel(source)));
    },
  };
}
