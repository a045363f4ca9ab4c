import type { Client } from '@temporalio/client';

/** `temporal.api.enums.v1.TaskQueueType` */
const types = { workflow: 1, activity: 2 } as const;

/**
 * How much waits in a task queue and for how long, as Temporal estimates it, and who polls it.
 * @throws when Temporal cannot be reached.
 */
export const describeTaskQueue = (client: Client, name: string, kind: keyof typeof types) =>
  client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name },
    taskQueueType: types[kind],
    reportStats: true,
  });
