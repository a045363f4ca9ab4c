import type { Company, Run } from '../api/types.js';

/** `live`: events arrive as they happen. `reconnecting`: what is shown may be old. */
export type Connection = 'connecting' | 'live' | 'reconnecting';

interface Handlers {
  onRun: (run: Run) => void;
  onCompany?: (company: Company) => void;
  /** Called at each opening; `again` when it is not the first, and what is shown must be read anew. */
  onOpen?: (again: boolean) => void;
  onConnection?: (connection: Connection) => void;
  /** The answer was an error, which one a browser does not tell. It is asked for again. */
  onRefused?: () => void;
}

const longestWait = 30_000;

/**
 * Listens to a stream of `run` and `company` events until the returned function is called. A browser takes up a broken
 * connection by itself, but gives up for good when the answer is an error: then this one goes on trying, at
 * growing intervals, and at once when the device is back online.
 */
export function openEventStream(
  url: string,
  { onRun, onCompany, onOpen, onConnection, onRefused }: Handlers,
): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let opened = 0;
  let failures = 0;

  function connect() {
    clearTimeout(retry);
    source?.close();
    source = new EventSource(url);
    source.onopen = () => {
      failures = 0;
      onConnection?.('live');
      onOpen?.(opened++ > 0);
    };
    source.addEventListener('run', (event) => onRun(JSON.parse((event as MessageEvent<string>).data)));
    source.addEventListener('company', (event) =>
      onCompany?.(JSON.parse((event as MessageEvent<string>).data)),
    );
    source.onerror = () => {
      onConnection?.(opened > 0 || failures > 0 ? 'reconnecting' : 'connecting');
      if (source?.readyState !== EventSource.CLOSED) return;
      onRefused?.();
      retry = setTimeout(connect, Math.min(longestWait, 1000 * 2 ** failures++));
    };
  }
  const onOffline = () => onConnection?.('reconnecting');

  connect();
  window.addEventListener('online', connect);
  window.addEventListener('offline', onOffline);
  return () => {
    clearTimeout(retry);
    source?.close();
    window.removeEventListener('online', connect);
    window.removeEventListener('offline', onOffline);
  };
}
