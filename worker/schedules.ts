import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import type { reconcileRuns } from '../workflows/reconcile-runs.js';
import { runsTaskQueue } from '../workflows/task-queues.js';
import { reconcileScheduleId, reconcileWorkflowId } from '../workflows/workflow-ids.js';
import type { WorkerSettings } from './config.js';

function schedules(settings: WorkerSettings) {
  return [
    {
      scheduleId: reconcileScheduleId,
      spec: { intervals: [{ every: `${settings.RECONCILE_INTERVAL_SECONDS}s` as const }] },
      action: {
        type: 'startWorkflow' as const,
        workflowType: 'reconcileRuns' satisfies typeof reconcileRuns.name,
        workflowId: reconcileWorkflowId,
        taskQueue: runsTaskQueue,
        args: [],
        workflowExecutionTimeout: '5 minutes' as const,
        staticSummary: 'Bring rows and workflows together again',
      },
      // The next tick sees whatever a missed or slow one left.
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10s' as const },
    },
  ];
}

/** Creates each schedule of this file, or brings it up to date. Safe from several workers at once. */
export async function applySchedules(client: Client, settings: WorkerSettings): Promise<void> {
  for (const schedule of schedules(settings)) {
    try {
      await client.schedule.create(schedule);
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      await client.schedule
        .getHandle(schedule.scheduleId)
        .update((previous) => ({ ...schedule, state: previous.state }));
    }
  }
}
