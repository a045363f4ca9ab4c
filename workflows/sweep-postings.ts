import { continueAsNew, proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { SweepActivities } from '../activities/sweep-postings.js';
import { databaseRetry } from './retries.js';
import { setVersioning } from './versioning.js';

const activities = proxyActivities<SweepActivities>({
  summary: 'Close and remove some old postings',
  startToCloseTimeout: '1 minute',
  retry: { ...databaseRetry, maximumAttempts: 5 },
});

/** Steps in one execution: what is left after them is the next one's. */
const stepsPerExecution = 50;

// Goes on as new again and again: it moves to the newest build between its steps.
setVersioning('AUTO_UPGRADE', sweepPostings);

/** Closes postings past their time and removes those that nobody's results refer to, in small steps. */
export async function sweepPostings(): Promise<{ closed: number; removed: number }> {
  const total = { closed: 0, removed: 0 };
  for (let step = 0; step < stepsPerExecution; step += 1) {
    const { closed, removed, more } = await activities.sweepPostings();
    total.closed += closed;
    total.removed += removed;
    setCurrentDetails(`${total.closed} postings closed, ${total.removed} removed, in ${step + 1} steps`);
    if (!more) return total;
  }
  return continueAsNew<typeof sweepPostings>();
}
