import type { BoardName } from '../domain/board.js';
import type { SourceKey } from '../domain/source.js';

/** The workflow that moves the run's row. */
export const searchRunWorkflowId = (runId: string) => `search-run/${runId}`;
export const runIdOf = (workflowId: string) => workflowId.slice('search-run/'.length);

/** At most one sync of a source at a time: whoever needs it joins this workflow. */
export const boardSyncWorkflowId = (source: SourceKey) => `board-sync/${source}`;

/** At most one check of a company at a time: whoever follows it meanwhile waits for this workflow's outcome. */
export const companyCheckWorkflowId = (company: { board: BoardName; token: string }) =>
  `company-check/${company.board}/${company.token}`;

/**
 * A schedule's ticks. Temporal appends the time that each was due; whoever starts one by hand names it the same way.
 */
export const tickWorkflowId = (schedule: string, dueAt?: Date) =>
  dueAt ? `tick/${schedule}-${dueAt.toISOString().replace('.000Z', 'Z')}` : `tick/${schedule}`;

/** One request from outside for a tick; a signed one is known by its signature, so that it is let in once. */
export const tickRequestWorkflowId = (request: string) => `tick-trigger/${request}`;

export const reconcileScheduleId = 'reconcile-runs';
export const reconcileWorkflowId = 'reconcile-runs';

/** The Temporal Schedule of a saved search with times of its own; its ticks carry the same id. */
export const ownSchedulePrefix = 'saved-search/';
export const ownScheduleId = (savedSearchId: string) => `${ownSchedulePrefix}${savedSearchId}`;

export const reconcileSchedulesId = 'reconcile-schedules';
export const compareSchedulesId = 'compare-schedules';

export const sendDigestsScheduleId = 'send-digests';
export const sendDigestsWorkflowId = 'send-digests';

export const sweepScheduleId = 'sweep-postings';
export const sweepWorkflowId = 'sweep-postings';

export const watchScheduleId = 'watch-schedules';
export const watchWorkflowId = 'watch-schedules';
