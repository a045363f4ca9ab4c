/** `live`: what happens is told. `reconnecting`: what is shown may be old. */
export type Connection =
  | { state: 'connecting' | 'live' }
  | {
      state: 'reconnecting';
      /** When what is shown was known to be so, by the device's clock, in ms since 1970. */
      heardAt: number;
    };

/** What a connection tells of itself. */
export interface Signs {
  /** It says how often it will say that it is alive, in ms. */
  beats(everyMs: number): void;
  /** Something came. */
  heard(): void;
  /** It is as good as new: what is shown is what the server knows. */
  live(): void;
  /** It has ended, or could not be opened. */
  broken(): void;
}

export interface KeepOpenOptions {
  /** Opens a connection. Returns how to close it. */
  open: (signs: Signs) => () => void;
  onConnection: (connection: Connection) => void;
  /** When what is shown was read, in ms since 1970; just now, unless it is said. */
  heardAt?: number;
  /** Between 0 and 1. */
  random?: () => number;
}

export interface KeptOpen {
  /** Another connection at once, and no longer this one: the device is back online. */
  openAnew(): void;
  /** The device is offline: nothing will come, before anything breaks. */
  lost(): void;
  close(): void;
}

/** So many heartbeats may be missing: a connection of which the other end is gone breaks only when it is written to. */
const heartbeatsMissed = 3;
/** How long nothing may come before the connection has said how often it beats, in ms. */
const firstSilenceMs = 30_000;
const firstWaitMs = 1_000;
const longestWaitMs = 30_000;

/**
 * How long to wait before another try, in ms: twice as long after each failure, and by chance up to a half less, so that
 * the pages of a server that went away do not all come back at the same moment.
 */
export function waitBefore(failures: number, random: () => number): number {
  const most = Math.min(longestWaitMs, firstWaitMs * 2 ** failures);
  return most * (1 - random() / 2);
}

/** Keeps one connection open until it is closed: what breaks or falls silent is opened anew. */
export function keepOpen({
  open,
  onConnection,
  heardAt = Date.now(),
  random = Math.random,
}: KeepOpenOptions): KeptOpen {
  let end = () => {};
  let failures = 0;
  let live = false;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const stop = () => {
    clearTimeout(silence);
    clearTimeout(retry);
    end();
  };
  const lost = () => {
    live = false;
    onConnection({ state: 'reconnecting', heardAt });
  };

  function connect() {
    stop();
    live = false;
    let current = true;
    let patienceMs = firstSilenceMs;
    const broken = () => {
      if (!current) return;
      stop();
      lost();
      retry = setTimeout(connect, waitBefore(failures++, random));
    };
    const listen = () => {
      clearTimeout(silence);
      silence = setTimeout(broken, patienceMs);
    };
    const heard = () => {
      if (!current) return;
      heardAt = Date.now();
      listen();
    };
    listen();
    const close = open({
      heard,
      beats(everyMs) {
        patienceMs = heartbeatsMissed * everyMs;
        heard();
      },
      live() {
        if (!current || live) return;
        live = true;
        failures = 0;
        onConnection({ state: 'live' });
      },
      broken,
    });
    end = () => {
      current = false;
      close();
    };
  }

  connect();
  return { openAnew: connect, lost, close: stop };
}
