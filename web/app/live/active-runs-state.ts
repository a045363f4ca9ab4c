import { isActive, type Run } from '../api/types.js';

/** Runs by id as they were last heard of. Ended ones are kept, so that a late answer cannot revive them. */
export type KnownRuns = ReadonlyMap<string, Run>;

const newestFirst = (a: Run, b: Run) => Date.parse(b.createdAt) - Date.parse(a.createdAt);

export const activeRuns = (known: KnownRuns): Run[] => [...known.values()].filter(isActive).sort(newestFirst);

/** The newest reading of a run. */
export function latestOf(known: KnownRuns, run: Run): Run {
  const held = known.get(run.id);
  return held && held.revision > run.revision ? held : run;
}

/** One run's change: an older reading than the one held counts for nothing. */
export function withRun(known: KnownRuns, next: Run): KnownRuns {
  const held = known.get(next.id);
  return held && held.revision > next.revision ? known : new Map(known).set(next.id, next);
}

/**
 * A whole list of active runs, as it stood when it was asked for. Runs that were active then (`asked`) and are
 * not in it have ended unheard; what came up since is kept.
 */
export function withList(known: KnownRuns, listed: readonly Run[], asked: KnownRuns): KnownRuns {
  const ids = new Set(listed.map(({ id }) => id));
  const kept = [...known].filter(([id, run]) => ids.has(id) || !isActive(run) || !asked.has(id));
  return listed.reduce(withRun, new Map(kept));
}
