import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import type { reconcileRuns } from '../workflows/reconcile-runs.js';
import type { reconcileSchedules } from '../workflows/reconcile-schedules.js';
import type { sweepPostings } from '../workflows/sweep-postings.js';
import { runsTaskQueue } from '../workflows/task-queues.js';
import {
  compareSchedulesId,
  reconcileScheduleId,
  reconcileSchedulesId,
  reconcileWorkflowId,
  sweepScheduleId,
  sweepWorkflowId,
} from '../workflows/workflow-ids.js';
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
    {
      scheduleId: reconcileSchedulesId,
      spec: { intervals: [{ every: `${settings.RECONCILE_SCHEDULES_INTERVAL_SECONDS}s` as const }] },
      action: reconcileSchedulesAction(reconcileSchedulesId, false, 'Bring changed own times to Temporal'),
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10s' as const },
    },
    {
      scheduleId: compareSchedulesId,
      spec: { intervals: [{ every: `${settings.COMPARE_SCHEDULES_INTERVAL_SECONDS}s` as const }] },
      action: reconcileSchedulesAction(compareSchedulesId, true, 'Compare all own times with Temporal'),
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' as const },
    },
    {
      scheduleId: sweepScheduleId,
      spec: {
        intervals: [{ every: `${settings.SWEEP_INTERVAL_SECONDS}s` as const }],
        jitter: '30s' as const,
      },
      action: {
        type: 'startWorkflow' as const,
        workflowType: 'sweepPostings' satisfies typeof sweepPostings.name,
        workflowId: sweepWorkflowId,
        taskQueue: runsTaskQueue,
        args: [],
        workflowExecutionTimeout: '1 hour' as const,
        staticSummary: 'Close postings past their time, remove those that nobody needs',
      },
      // What a missed one left is the next one's.
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' as const },
    },
  ];
}

function reconcileSchedulesAction(workflowId: string, whole: boolean, staticSummary: string) {
  return {
    type: 'startWorkflow' as const,
    workflowType: 'reconcileSchedules' satisfies typeof reconcileSchedules.name,
    workflowId,
    taskQueue: runsTaskQueue,
    args: [{ whole }],
    workflowExecutionTimeout: '1 hour' as const,
    staticSummary,
  };
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
