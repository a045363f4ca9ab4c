import { Context } from '@temporalio/activity';

/** How often an activity says that it is alive; a cancellation reaches it with the answer, in milliseconds. */
const heartbeatIntervalMs = 500;

/**
 * Heartbeats with the latest details for as long as `work` goes on, so that a cancellation arrives while the
 * activity waits for somebody else's answer.
 */
export async function heartbeating<Result>(
  details: () => unknown,
  work: () => Promise<Result>,
): Promise<Result> {
  const context = Context.current();
  const timer = setInterval(() => context.heartbeat(details()), heartbeatIntervalMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
