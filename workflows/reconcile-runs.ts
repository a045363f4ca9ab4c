import { proxyActivities } from '@temporalio/workflow';
import type { ReconcileActivities, ReconcileCounts } from '../activities/reconcile-runs.js';
import { databaseRetry } from './retries.js';
import { setVersioning } from './versioning.js';

const activities = proxyActivities<ReconcileActivities>({
  summary: 'Compare rows, workflows and schedules',
  startToCloseTimeout: '1 minute',
  // The next one waits for this one to end: one whose worker died must not keep it for the whole minute.
  heartbeatTimeout: '10s',
  retry: { ...databaseRetry, maximumAttempts: 3 },
});

// It repairs what others left, so it must never wait for workers that are gone itself.
setVersioning('AUTO_UPGRADE', reconcileRuns);

/** Brings rows and workflows together again: starts what was accepted and not begun, closes or ends what is gone. */
export async function reconcileRuns(): Promise<ReconcileCounts> {
  return activities.reconcileRuns();
}
