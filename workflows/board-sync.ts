import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  patched,
  proxyActivities,
  setCurrentDetails,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { SyncOutcomeActivities } from '../activities/sync-outcome.js';
import type { PagesRead, SyncProgress, SyncSourceActivities } from '../activities/sync-source.js';
import { boardOfSource, type SourceKey } from '../domain/source.js';
import { describeFailure } from './failures.js';
import { boardRetry, databaseRetry, mostInterruptions } from './retries.js';
import { boardTaskQueue } from './task-queues.js';
import { setVersioning } from './versioning.js';

export interface BoardSyncInput {
  source: SourceKey;
  /** A source read this lately is left alone: two runs that ask one after the other fetch it once. */
  freshSeconds: number;
}

export interface BoardSyncResult {
  pages: number;
  read: number;
  new: number;
  skipped: number;
}

const { finishSync, failSync } = proxyActivities<SyncOutcomeActivities>({
  startToCloseTimeout: '30s',
  retry: databaseRetry,
});

// Ends within its 45 minutes on the build that began it.
setVersioning('PINNED', boardSync);

/**
 * Reads one source whole into the catalogue. Fails with the board's error class as the failure's type, after the
 * class is written down for those who ask before the source may be called again.
 */
export async function boardSync({ source, freshSeconds }: BoardSyncInput): Promise<BoardSyncResult> {
  const { syncPages } = proxyActivities<SyncSourceActivities>({
    taskQueue: boardTaskQueue(boardOfSource(source)),
    startToCloseTimeout: '10 minutes',
    heartbeatTimeout: '15s',
    retry: boardRetry,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  });

  const total: BoardSyncResult = { pages: 0, read: 0, new: 0, skipped: 0 };
  let cursor: string | null = null;
  let whole = false;
  let isRead = false;
  let interruptions = 0;
  try {
    while (!isRead) {
      const read: PagesRead = await syncPages
        .executeWithOptions(
          { summary: cursor === null ? `Read ${source}` : `Read ${source} from ${cursor}` },
          [{ source, cursor, freshSeconds }],
        )
        .catch((error) => {
          interruptions += 1;
          return readBefore(error, interruptions);
        });
      if (read.alreadyFresh) return total;
      total.pages += read.pages;
      total.read += read.read;
      total.new += read.new;
      total.skipped += read.skipped;
      setCurrentDetails(`${total.pages} pages, ${total.read} postings read, ${total.new} new`);
      whole = read.whole;
      isRead = read.pages > 0 && read.nextCursor === null;
      cursor = read.nextCursor ?? cursor;
    }
  } catch (error) {
    if (isCancellation(error)) throw error;
    const failure = await failSync.executeWithOptions({ summary: 'Write down what went wrong' }, [
      { source, cause: describeFailure(error) },
    ]);
    throw ApplicationFailure.create({
      type: failure.errorClass,
      message: failure.message,
      nonRetryable: true,
    });
  }
  await finishSync.executeWithOptions({ summary: 'Close what the board lists no more, mark it as fresh' }, [
    { source, ...total, whole },
  ]);
  return total;
}

/**
 * What was read when the workers died over it again and again: its three attempts are there for the board, which did nothing
 * wrong.
 * @throws the error when it is another one, or when that happened too often.
 */
function readBefore(error: unknown, interruptions: number): PagesRead {
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  const isInterrupted = cause instanceof TimeoutFailure && cause.timeoutType === 'HEARTBEAT';
  if (!isInterrupted || interruptions > mostInterruptions) throw error;
  if (!patched('syncs-outlive-their-workers')) throw error;
  const { cursor = null, ...read } = (cause.lastHeartbeatDetails ?? {}) as Partial<SyncProgress>;
  return { pages: 0, read: 0, new: 0, skipped: 0, whole: false, ...read, nextCursor: cursor };
}
