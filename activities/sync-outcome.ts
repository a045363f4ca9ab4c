import { z } from 'zod';
import { boardErrorClassSchema } from '../domain/board.js';
import type { BoardErrorClass } from '../domain/board-errors.js';
import type { SourceKey } from '../domain/source.js';
import type { Rpc } from './rpc.js';

export interface SyncOutcomeDependencies {
  rpc: Rpc;
  /** A source that failed is left alone for this long, in seconds; longer where the board said so. */
  failurePauseSeconds: number;
}

export type SyncOutcomeActivities = ReturnType<typeof createSyncOutcomeActivities>;

/** Writes down how a sync ended: what makes a source fresh, or lets it rest. */
export function createSyncOutcomeActivities({ rpc, failurePauseSeconds }: SyncOutcomeDependencies) {
  return {
    async finishSync(sync: {
      source: SourceKey;
      pages: number;
      read: number;
      new: number;
      skipped: number;
      /** The source's whole list was read: what it did not name is closed. */
      whole?: boolean;
    }): Promise<void> {
      await rpc(
        'finish_source_sync',
        {
          p_source: sync.source,
          p_pages: sync.pages,
          p_read: sync.read,
          p_new: sync.new,
          p_skipped: sync.skipped,
          p_whole: sync.whole ?? false,
        },
        z.number(),
      );
    },

    async failSync({
      source,
      cause,
    }: {
      source: SourceKey;
      cause: { type: string; message: string; retryAfterSeconds?: number };
    }): Promise<{ errorClass: BoardErrorClass; message: string }> {
      // A failure that is no board's answer, of the database say, is ours: upstream of what people wait for.
      const errorClass = boardErrorClassSchema.safeParse(cause.type).data ?? 'upstream';
      const pause = Math.ceil(Math.max(failurePauseSeconds, cause.retryAfterSeconds ?? 0));
      await rpc(
        'fail_source_sync',
        { p_source: source, p_class: errorClass, p_message: cause.message, p_pause_seconds: pause },
        z.null(),
      );
      return { errorClass, message: cause.message };
    },
  };
}
