import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';

/** What an activity that asks a board failed with: the board's error class, its words, when it may be asked again. */
export function describeFailure(error: unknown): {
  type: string;
  message: string;
  retryAfterSeconds?: number;
} {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure) {
    const [details] = (cause.details ?? []) as [{ retryAfterSeconds?: number }?];
    return {
      type: cause.type ?? 'upstream',
      message: cause.message,
      retryAfterSeconds: details?.retryAfterSeconds,
    };
  }
  // A time-out of the activity itself: the board's answer did not end within its bounds.
  return { type: 'timeout', message: cause instanceof Error ? cause.message : String(cause) };
}
