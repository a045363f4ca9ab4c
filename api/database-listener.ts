import { randomUUID } from 'node:crypto';
import postgres from 'postgres';

export interface DatabaseListenerOptions {
  /** What to do with the payload of each channel. */
  channels: Record<string, (payload: string) => void>;
  /** Called at each connection: what was notified while there was none was not heard. */
  onConnected(): void;
  /** Called when notifications have not arrived for `deafAfterMs`, and again each time that passes. */
  onDeaf(): void;
  /** How long the listener may miss its own checks, in milliseconds. It checks three times as often. */
  deafAfterMs: number;
  log: { warn(object: object, message: string): void };
}

export interface DatabaseListener {
  /** False from `onDeaf` until notifications arrive again. */
  hears(): boolean;
  /** @throws when the database cannot be reached. */
  notify(channel: string, payload: object): Promise<void>;
  /** @throws when the database cannot be reached. */
  check(): Promise<void>;
  close(): Promise<void>;
}

const checkChannel = 'listener_check';

/**
 * Listens to a database for as long as the process lives, over one connection. A connection can be dead without
 * either end being told, so the listener notifies itself: when it does not hear that, it knows that it hears nothing.
 */
export function listenToDatabase(
  url: string,
  { channels, onConnected, onDeaf, deafAfterMs, log }: DatabaseListenerOptions,
): DatabaseListener {
  const self = randomUUID();
  let hears = true;
  let sql = connect();
  let deaf = setTimeout(onSilence, deafAfterMs);
  const checks = setInterval(sendCheck, deafAfterMs / 3);

  function sendCheck() {
    // Its failing shows as silence.
    sql.notify(checkChannel, self).catch(() => undefined);
  }

  function onCheck(payload: string) {
    if (payload !== self) return;
    hears = true;
    clearTimeout(deaf);
    deaf = setTimeout(onSilence, deafAfterMs);
  }

  function onSilence() {
    hears = false;
    log.warn({ silentMs: deafAfterMs }, 'the database is not heard');
    onDeaf();
    // What looks open may be dead, and its queries would wait for ever.
    sql.end({ timeout: 0 }).catch(() => undefined);
    sql = connect();
    deaf = setTimeout(onSilence, deafAfterMs);
  }

  function connect(): postgres.Sql {
    const connecting = postgres(url, { max: 1, idle_timeout: 30, connect_timeout: 5 });
    const listen = (channel: string, heard: (payload: string) => void, listening: () => void) =>
      // The client itself goes on trying.
      connecting.listen(channel, heard, listening).catch((error) => {
        log.warn({ err: error }, 'cannot listen to the database yet');
      });
    for (const [channel, heard] of Object.entries(channels)) void listen(channel, heard, onConnected);
    // The last: when it is heard, so are the others.
    void listen(checkChannel, onCheck, sendCheck);
    return connecting;
  }

  return {
    hears: () => hears,
    async notify(channel, payload) {
      await sql.notify(channel, JSON.stringify(payload));
    },
    async check() {
      await sql`select 1`;
    },
    async close() {
      clearInterval(checks);
      clearTimeout(deaf);
      await sql.end({ timeout: 1 });
    },
  };
}
