import { useEffect, useRef, useState } from 'react';
import { isActive, type Run } from '../api/types.js';
import { openEventStream } from './event-stream.js';
import type { Connection } from './keep-open.js';

/** The newer of two readings of the same run; a late answer never takes a page back in time. */
const newer = (held: Run, given: Run) =>
  given.id !== held.id || given.revision >= held.revision ? given : held;

/**
 * A run as it goes: what the page was rendered with, then every change the server pushes, until it has ended.
 * @param onReconnect called when the stream is back after a break, to read again whatever hangs on the run; false when
 * that could not be read, and the page is still as old as it was.
 */
export function useRunEvents(
  loaded: Run,
  onReconnect: () => Promise<boolean>,
): { run: Run; connection: Connection } {
  const [run, setRun] = useState(loaded);
  const [connection, setConnection] = useState<Connection>({ state: 'connecting' });
  const current = newer(run, loaded);
  const reconnected = useRef(onReconnect);
  reconnected.current = onReconnect;

  const active = isActive(current);
  useEffect(() => {
    if (!active) return;
    return openEventStream(`/runs/${loaded.id}/events`, {
      onRun: (next) => setRun((held) => newer(held, next)),
      onOpen: async (again) => {
        if (again && !(await reconnected.current())) throw new Error('what hangs on the run was not read');
      },
      onConnection: setConnection,
    });
  }, [active, loaded.id]);

  return { run: current, connection };
}
