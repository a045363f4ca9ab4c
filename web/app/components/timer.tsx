import { isActive, type Run } from '../api/types.js';
import { duration, stopwatch } from '../format/time.js';
import { useServerClock } from '../live/use-server-clock.js';

type Timed = Pick<Run, 'status' | 'createdAt' | 'startedAt' | 'completedAt' | 'serverTime'>;

/** How long a run has been going, was waiting, or took, in ms, all by the server's clock. */
export function elapsed(
  run: Timed,
  now: number,
): { state: 'queued' | 'running' | 'took' | 'never'; ms: number } {
  const created = Date.parse(run.createdAt);
  if (!run.startedAt) return { state: isActive(run) ? 'queued' : 'never', ms: now - created };
  const started = Date.parse(run.startedAt);
  if (run.completedAt) return { state: 'took', ms: Date.parse(run.completedAt) - started };
  return { state: 'running', ms: now - started };
}

/**
 * The time of a run: waiting, going, or how long it took. It counts from when the server started the run, so it
 * says the same on every device, after every reload, and on a device whose clock is wrong.
 */
export function Timer({ run, compact = false }: { run: Timed; compact?: boolean }) {
  const now = useServerClock(run.serverTime, isActive(run));
  const { state, ms } = elapsed(run, now);
  if (state === 'never') return null;
  const label = { queued: 'Queued for', running: 'Searching for', took: 'Took' }[state];
  return (
    <span role="timer" aria-live="off" aria-label={`${label} ${duration(ms)}`} className="whitespace-nowrap">
      <span aria-hidden="true">
        {!compact && <span className="text-muted">{label} </span>}
        <span className="font-semibold tabular-nums">{stopwatch(ms)}</span>
      </span>
    </span>
  );
}
