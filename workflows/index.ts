/** Every workflow type: what the worker bundles. */
export { boardSync } from './board-sync.js';
export { companyCheck } from './company-check.js';
export { reconcileRuns } from './reconcile-runs.js';
export { reconcileSchedules } from './reconcile-schedules.js';
export { refreshTick } from './refresh-tick.js';
export { requestTick } from './request-tick.js';
export { searchRun } from './search-run.js';
export { sendDigests } from './send-digests.js';
export { sweepPostings } from './sweep-postings.js';
export { watchSchedules } from './watch-schedules.js';
