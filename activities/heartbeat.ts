import { Context } from '@temporalio/activity';

/** How often an activity says that it is alive; a cancellation reaches it with the answer. In milliseconds. */
const shortestIntervalMs = 500;
/**
 * What the activities of a process say together. Where more are at work each says it less often: hundreds of runs that wait
 * for a board would keep Temporal and the worker busy with nothing else.
 */
const heartbeatsPerSecond = 100;
/** Three fit into the shortest heartbeat timeout, of ten seconds. */
const longestIntervalMs = 3_000;

let atWork = 0;

/** In milliseconds, by how many activities are at work. */
export function heartbeatInterval(activities: number): number {
  const shared = (activities * 1_000) / heartbeatsPerSecond;
  return Math.min(longestIntervalMs, Math.max(shortestIntervalMs, shared));
}

/**
 * Heartbeats with the latest details for as long as `work` goes on, so that a cancellation arrives while the
 * activity waits for somebody else's answer.
 */
export async function heartbeating<Result>(
  details: () => unknown,
  work: () => Promise<Result>,
): Promise<Result> {
  const context = Context.current();
  let timer: NodeJS.Timeout | undefined;
  const beatLater = () => {
    timer = setTimeout(() => {
      context.heartbeat(details());
      beatLater();
    }, heartbeatInterval(atWork));
  };
  atWork += 1;
  beatLater();
  try {
    return await work();
  } finally {
    atWork -= 1;
    clearTimeout(timer);
  }
}
