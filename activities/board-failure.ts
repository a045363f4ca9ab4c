import { ApplicationFailure } from '@temporalio/common';
import { BoardError } from './boards/board.js';

/** A board's error class is the failure's type; its `Retry-After` the next attempt's delay. */
export function toFailure(error: unknown, maxRetryAfterSeconds: number): unknown {
  if (!(error instanceof BoardError)) return error;
  const { retryAfterSeconds } = error.options;
  const tooLong = retryAfterSeconds !== undefined && retryAfterSeconds > maxRetryAfterSeconds;
  return ApplicationFailure.create({
    type: error.errorClass,
    message: error.message,
    nonRetryable: !error.retryable || tooLong,
    nextRetryDelay: retryAfterSeconds === undefined ? undefined : `${retryAfterSeconds}s`,
    details: [{ retryAfterSeconds }],
  });
}
