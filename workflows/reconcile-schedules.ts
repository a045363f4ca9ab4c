import { continueAsNew, proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { ReconcileSchedulesActivities } from '../activities/reconcile-schedules.js';
import { databaseRetry } from './retries.js';
import { setVersioning } from './versioning.js';

const activities = proxyActivities<ReconcileSchedulesActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { ...databaseRetry, maximumAttempts: 3 },
});

/** Pages in one execution: what is left after them is the next one's. */
const pagesPerExecution = 50;

// It repairs what others left, so it must never wait for workers that are gone itself.
setVersioning('AUTO_UPGRADE', reconcileSchedules);

export interface ReconcileSchedulesInput {
  /** Compares everything, both ways; otherwise it takes what changed. */
  whole: boolean;
  /** Goes on after this saved search. */
  after?: string;
}

/** Brings the Schedules of saved searches with times of their own to what their rows say. */
export async function reconcileSchedules({ whole, after }: ReconcileSchedulesInput): Promise<void> {
  if (whole) {
    if (after === undefined)
      await activities.disownStrangeSchedules.executeWithOptions(
        { summary: 'Remove schedules that no saved search has' },
        [],
      );
    let next = after ?? null;
    for (let page = 0; page < pagesPerExecution; page += 1) {
      ({ next } = await activities.mendSchedules.executeWithOptions(
        { summary: `Mend a page of schedules, after ${next ?? 'none'}` },
        [next],
      ));
      setCurrentDetails(next === null ? 'All are compared.' : `${page + 1} pages compared, up to ${next}`);
      if (next === null) break;
    }
    if (next !== null) return continueAsNew<typeof reconcileSchedules>({ whole, after: next });
  }
  await activities.applyChangedSchedules.executeWithOptions({ summary: 'Apply what people changed' }, []);
}
