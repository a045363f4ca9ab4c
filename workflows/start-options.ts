import type { WorkflowStartOptions } from '@temporalio/client';
import type { RunSource } from '../domain/run.js';
import { boardOfSource, type SourceKey } from '../domain/source.js';
import type { boardSync } from './board-sync.js';
import {
  boardAttribute,
  runSourceAttribute,
  savedSearchIdAttribute,
  userIdAttribute,
} from './search-attributes.js';
import type { searchRun } from './search-run.js';
import { runsTaskQueue } from './task-queues.js';
import { boardSyncWorkflowId, searchRunWorkflowId } from './workflow-ids.js';

/** The server's priority keys: a person who waits goes before the schedule. */
const priorityKeys: Record<RunSource, number> = { manual: 1, cron: 4 };

/**
 * How a run's workflow is started: by the API at once, or by the reconciler. Doing it twice starts it once, since
 * the id is the row's and an id is never used again.
 */
export function searchRunStartOptions(run: {
  id: string;
  userId: string;
  source: RunSource;
  savedSearchId: string | null;
  boards: number;
}): WorkflowStartOptions<typeof searchRun> {
  return {
    workflowId: searchRunWorkflowId(run.id),
    taskQueue: runsTaskQueue,
    args: [{ runId: run.id }],
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowExecutionTimeout: '1 hour',
    staticSummary: `${run.source === 'manual' ? 'Manual' : 'Scheduled'} search over ${run.boards} ${run.boards === 1 ? 'board' : 'boards'}`,
    priority: { priorityKey: priorityKeys[run.source], fairnessKey: run.userId },
    typedSearchAttributes: [
      { key: userIdAttribute, value: run.userId },
      { key: runSourceAttribute, value: run.source },
      ...(run.savedSearchId === null ? [] : [{ key: savedSearchIdAttribute, value: run.savedSearchId }]),
    ],
  };
}

/** How a source's sync is started or, when it is under way, joined. */
export function boardSyncStartOptions(
  source: SourceKey,
  freshSeconds: number,
): WorkflowStartOptions<typeof boardSync> {
  return {
    workflowId: boardSyncWorkflowId(source),
    taskQueue: runsTaskQueue,
    args: [{ source, freshSeconds }],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowExecutionTimeout: '45 minutes',
    staticSummary: `Read ${source} into the catalogue`,
    typedSearchAttributes: [{ key: boardAttribute, value: boardOfSource(source) }],
  };
}
