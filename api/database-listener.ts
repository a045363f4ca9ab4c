import { randomUUID } from 'node:crypto';
import { connect as connectSocket, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import type { DatabaseConnection } from './database-connection.js';
import { createReconnectPauses, type ReconnectLimits } from './reconnect-pauses.js';

export interface DatabaseListenerOptions {
  /** What to do with the payload of each channel. */
  channels: Record<string, (payload: string) => void>;
  /** Called at each connection: what was notified while there was none was not heard. */
  onConnected(): void;
  /** Called when notifications have not arrived for `deafAfterMs`, and again each time that passes. */
  onDeaf(): void;
  /** How long the listener may miss its own checks, in milliseconds. It checks three times as often. */
  deafAfterMs: number;
  reconnect: ReconnectLimits;
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
/** What is asked of the database in between takes milliseconds; one that does not answer is away. */
const answerWithinMs = 5_000;

/**
 * Listens to a database for as long as the process lives, over one connection; a second one notifies. A connection can
 * be dead without either end being told, so the listener notifies itself: when it does not hear that, it knows that it
 * hears nothing.
 */
export function listenToDatabase(
  { url, host, port, ssl }: DatabaseConnection,
  { channels, onConnected, onDeaf, deafAfterMs, reconnect, log }: DatabaseListenerOptions,
): DatabaseListener {
  const self = randomUUID();
  let hears = true;
  // One connection hears what the other asks for, and silence has both made anew: a pause that outlasts it could have
  // each of them wait while the other is there, for ever.
  const limits = { ...reconnect, longestMs: Math.min(reconnect.longestMs, deafAfterMs / 3) };
  const pausesOf = { listening: createReconnectPauses(limits), asking: createReconnectPauses(limits) };
  // When each may connect again: kept when the clients are made anew.
  const notBefore = { listening: 0, asking: 0 };
  let clients = connect();
  let deaf = setTimeout(onSilence, deafAfterMs);
  const checks = setInterval(sendCheck, deafAfterMs / 3);

  function sendCheck() {
    // Its failing shows as silence.
    clients.asking.notify(checkChannel, self).catch(() => undefined);
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
    void clients.end(0);
    clients = connect();
    deaf = setTimeout(onSilence, deafAfterMs);
  }

  function connect() {
    const ended = new AbortController();

    /** The client has pauses of its own, but none after a server that accepts a connection and closes it. */
    const socketOf = (purpose: 'listening' | 'asking') => async (): Promise<Socket> => {
      if (notBefore[purpose] <= performance.now()) {
        const pauseMs = pausesOf[purpose]();
        notBefore[purpose] = performance.now() + pauseMs;
        if (pauseMs > 0)
          log.warn({ purpose, pauseMs: Math.round(pauseMs) }, 'connecting to the database again');
      }
      const pauseMs = notBefore[purpose] - performance.now();
      if (pauseMs > 0) await sleep(pauseMs, undefined, { signal: ended.signal });
      ended.signal.throwIfAborted();
      return connectSocket({ host, port });
    };
    const clientOf = (purpose: 'listening' | 'asking') => {
      // Nothing of array types is asked: when the connection ended meanwhile, nobody would handle it and the process end.
      const options = { max: 1, connect_timeout: 5, backoff: () => 0, fetch_types: false, ssl };
      // `socket` is the client's option for another way to connect, which its types do not know.
      return postgres(url, { ...options, socket: socketOf(purpose) } as postgres.Options<never>);
    };

    const listening = clientOf('listening');
    const asking = clientOf('asking');
    const listen = (channel: string, heard: (payload: string) => void, onListening?: () => void) =>
      // The client itself goes on trying.
      listening.listen(channel, heard, onListening).catch((error) => {
        if (!ended.signal.aborted) log.warn({ err: error }, 'cannot listen to the database yet');
      });
    for (const [channel, heard] of Object.entries(channels)) void listen(channel, heard);
    // The last, on the one connection: when it is heard, so are the others.
    void listen(checkChannel, onCheck, () => {
      onConnected();
      sendCheck();
    });
    return {
      asking,
      async end(timeoutSeconds: number) {
        ended.abort();
        const ending = [listening, asking].map((client) => client.end({ timeout: timeoutSeconds }));
        await Promise.allSettled(ending);
      },
    };
  }

  async function answered(asked: Promise<unknown>): Promise<void> {
    const late = new AbortController();
    const timeout = sleep(answerWithinMs, undefined, { signal: late.signal, ref: false }).then(() => {
      throw new Error(`the database did not answer within ${answerWithinMs} ms`);
    });
    await Promise.race([asked, timeout]).finally(() => {
      timeout.catch(() => undefined);
      late.abort();
    });
  }

  return {
    hears: () => hears,
    notify: (channel, payload) => answered(clients.asking.notify(channel, JSON.stringify(payload))),
    check: () => answered(clients.asking`select 1`.execute()),
    async close() {
      clearInterval(checks);
      clearTimeout(deaf);
      await clients.end(1);
    },
  };
}
