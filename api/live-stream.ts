import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Company } from './company-schemas.js';
import type { ApiSettings } from './config.js';
import type { Change } from './plugins/run-changes.js';
import { Problem } from './problem.js';
import type { Run } from './schemas.js';

/** One event of a stream. Runs alone have an id: what was missed of the others is told at the next opening. */
export type LiveEvent =
  | { id: string; event: 'run'; data: Run }
  | { event: 'company'; data: Company }
  // What it is now stands where the postings are read.
  | { event: 'marks'; data: Record<string, never> }
  // An event and no comment: a page's script sees events only, and this is how it knows that the stream is alive.
  | { event: 'heartbeat'; data: { everySeconds: number } };

/** One open stream of Server-Sent Events about what is a person's. */
export interface LiveStream {
  send(event: LiveEvent): Promise<void>;
  /**
   * Waits for changes, several at once as one. `false` when the stream is at its end: the client is gone, its token
   * has ended, its session was signed out, or the database is not heard any more. From the first call on, when the
   * client has been told how things are, the heartbeat goes.
   */
  changed(): Promise<boolean>;
}

export interface LiveStreamOptions {
  /** Which changes wake the stream; `undefined` stands for changes that may have been missed. */
  concerns(change: Change | undefined): boolean;
  settings: ApiSettings;
}

/**
 * Streams until `follow` is done or the stream is at its end; a client that may come back is then told again.
 * A client that leaves an event unread for STREAM_STALL_SECONDS is dropped. It holds up nobody: while one event
 * waits no other is made, so what it costs is that one event and its place.
 * @throws Problem `rate-limited` or `service-unavailable`, before the answer has begun.
 */
export async function liveStream(
  request: FastifyRequest,
  reply: FastifyReply,
  { concerns, settings }: LiveStreamOptions,
  follow: (stream: LiveStream) => Promise<void>,
): Promise<void> {
  let changed = false;
  // The client may be gone already.
  let open = !reply.raw.destroyed;
  let wake = () => {};
  let letGo = () => {};
  const gone = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const end = () => {
    open = false;
    wake();
    letGo();
  };
  // Counted and added in one step, or several that open at once would all pass.
  expectRoom(request, settings);
  const unwatch = request.server.runChanges.watch(request.person, {
    onChange(change) {
      if (!concerns(change)) return;
      changed = true;
      wake();
    },
    onEnd: end,
  });
  const drop = () => {
    request.log.info({ stalledSeconds: settings.STREAM_STALL_SECONDS }, 'live stream dropped: not read');
    reply.raw.destroy();
  };
  const expiry = setTimeout(end, Math.max(0, request.person.expiresAt - Date.now()));
  reply.sse.keepAlive();
  reply.sse.onClose(end);
  // Headers go out at once, also when there is nothing to tell yet.
  reply.sse.sendHeaders();
  reply.raw.flushHeaders();

  let sending = false;
  const send = async (event: LiveEvent) => {
    if (!open) return;
    sending = true;
    // Not given up when the stream ends: what is unread would be held for as long as the client likes.
    const stalled = setTimeout(drop, settings.STREAM_STALL_SECONDS * 1000).unref();
    const sent = reply.sse.send(event).finally(() => {
      clearTimeout(stalled);
      sending = false;
    });
    // A client that stops reading takes no more, and may go without having read.
    await Promise.race([sent, gone]);
  };
  const everySeconds = settings.STREAM_HEARTBEAT_SECONDS;
  // Behind an event that waits to be read there is nothing to be gained by one more.
  const beat = () => void (sending || send({ event: 'heartbeat', data: { everySeconds } }).catch(end));
  let beating: NodeJS.Timeout | undefined;

  try {
    await follow({
      send,
      async changed() {
        if (!beating) {
          beating = setInterval(beat, everySeconds * 1000);
          beat();
        }
        if (!changed && open) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        changed = false;
        return open;
      },
    });
  } catch (error) {
    // The answer has begun, so there is no status left to send: the client comes back and is told then.
    request.log.warn({ err: error }, 'live stream broken off');
  } finally {
    clearTimeout(expiry);
    clearInterval(beating);
    unwatch();
    reply.sse.close();
  }
}

/** @throws Problem */
function expectRoom({ server: { runChanges }, person }: FastifyRequest, settings: ApiSettings): void {
  const retryAfterSeconds = settings.STREAM_HEARTBEAT_SECONDS;
  const most = settings.STREAMS_PER_USER;
  if (runChanges.watchers(person.id) >= most) {
    throw new Problem('rate-limited', `At most ${most} live streams can be open.`, { retryAfterSeconds });
  }
  if (runChanges.allWatchers() >= settings.STREAMS_PER_PROCESS) {
    throw new Problem('service-unavailable', 'Too many live streams are open.', { retryAfterSeconds });
  }
  if (!runChanges.hears()) {
    throw new Problem('service-unavailable', 'Changes cannot be heard right now.', { retryAfterSeconds });
  }
}
