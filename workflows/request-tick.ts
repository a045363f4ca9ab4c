import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, proxyActivities, startChild, workflowInfo } from '@temporalio/workflow';
import type { TickRequest, TickRequestActivities } from '../activities/note-tick-request.js';
import type { refreshTick } from './refresh-tick.js';
import { databaseRetry } from './retries.js';
import { tickOptions } from './start-options.js';
import { setVersioning } from './versioning.js';
import { tickWorkflowId } from './workflow-ids.js';

const { noteTickRequest } = proxyActivities<TickRequestActivities>({
  summary: 'Note who asked',
  startToCloseTimeout: '30s',
  retry: databaseRetry,
});

// Seconds long: it ends on the build that began it.
setVersioning('PINNED', requestTick);

/** A request from outside: noted who asked, then the tick is started, or goes on by itself when it is under way. */
export async function requestTick(request: TickRequest): Promise<void> {
  const { schedule, dueAt } = request;
  await noteTickRequest(workflowInfo().workflowId, request);
  try {
    await startChild<typeof refreshTick>('refreshTick', {
      ...tickOptions({ schedule, dueAt, cause: 'request' }),
      workflowId: tickWorkflowId(schedule, new Date(dueAt)),
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      parentClosePolicy: ParentClosePolicy.ABANDON,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
