import {
  continueAsNew,
  isCancellation,
  log,
  proxyActivities,
  setCurrentDetails,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { FreshenActivities } from '../activities/freshen-board.js';
import type { TickActivities, TickTotals } from '../activities/refresh-tick.js';
import type { BoardName } from '../domain/board.js';
import type { TickCause } from '../domain/schedule.js';
import { databaseRetry } from './retries.js';
import { scheduledTimeAttribute, tickIdAttribute } from './search-attributes.js';
import { syncWaitsTaskQueue } from './task-queues.js';
import { setVersioning } from './versioning.js';

export interface RefreshTickInput {
  /** Its id, in Temporal and in the tick's own id. */
  schedule: string;
  /** The one saved search of a schedule of its own. */
  savedSearchId?: string;
  /** When the tick was due, by the minute. Of a schedule's own action Temporal says it. */
  dueAt?: string;
  cause?: TickCause;
}

const { beginTick, runTickPage } = proxyActivities<TickActivities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '15s',
  retry: databaseRetry,
});

// Goes on as new again and again, and a tick must not wait for workers that are gone.
setVersioning('AUTO_UPGRADE', refreshTick);

/**
 * One tick of a schedule: the boards are freshened once for everybody, then each due saved search gets its run, page by
 * page. The tick's row knows how far it is: the same tick again goes on there, or changes nothing when it was completed.
 */
export async function refreshTick(input: RefreshTickInput): Promise<TickTotals & { tick: string }> {
  const { schedule, savedSearchId = null, cause = 'schedule' } = input;
  const { typedSearchAttributes, startTime } = workflowInfo();
  const dueAt = input.dueAt ?? (typedSearchAttributes.get(scheduledTimeAttribute) ?? startTime).toISOString();

  const begun = await beginTick.executeWithOptions({ summary: `Begin the tick of ${dueAt}` }, [
    { schedule, savedSearchId, dueAt, cause },
  ]);
  const { tick } = begun;
  upsertSearchAttributes([{ key: tickIdAttribute, value: tick }]);
  if (begun.boards.length > 0) await freshenBoards(begun.boards, begun.freshenSeconds);

  let { completed, runs, leftOut }: TickTotals = begun;
  for (let page = 0; !completed; page += 1) {
    if (page === begun.pagesPerExecution) {
      return continueAsNew<typeof refreshTick>({ ...input, dueAt });
    }
    ({ completed, runs, leftOut } = await runTickPage.executeWithOptions(
      { summary: `Run the next due saved searches, after ${runs} runs` },
      [tick],
    ));
    setCurrentDetails(describe(tick, runs, leftOut));
  }
  return { tick, completed, runs, leftOut };
}

/** Side by side, and no longer than the runs should wait: what takes longer is joined by the runs themselves. */
async function freshenBoards(boards: BoardName[], seconds: number): Promise<void> {
  const { freshenBoard } = proxyActivities<FreshenActivities>({
    taskQueue: syncWaitsTaskQueue,
    scheduleToCloseTimeout: `${seconds}s`,
    heartbeatTimeout: '10s',
    retry: databaseRetry,
  });
  const told = new Map<BoardName, string>(boards.map((board) => [board, 'reading']));
  const tell = () =>
    setCurrentDetails(
      `Freshening the boards\n\n${[...told].map(([board, state]) => `- **${board}**: ${state}`).join('\n')}`,
    );
  tell();
  await Promise.all(
    boards.map(async (board) => {
      try {
        const { read, failed } = await freshenBoard.executeWithOptions(
          { summary: `Freshen ${board} for every due search` },
          [board],
        );
        told.set(
          board,
          failed === 0 ? `fresh, ${read} sources read` : `${read} sources read, ${failed} failed`,
        );
      } catch (error) {
        if (isCancellation(error)) throw error;
        told.set(board, 'not fresh in time: left to the runs');
        log.warn('board not freshened', { board, error });
      }
      tell();
    }),
  );
}

function describe(tick: string, runs: number, leftOut: Record<string, number>): string {
  const reasons = Object.entries(leftOut).map(([reason, times]) => `${times} ${reason.replace('_', ' ')}`);
  return `${tick}: ${runs} runs${reasons.length > 0 ? `, left out: ${reasons.join(', ')}` : ''}`;
}
