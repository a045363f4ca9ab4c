import { Context } from '@temporalio/activity';

/** How often an activity says that it is alive; a cancellation reaches it with the answer. In milliseconds. */
const shortestIntervalMs = 500;
/**
 * What the activities that wait say together, in a process. Where more of them are at work each says it less often:
 * hundreds of runs that wait for a board would keep Temporal and the worker busy with nothing else.
 */
const heartbeatsPerSecond = 100;
/** Of the time without heartbeats after which Temporal takes an activity for dead. */
const longestShare = 0.3;

let waiting = 0;

/**
 * Between two heartbeats of one that waits, in milliseconds.
 * @param activities how many wait.
 * @param timeoutMs the heartbeat timeout of the one.
 */
export function heartbeatInterval(activities: number, timeoutMs: number): number {
  const shared = (activities * 1_000) / heartbeatsPerSecond;
  return Math.min(longestShare * timeoutMs, Math.max(shortestIntervalMs, shared));
}

async function beating<Result>(
  intervalMs: () => number,
  details: () => unknown,
  work: () => Promise<Result>,
): Promise<Result> {
  const context = Context.current();
  let timer: NodeJS.Timeout | undefined;
  const beatLater = () => {
    timer = setTimeout(() => {
      context.heartbeat(details());
      beatLater();
    }, intervalMs());
  };
  beatLater();
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Heartbeats with the latest details for as long as `work` goes on, so that a cancellation arrives while the
 * activity waits for somebody else's answer: every half second, whatever else the worker does.
 */
export const heartbeating = <Result>(details: () => unknown, work: () => Promise<Result>): Promise<Result> =>
  beating(() => shortestIntervalMs, details, work);

/** Like `heartbeating`, for what may be at work hundreds of times: each says it less often the more there are. */
export async function heartbeatingAmongMany<Result>(
  details: () => unknown,
  work: () => Promise<Result>,
): Promise<Result> {
  const { heartbeatTimeoutMs = Number.POSITIVE_INFINITY } = Context.current().info;
  waiting += 1;
  try {
    return await beating(() => heartbeatInterval(waiting, heartbeatTimeoutMs), details, work);
  } finally {
    waiting -= 1;
  }
}
