import { type ScheduleDescriptionAction, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Duration } from '@temporalio/common';
import { serviceSchedules, type Timetable } from '../domain/schedule.js';
import type { reconcileRuns } from '../workflows/reconcile-runs.js';
import type { reconcileSchedules } from '../workflows/reconcile-schedules.js';
import type { refreshTick } from '../workflows/refresh-tick.js';
import type { sendDigests } from '../workflows/send-digests.js';
import { repairPriority, tickOptions } from '../workflows/start-options.js';
import type { sweepPostings } from '../workflows/sweep-postings.js';
import { runsTaskQueue } from '../workflows/task-queues.js';
import type { watchSchedules } from '../workflows/watch-schedules.js';
import {
  compareSchedulesId,
  reconcileScheduleId,
  reconcileSchedulesId,
  reconcileWorkflowId,
  sendDigestsScheduleId,
  sendDigestsWorkflowId,
  sweepScheduleId,
  sweepWorkflowId,
  watchScheduleId,
  watchWorkflowId,
} from '../workflows/workflow-ids.js';
import type { WorkerSettings } from './config.js';

/** Every schedule that the workers keep as this file and `domain/schedule.ts` say. */
export interface DefinedSchedule {
  scheduleId: string;
  /** When it is due: at the times of a timetable, or every so long. */
  due: Timetable | { every: Duration };
  /** Each time is put off by up to so long. */
  jitter?: Duration;
  action: ScheduleDescriptionAction;
  policies: { overlap: ScheduleOverlapPolicy; catchupWindow: Duration };
  /** One that is not there yet is created paused. */
  startsPaused?: boolean;
}

/** What the service's own times are created and changed with: docs/SCHEDULES.md tells why so. */
const servicePolicies = {
  // A tick that is due while the one before goes on waits for it, as does at most one.
  overlap: ScheduleOverlapPolicy.BUFFER_ONE,
  // Later than this a missed tick is the watchdog's: by then the next one is near.
  catchupWindow: '1 hour',
} satisfies DefinedSchedule['policies'];
/** Boards are not asked on the stroke of the hour, when everybody asks them. A tick keeps its minute. */
const serviceJitter: Duration = '30s';

export const definedServiceSchedules = (settings: WorkerSettings) =>
  settings.SERVICE_SCHEDULES === 'off' ? [] : serviceSchedules;

export function definedSchedules(settings: WorkerSettings): DefinedSchedule[] {
  return [
    {
      scheduleId: reconcileScheduleId,
      due: { every: `${settings.RECONCILE_INTERVAL_SECONDS}s` },
      action: {
        type: 'startWorkflow',
        workflowType: 'reconcileRuns' satisfies typeof reconcileRuns.name,
        workflowId: reconcileWorkflowId,
        taskQueue: runsTaskQueue,
        args: [],
        workflowExecutionTimeout: '5 minutes',
        priority: repairPriority,
        staticSummary: 'Bring rows and workflows together again',
        staticDetails:
          'Starts accepted searches whose start failed, closes those whose workflow is gone, repairs schedules that were changed. Its result counts each; paused, such searches wait.',
      },
      // The next tick sees whatever a missed or slow one left.
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10s' },
    },
    {
      scheduleId: reconcileSchedulesId,
      due: { every: `${settings.RECONCILE_SCHEDULES_INTERVAL_SECONDS}s` },
      action: reconcileSchedulesAction(reconcileSchedulesId, false, 'Bring changed own times to Temporal'),
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10s' },
    },
    {
      scheduleId: compareSchedulesId,
      due: { every: `${settings.COMPARE_SCHEDULES_INTERVAL_SECONDS}s` },
      action: reconcileSchedulesAction(compareSchedulesId, true, 'Compare all own times with Temporal'),
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' },
    },
    {
      scheduleId: sweepScheduleId,
      due: { every: `${settings.SWEEP_INTERVAL_SECONDS}s` },
      jitter: '30s',
      action: {
        type: 'startWorkflow',
        workflowType: 'sweepPostings' satisfies typeof sweepPostings.name,
        workflowId: sweepWorkflowId,
        taskQueue: runsTaskQueue,
        args: [],
        workflowExecutionTimeout: '1 hour',
        staticSummary: 'Close postings past their time, remove what nobody needs',
        staticDetails:
          'In small steps, by `POSTING_UNSEEN_DAYS` and the `…_RETENTION_DAYS`: postings, ticks without runs, requests for ticks, alerts that are over. Its result counts them.',
      },
      // What a missed one left is the next one's.
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' },
    },
    ...definedServiceSchedules(settings).map(
      ({ id, ...timetable }): DefinedSchedule => ({
        scheduleId: id,
        due: timetable,
        jitter: serviceJitter,
        action: {
          type: 'startWorkflow',
          workflowType: 'refreshTick' satisfies typeof refreshTick.name,
          ...tickOptions({ schedule: id }),
        },
        policies: servicePolicies,
        startsPaused: settings.SERVICE_SCHEDULES === 'paused',
      }),
    ),
    {
      scheduleId: watchScheduleId,
      due: { every: `${settings.WATCHDOG_INTERVAL_SECONDS}s` },
      action: {
        type: 'startWorkflow',
        workflowType: 'watchSchedules' satisfies typeof watchSchedules.name,
        workflowId: watchWorkflowId,
        taskQueue: runsTaskQueue,
        args: [],
        workflowExecutionTimeout: '15 minutes',
        priority: repairPriority,
        staticSummary: 'Look for what an operator has to see',
        staticDetails:
          'The watchdog: ticks that were missed and what the alert rules name, then mail and Slack. Paused, nobody is told.',
      },
      // The next one looks at all that a missed one would have.
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10s' },
    },
    {
      scheduleId: sendDigestsScheduleId,
      due: { every: `${settings.DIGEST_INTERVAL_SECONDS}s` },
      action: {
        type: 'startWorkflow',
        workflowType: 'sendDigests' satisfies typeof sendDigests.name,
        workflowId: sendDigestsWorkflowId,
        taskQueue: runsTaskQueue,
        args: [],
        workflowExecutionTimeout: '2 hours',
        staticSummary: 'Send the mail that is due',
        staticDetails:
          'A round of digests, then word to people whose searches are about to rest. Paused, they wait. Its result counts what became of each.',
      },
      // One round at a time; what a missed one left is the next one's.
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10s' },
    },
  ];
}

function reconcileSchedulesAction(
  workflowId: string,
  whole: boolean,
  staticSummary: string,
): DefinedSchedule['action'] {
  return {
    type: 'startWorkflow',
    workflowType: 'reconcileSchedules' satisfies typeof reconcileSchedules.name,
    workflowId,
    taskQueue: runsTaskQueue,
    args: [{ whole }],
    workflowExecutionTimeout: '1 hour',
    staticSummary,
    staticDetails: whole
      ? 'Looks at every saved search with times of its own, and at every such schedule, and mends what differs.'
      : 'Applies what people changed about their own times since the last time.',
  };
}
