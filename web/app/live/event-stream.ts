import type { Company, Run } from '../api/types.js';
import { type Connection, keepOpen, type Signs } from './keep-open.js';

interface Handlers {
  onRun: (run: Run) => void;
  onCompany?: (company: Company) => void;
  /** What the person marks or hides has changed. */
  onMarks?: () => void;
  /**
   * Called at each opening; `again` when it is not the first, and what is shown must be read anew. The stream counts
   * as live once that is done.
   */
  onOpen?: (again: boolean) => unknown;
  onConnection?: (connection: Connection) => void;
  /** The answer was an error, which one a browser does not tell. It is asked for again. */
  onRefused?: () => void;
  /** When what is shown was read, in ms since 1970; just now, unless it is said. */
  heardAt?: number;
}

/**
 * Listens to a stream of `run`, `company` and `marks` events until the returned function is called. What breaks, is refused or
 * falls silent is opened anew: at growing intervals, and at once when the device is back online. A browser would do
 * some of this by itself, but gives up when the answer is an error, and never notices silence.
 */
export function openEventStream(url: string, handlers: Handlers): () => void {
  const { onRun, onCompany, onMarks, onOpen, onConnection, onRefused, heardAt } = handlers;
  let opened = 0;

  function open(signs: Signs): () => void {
    const source = new EventSource(url);
    let readAnew: Promise<unknown> = Promise.resolve();
    source.onopen = () => {
      readAnew = (async () => onOpen?.(opened++ > 0))();
      readAnew.catch(signs.broken);
    };
    const on = <Data>(event: string, take: (data: Data) => void) =>
      source.addEventListener(event, ({ data }: MessageEvent<string>) => {
        signs.heard();
        take(JSON.parse(data));
      });
    on<Run>('run', onRun);
    on<Company>('company', (company) => onCompany?.(company));
    on('marks', () => onMarks?.());
    // The first one comes when all that there was to tell has been told.
    on<{ everySeconds: number }>('heartbeat', ({ everySeconds }) => {
      signs.beats(everySeconds * 1000);
      readAnew.then(signs.live, () => {});
    });
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) onRefused?.();
      signs.broken();
    };
    return () => source.close();
  }

  const kept = keepOpen({ open, heardAt, onConnection: (connection) => onConnection?.(connection) });
  window.addEventListener('online', kept.openAnew);
  window.addEventListener('offline', kept.lost);
  return () => {
    window.removeEventListener('online', kept.openAnew);
    window.removeEventListener('offline', kept.lost);
    kept.close();
  };
}
