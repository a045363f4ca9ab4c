import type { RetryPolicy } from '@temporalio/common';

/**
 * Database steps can be repeated without harm, and a run must not fail because Postgres restarts: they are tried
 * until the workflow's own time is up.
 */
export const databaseRetry: RetryPolicy = {
  initialInterval: '500ms',
  backoffCoefficient: 2,
  maximumInterval: '15s',
};

/** A board is asked three times; `Retry-After` replaces the interval, and errors that it can't mend end at once. */
export const boardRetry: RetryPolicy = {
  initialInterval: '1s',
  backoffCoefficient: 3,
  maximumInterval: '1 minute',
  maximumAttempts: 3,
};

/** How often a sync whose workers died in all of these attempts is given them once more: no board fails because of us. */
export const mostInterruptions = 10;

/** A blip of the mail server is waited out; what lasts longer is the next round's, with pauses that the row knows. */
export const mailRetry: RetryPolicy = {
  initialInterval: '1s',
  backoffCoefficient: 3,
  maximumAttempts: 3,
};
