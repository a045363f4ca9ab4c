import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { availabilityOf, boards } from '../activities/boards/registry.js';
import type { Tracing } from '../observability/tracing.js';
import {
  boardTaskQueue,
  mailTaskQueue,
  runsTaskQueue,
  scheduledRunsTaskQueue,
  syncWaitsTaskQueue,
} from '../workflows/task-queues.js';
import type { WorkerActivities } from './activities.js';
import type { WorkerSettings } from './config.js';
import type { Dependencies } from './dependencies.js';
import { deploymentOptions } from './deployment.js';
import { scheduledSlots } from './scheduled-slots.js';
import { tracedActivities, tracedBundle, tracedWorkflowModules, workflowSpans } from './tracing.js';

type WorkflowSource = Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath' | 'interceptors' | 'sinks'>;

function workflowSource(
  { WORKER_WORKFLOW_BUNDLE: plainBundle }: WorkerSettings,
  tracing: Tracing | undefined,
): WorkflowSource {
  const bundle = tracing ? tracedBundle(plainBundle) : plainBundle;
  // In the project, from wherever the worker is started: beside `worker/`, as a build of it is beside the bundle.
  const codePath = fileURLToPath(new URL(bundle, new URL('../', import.meta.url)));
  const { interceptors, sinks } = tracing
    ? { ...tracedActivities(), ...workflowSpans(tracing) }
    : { interceptors: {}, sinks: {} };
  if (existsSync(codePath)) return { workflowBundle: { codePath }, interceptors, sinks };
  return {
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    interceptors: { ...interceptors, ...(tracing && { workflowModules: tracedWorkflowModules }) },
    sinks,
  };
}

const fixed = (numSlots: number) => ({ type: 'fixed-size' as const, numSlots });

/** One worker a task queue: the runs', the scheduled runs', the waits', and one a board that can be asked, under its rate limit. */
export async function createWorkers(
  connection: NativeConnection,
  settings: WorkerSettings,
  { termsOf, boardSettings, rightOfWay }: Pick<Dependencies, 'termsOf' | 'boardSettings' | 'rightOfWay'>,
  activities: WorkerActivities,
  tracing: Tracing | undefined,
): Promise<Worker[]> {
  const shared = {
    connection,
    namespace: settings.TEMPORAL_NAMESPACE,
    ...deploymentOptions(settings),
    shutdownGraceTime: `${settings.WORKER_SHUTDOWN_GRACE_SECONDS}s`,
    // Cancellation arrives with a heartbeat's answer; the default throttle would hold it back for long.
    maxHeartbeatThrottleInterval: '500ms',
    defaultHeartbeatThrottleInterval: '500ms',
    ...(tracing && tracedActivities()),
  } satisfies Partial<WorkerOptions>;

  return Promise.all([
    Worker.create({
      ...shared,
      ...workflowSource(settings, tracing),
      taskQueue: runsTaskQueue,
      activities: activities.runs,
      maxCachedWorkflows: settings.WORKER_CACHED_WORKFLOWS,
      maxConcurrentWorkflowTaskExecutions: settings.WORKER_WORKFLOW_TASKS,
      maxConcurrentActivityTaskExecutions: settings.WORKER_DATABASE_ACTIVITIES,
    }),
    Worker.create({
      ...shared,
      ...workflowSource(settings, tracing),
      taskQueue: scheduledRunsTaskQueue,
      activities: activities.scheduledRuns,
      maxCachedWorkflows: settings.WORKER_CACHED_SCHEDULED_WORKFLOWS,
      tuner: {
        workflowTaskSlotSupplier: scheduledSlots(rightOfWay, settings.WORKER_SCHEDULED_WORKFLOW_TASKS),
        activityTaskSlotSupplier: fixed(settings.WORKER_SCHEDULED_ACTIVITIES),
        localActivityTaskSlotSupplier: fixed(1),
        nexusTaskSlotSupplier: fixed(1),
      },
    }),
    Worker.create({
      ...shared,
      taskQueue: syncWaitsTaskQueue,
      activities: activities.syncWaits,
      // They only wait, and another worker does that as well: handed back at once.
      shutdownGraceTime: 0,
      maxConcurrentActivityTaskExecutions: settings.WORKER_SYNC_WAITS,
    }),
    ...(activities.mail
      ? [
          Worker.create({
            ...shared,
            taskQueue: mailTaskQueue,
            activities: activities.mail,
            maxConcurrentActivityTaskExecutions: settings.MAILS_AT_A_TIME,
          }),
        ]
      : []),
    ...boards
      .filter((board) => availabilityOf(board, boardSettings) === 'ready')
      .map((board) =>
        Worker.create({
          ...shared,
          taskQueue: boardTaskQueue(board.name),
          activities: activities.board,
          maxConcurrentActivityTaskExecutions: settings.WORKER_SYNCS_PER_BOARD,
          maxTaskQueueActivitiesPerSecond: termsOf(board.name).requestsPerSecond,
        }),
      ),
  ]);
}
