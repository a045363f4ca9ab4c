import { useEffect, useRef, useState } from 'react';
import { isActive, type Run } from '../api/types.js';
import { type Connection, openEventStream } from './event-stream.js';

/** The newer of two readings of the same run; a late answer never takes a page back in time. */
const newer = (held: Run, given: Run) =>
  given.id !== held.id || given.revision >= held.revision ? given : held;

/**
 * A run as it goes: what the page was rendered with, then every change the server pushes, until it has ended.
 * @param onReconnect called when the stream is back after a break, to read again whatever hangs on the run.
 */
export function useRunEvents(loaded: Run, onReconnect: () => void): { run: Run; connection: Connection } {
  const [run, setRun] = useState(loaded);
  const [connection, setConnection] = useState<Connection>('connecting');
  const current = newer(run, loaded);
  const reconnected = useRef(onReconnect);
  reconnected.current = onReconnect;

  const active = isActive(current);
  useEffect(() => {
    if (!active) return;
    return openEventStream(`/runs/${loaded.id}/events`, {
      onRun: (next) => setRun((held) => newer(held, next)),
      onOpen: (again) => again && reconnected.current(),
      onConnection: setConnection,
    });
  }, [active, loaded.id]);

  return { run: current, connection };
}
