import { continueAsNew, proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { SweepActivities } from '../activities/sweep-postings.js';
import { databaseRetry } from './retries.js';
import { setVersioning } from './versioning.js';

const activities = proxyActivities<SweepActivities>({
  summary: 'Close and remove some of what is old',
  startToCloseTimeout: '1 minute',
  retry: { ...databaseRetry, maximumAttempts: 5 },
});

/** Steps in one execution: what is left after them is the next one's. */
const stepsPerExecution = 50;

// Goes on as new again and again: it moves to the newest build between its steps.
setVersioning('AUTO_UPGRADE', sweepPostings);

/**
 * Closes postings past their time, removes those that nobody's results refer to, and forgets old ticks without runs,
 * requests for ticks and alerts that are over, in small steps.
 */
export async function sweepPostings(): Promise<{ closed: number; removed: number; forgotten: number }> {
  const total = { closed: 0, removed: 0, forgotten: 0 };
  for (let step = 0; step < stepsPerExecution; step += 1) {
    // A worker of an older build says nothing of the last.
    const { closed, removed, forgotten = 0, more } = await activities.sweepPostings();
    total.closed += closed;
    total.removed += removed;
    total.forgotten += forgotten;
    setCurrentDetails(
      `${total.closed} postings closed, ${total.removed} removed, ${total.forgotten} ticks, requests and alerts forgotten, in ${step + 1} steps`,
    );
    if (!more) return total;
  }
  return continueAsNew<typeof sweepPostings>();
}
