import { proxyActivities } from '@temporalio/workflow';
import type { ReconcileActivities } from '../activities/reconcile-runs.js';
import { databaseRetry } from './retries.js';

const activities = proxyActivities<ReconcileActivities>({
  startToCloseTimeout: '1 minute',
  retry: { ...databaseRetry, maximumAttempts: 3 },
});

/** Brings rows and workflows together again: starts what was accepted and not begun, closes what is gone. */
export async function reconcileRuns(): Promise<{ started: number; closed: number; cancelled: number }> {
  return activities.reconcileRuns();
}
