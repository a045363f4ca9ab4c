import {
  ActivityCancellationType,
  CancellationScope,
  isCancellation,
  log,
  patched,
  proxyActivities,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import type { LeaveSyncsActivities } from '../activities/leave-syncs.js';
import type { RunActivities } from '../activities/run-activities.js';
import type { SearchBoardActivities } from '../activities/search-board.js';
import type { BoardName } from '../domain/board.js';
import { databaseRetry } from './retries.js';
import { syncWaitsTaskQueue } from './task-queues.js';
import { setVersioning } from './versioning.js';

const { startRun, finishRun, leaveSyncs } = proxyActivities<RunActivities & LeaveSyncsActivities>({
  startToCloseTimeout: '30s',
  retry: databaseRetry,
});

const boards = proxyActivities<SearchBoardActivities>({
  taskQueue: syncWaitsTaskQueue,
  // Longer than a sync with its three attempts and their longest pauses. One whose workers die may take longer, and is waited
  // for in another attempt.
  startToCloseTimeout: '20 minutes',
  heartbeatTimeout: '20s',
  retry: databaseRetry,
  // The run says cancelled only when nothing of it is at work any more.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

export interface SearchRunInput {
  runId: string;
}

export interface SearchRunResult {
  status: string;
  found: number;
  new: number;
}

// Minutes long, and somebody waits: it ends on the build that began it.
setVersioning('PINNED', searchRun);

/**
 * One search: the row begins, each board is made fresh and matched, the row ends. Boards that are fresh already
 * are matched by the first step; one board failing is not a failed search.
 */
export async function searchRun({ runId }: SearchRunInput): Promise<SearchRunResult | null> {
  try {
    const begun = await startRun.executeWithOptions(
      { summary: 'Begin, and match the boards that are fresh' },
      [runId],
    );
    if (begun.finished) return null;
    await leavingWhenCancelled(runId, Promise.all(searchStaleBoards(runId, begun.boards)));
    return await finish({ runId, end: 'done' });
  } catch (error) {
    if (!isCancellation(error)) throw error;
    return await CancellationScope.nonCancellable(() => finish({ runId, end: 'cancelled' }));
  }
}

/**
 * Once the run is cancelled it leaves the syncs that it waits for, at once: `searching` ends when each board's activity has
 * heard of it as well.
 */
async function leavingWhenCancelled(runId: string, searching: Promise<unknown>): Promise<void> {
  const left = CancellationScope.current().cancelRequested.catch(async () => {
    if (!patched('cancelled-runs-leave-at-once')) return;
    await CancellationScope.nonCancellable(() =>
      leaveSyncs.executeWithOptions({ summary: 'Wait for no board any more' }, [runId]),
    );
  });
  try {
    await searching;
  } catch (error) {
    if (CancellationScope.current().consideredCancelled) await left;
    throw error;
  }
}

/** A run that has begun ends before others of its kind begin: else thousands would be half done at a time. */
function finish(end: Parameters<RunActivities['finishRun']>[0]) {
  const { priority } = workflowInfo();
  const { priorityKey = 1 } = priority ?? {};
  return finishRun.executeWithOptions(
    {
      priority: { ...priority, priorityKey: Math.max(1, priorityKey - 1) },
      summary:
        end.end === 'done' ? 'Count what was found and end the search' : 'Mark the search as cancelled',
    },
    [end],
  );
}

function searchStaleBoards(runId: string, stale: BoardName[]): Promise<void>[] {
  const told = new Map<BoardName, string>(stale.map((board) => [board, 'reading']));
  const tell = () =>
    setCurrentDetails([...told].map(([board, state]) => `- **${board}**: ${state}`).join('\n'));
  if (stale.length > 0) tell();

  return stale.map(async (board) => {
    try {
      const outcome = await boards.searchBoard.executeWithOptions(
        { summary: `Search ${board}, once its postings are fresh` },
        [{ runId, board }],
      );
      told.set(board, `${outcome.state}, ${outcome.found} found, ${outcome.new} new`);
      log.info('board searched', { board, ...outcome });
    } catch (error) {
      if (isCancellation(error)) throw error;
      // An error of ours is this board's too, not the whole search's: the end of the run marks it as failed.
      told.set(board, 'failed');
      log.error('board not searched', { board, error });
    }
    tell();
  });
}
