import {
  ActivityCancellationType,
  ApplicationFailure,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
} from '@temporalio/workflow';
import type { SyncOutcomeActivities } from '../activities/sync-outcome.js';
import type { PagesRead, SyncSourceActivities } from '../activities/sync-source.js';
import { boardOfSource, type SourceKey } from '../domain/source.js';
import { describeFailure } from './failures.js';
import { boardRetry, databaseRetry } from './retries.js';
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
  try {
    do {
      const { nextCursor, alreadyFresh, ...read }: PagesRead = await syncPages.executeWithOptions(
        { summary: cursor === null ? `Read ${source}` : `Read ${source} from ${cursor}` },
        [{ source, cursor, freshSeconds }],
      );
      if (alreadyFresh) return total;
      total.pages += read.pages;
      total.read += read.read;
      total.new += read.new;
      total.skipped += read.skipped;
      setCurrentDetails(`${total.pages} pages, ${total.read} postings read, ${total.new} new`);
      whole = read.whole;
      cursor = nextCursor;
    } while (cursor !== null);
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
