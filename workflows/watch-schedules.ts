import { proxyActivities } from '@temporalio/workflow';
import type { WatchActivities } from '../activities/watch-schedules.js';
import { databaseRetry } from './retries.js';
import { setVersioning } from './versioning.js';

const activities = proxyActivities<WatchActivities>({
  summary: 'Look at ticks and rules, tell alerts',
  startToCloseTimeout: '4 minutes',
  heartbeatTimeout: '1 minute',
  retry: { ...databaseRetry, maximumAttempts: 3 },
});

// It tells what others missed, so it must never wait for workers that are gone itself.
setVersioning('AUTO_UPGRADE', watchSchedules);

/** The watchdog: one look at the ticks that were due and at what the alert rules name; then the alerts are told. */
export async function watchSchedules(): Promise<{ told: number }> {
  return activities.watchSchedules();
}
