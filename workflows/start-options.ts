import type { WorkflowStartOptions } from '@temporalio/client';
import type { Company } from '../activities/check-company.js';
import type { TickRequest } from '../activities/note-tick-request.js';
import type { RunSource } from '../domain/run.js';
import { boardOfSource, type SourceKey } from '../domain/source.js';
import type { BoardSyncInput, boardSync } from './board-sync.js';
import type { companyCheck } from './company-check.js';
import type { RefreshTickInput, refreshTick } from './refresh-tick.js';
import type { requestTick } from './request-tick.js';
import {
  boardAttribute,
  runSourceAttribute,
  savedSearchIdAttribute,
  tickCauseAttribute,
  tickIdAttribute,
  userIdAttribute,
} from './search-attributes.js';
import type { searchRun } from './search-run.js';
import { runsTaskQueue, scheduledRunsTaskQueue } from './task-queues.js';
import {
  boardSyncWorkflowId,
  companyCheckWorkflowId,
  searchRunWorkflowId,
  tickRequestWorkflowId,
  tickWorkflowId,
} from './workflow-ids.js';

/**
 * The server's priority keys, where 3 is what has none: a person who waits goes before the schedule, and a tick's own
 * steps before the runs that it starts. What people's runs wait for goes before as they do, or many of them would keep it
 * from ending their waiting: a sync, the reconciler, which starts what could not be started, and the watchdog.
 */
const priorityKeys = { manual: 1, sync: 1, repair: 1, tick: 2, cron: 4 } satisfies Record<
  RunSource | 'sync' | 'repair' | 'tick',
  number
>;
/** Of the workflows that mend the service and tell of it. */
export const repairPriority = { priorityKey: priorityKeys.repair };

/**
 * How a run's workflow is started: by the API at once, or by the reconciler. Doing it twice starts it once, since
 * the id is the row's and an id is never used again.
 */
export function searchRunStartOptions(run: {
  id: string;
  userId: string;
  source: RunSource;
  savedSearchId: string | null;
  /** The tick that the run belongs to. */
  tickId?: string | null;
  boards: number;
}): WorkflowStartOptions<typeof searchRun> {
  return {
    workflowId: searchRunWorkflowId(run.id),
    taskQueue: run.source === 'cron' ? scheduledRunsTaskQueue : runsTaskQueue,
    args: [{ runId: run.id }],
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    // Of a scheduled run most may be waiting for its turn.
    workflowExecutionTimeout: run.source === 'cron' ? '2 hours' : '1 hour',
    staticSummary: `${run.source === 'manual' ? 'Manual' : 'Scheduled'} search over ${run.boards} ${run.boards === 1 ? 'board' : 'boards'}`,
    staticDetails: [
      `The search at \`/runs/${run.id}\` of the site, which tells the person the same.`,
      'Boards that are not fresh are read first, each by a sync that other searches may share.',
      '*Request cancellation* stops it and keeps what it found; a termination is closed by the reconciler later.',
    ].join(' '),
    priority: { priorityKey: priorityKeys[run.source], fairnessKey: run.userId },
    typedSearchAttributes: [
      { key: userIdAttribute, value: run.userId },
      { key: runSourceAttribute, value: run.source },
      ...(run.savedSearchId === null ? [] : [{ key: savedSearchIdAttribute, value: run.savedSearchId }]),
      ...(run.tickId ? [{ key: tickIdAttribute, value: run.tickId }] : []),
    ],
  };
}

/** What a schedule's ticks are started with; the action of its Temporal Schedule. */
export function tickOptions(input: RefreshTickInput) {
  return {
    workflowId: tickWorkflowId(input.schedule),
    taskQueue: runsTaskQueue,
    args: [input] as [RefreshTickInput],
    workflowExecutionTimeout: '2 hours' as const,
    staticSummary:
      input.savedSearchId === undefined
        ? `Freshen the boards, then run every due saved search (${input.schedule})`
        : 'Run one saved search at its own times',
    staticDetails: [
      'Freshens the boards once for everybody, then starts a search for each due saved search, page by page.',
      'The tick’s row knows how far it is: started again with the same minute it goes on there.',
      'Its searches are listed by the `TickId` that stands among the search attributes.',
    ].join(' '),
    priority: { priorityKey: priorityKeys.tick },
    typedSearchAttributes: [
      { key: tickCauseAttribute, value: input.cause ?? 'schedule' },
      ...(input.savedSearchId === undefined
        ? []
        : [{ key: savedSearchIdAttribute, value: input.savedSearchId }]),
    ],
  };
}

/**
 * How one tick is started by hand. Its id is the one that the schedule would give it, so that the same tick under way is
 * that one; one that is over is gone through again, and changes nothing where it was completed.
 */
export function tickStartOptions(
  input: RefreshTickInput & { dueAt: string },
): WorkflowStartOptions<typeof refreshTick> {
  return {
    ...tickOptions(input),
    workflowId: tickWorkflowId(input.schedule, new Date(input.dueAt)),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
  };
}

/**
 * How a request from outside is let in, once for each `id`: it is remembered for as long as Temporal keeps what is over.
 */
export function tickRequestStartOptions(
  id: string,
  request: TickRequest,
): WorkflowStartOptions<typeof requestTick> {
  return {
    workflowId: tickRequestWorkflowId(id),
    taskQueue: runsTaskQueue,
    args: [request],
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowExecutionTimeout: '1 hour',
    staticSummary: `A request from outside for the tick of ${request.dueAt}`,
    staticDetails:
      'Notes who asked in `tick_requests`, then starts the tick, or leaves it where it is under way.',
    priority: { priorityKey: priorityKeys.tick },
  };
}

/** What a source's sync is started with, whoever does it. */
export function boardSyncOptions(source: SourceKey, freshSeconds: number) {
  return {
    workflowId: boardSyncWorkflowId(source),
    taskQueue: runsTaskQueue,
    args: [{ source, freshSeconds }] as [BoardSyncInput],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    workflowExecutionTimeout: '45 minutes' as const,
    staticSummary: `Read ${source} into the catalogue`,
    staticDetails: [
      'One reading for every search that waits for it; pages that were read stay when it fails.',
      'Its failure’s type is what went wrong: `rate_limited`, `blocked`, `timeout`, …',
      'The source is left alone for a while after a failure, then the next search reads it again.',
    ].join(' '),
    priority: { priorityKey: priorityKeys.sync },
    typedSearchAttributes: [{ key: boardAttribute, value: boardOfSource(source) }],
  };
}

/** How a source's sync is started or, when it is under way, joined. */
export function boardSyncStartOptions(
  source: SourceKey,
  freshSeconds: number,
): WorkflowStartOptions<typeof boardSync> {
  return { ...boardSyncOptions(source, freshSeconds), workflowIdConflictPolicy: 'USE_EXISTING' };
}

/** How a company's check is started; while one is under way it is that one. */
export function companyCheckStartOptions({
  board,
  token,
}: Company): WorkflowStartOptions<typeof companyCheck> {
  return {
    workflowId: companyCheckWorkflowId({ board, token }),
    taskQueue: runsTaskQueue,
    args: [{ board, token }],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowExecutionTimeout: '15 minutes',
    staticSummary: `Look for ${token} on ${board}`,
    staticDetails:
      'Somebody follows this company. One question whether it is there; when it is, its first reading is started.',
    typedSearchAttributes: [{ key: boardAttribute, value: board }],
  };
}
