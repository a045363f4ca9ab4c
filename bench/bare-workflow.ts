import { proxyActivities } from '@temporalio/workflow';

const { nothing } = proxyActivities<{ nothing(): Promise<void> }>({ startToCloseTimeout: '30s' });

/** As many activities one after the other, doing nothing: what Temporal itself costs on this machine. */
export async function bareRun(activitiesInARow: number): Promise<void> {
  for (let done = 0; done < activitiesInARow; done += 1) await nothing();
}
