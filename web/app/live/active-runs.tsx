import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { isActive, type Run } from '../api/types.js';
import type { ActiveRunsAnswer } from '../routes/active-runs.js';
import { activeRuns, type KnownRuns, latestOf, withList, withRun } from './active-runs-state.js';
import { openEventStream } from './event-stream.js';
import type { Connection } from './keep-open.js';
import { type StreamWatcher, StreamWatchers } from './watchers.js';

interface ActiveRuns {
  /** The person's pending and running searches, newest first, wherever they were started. */
  runs: Run[];
  /** The newest that was heard of a run, which may be newer than what a page was rendered with. */
  latest: (run: Run) => Run;
  /** The search that ended last while this page was seen. */
  ended: Run | null;
  dismissEnded: () => void;
  /** Whether what is told of them is as it is now. */
  connection: Connection;
}

const Context = createContext<ActiveRuns>({
  runs: [],
  latest: (run) => run,
  ended: null,
  dismissEnded: () => {},
  connection: { state: 'connecting' },
});
export const useActiveRuns = () => useContext(Context);

/** A stream tells what has changed in the minute before it was opened: the rest is for the page to be read. */
const streamBeginsWithinMs = 30_000;

/**
 * Keeps the signed-in person's active searches for the header and the home page. The stream is open only while
 * the page is seen: browsers allow few connections to a site, and all its tabs share them.
 */
export function ActiveRunsProvider({ loaded, children }: { loaded: Run[]; children: ReactNode }) {
  const [known, setKnown] = useState<KnownRuns>(() => withList(new Map(), loaded, new Map()));
  const [ended, setEnded] = useState<Run | null>(null);
  const [connection, setConnection] = useState<Connection>({ state: 'connecting' });
  const [watchers] = useState(() => new Set<StreamWatcher>());
  const latest = useRef(known);
  latest.current = known;
  useEffect(() => setKnown((held) => withList(held, loaded, held)), [loaded]);

  useEffect(() => {
    let close: (() => void) | undefined;
    let opened = 0;
    let closedAt: number | undefined;
    const readAt = performance.now();
    const reading = new AbortController();
    const onRun = (run: Run) => {
      setKnown((held) => withRun(held, run));
      if (!isActive(run)) setEnded(run);
    };
    // The stream begins with what is active. What ended before it was open is in no event: it is asked for.
    const readList = async () => {
      const asked = latest.current;
      const known = activeRuns(asked).map(({ id }) => ['known', id]);
      if (known.length === 0) return;
      const response = await fetch(`/active-runs?${new URLSearchParams(known)}`, { signal: reading.signal });
      if (!response.ok) throw new Error(`active runs were not read: ${response.status}`);
      const { active, ended } = (await response.json()) as ActiveRunsAnswer;
      setKnown((held) => withList(held, active, asked));
      ended.forEach(onRun);
    };
    // A stream is refused once the person has signed out, in another tab or for good: so has this page, then.
    const leaveIfSignedOut = async () => {
      const { status, redirected } = await fetch('/active-runs', { signal: reading.signal });
      if (status === 401 || redirected) window.location.reload();
    };
    const follow = () => {
      if (close) closedAt = Date.now();
      close?.();
      close = undefined;
      if (document.visibilityState === 'hidden') return;
      close = openEventStream('/events', {
        onRun,
        onCompany: (company) => {
          for (const { onCompany } of watchers) onCompany?.(company);
        },
        onMarks: () => {
          for (const { onMarks } of watchers) onMarks?.();
        },
        onRefused: () => void leaveIfSignedOut().catch(() => {}),
        onOpen: () => {
          // Also where the page was read long before: behind another one, or while no stream could be opened.
          const away = opened++ > 0 || performance.now() - readAt > streamBeginsWithinMs;
          if (away) for (const { onReopened } of watchers) onReopened();
          return readList();
        },
        onConnection: setConnection,
        heardAt: closedAt,
      });
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      reading.abort();
      close?.();
    };
  }, [watchers]);

  const value = useMemo(
    () => ({
      runs: activeRuns(known),
      latest: (run: Run) => latestOf(known, run),
      ended,
      dismissEnded: () => setEnded(null),
      connection,
    }),
    [known, ended, connection],
  );
  return (
    <Context.Provider value={value}>
      <StreamWatchers.Provider value={watchers}>{children}</StreamWatchers.Provider>
    </Context.Provider>
  );
}
