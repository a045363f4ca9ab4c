import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Company } from './company-schemas.js';
import type { Change } from './plugins/run-changes.js';
import { Problem } from './problem.js';
import type { Run } from './schemas.js';

/** One event of a stream. A company's has no id: what was missed of companies is told at the next opening. */
export type LiveEvent = { id: string; event: 'run'; data: Run } | { event: 'company'; data: Company };

/** One open stream of Server-Sent Events about what is a person's. */
export interface LiveStream {
  send(event: LiveEvent): Promise<void>;
  /** Waits for changes, several at once as one. `false` when the client is gone or its token has ended. */
  changed(): Promise<boolean>;
}

export interface LiveStreamOptions {
  /** Which changes wake the stream; `undefined` stands for changes that may have been missed. */
  concerns(change: Change | undefined): boolean;
  /** Streams that one person may hold open. */
  most: number;
  /** When whoever has too many may try again. */
  retryAfterSeconds: number;
}

/**
 * Streams until `follow` is done, the client goes, or the token ends (the client comes back with a fresh one).
 * @throws Problem `rate-limited` before the answer has begun.
 */
export async function liveStream(
  request: FastifyRequest,
  reply: FastifyReply,
  { concerns, most, retryAfterSeconds }: LiveStreamOptions,
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
  if (request.server.runChanges.watchers(request.person.id) >= most) {
    throw new Problem('rate-limited', `At most ${most} live streams can be open.`, { retryAfterSeconds });
  }
  const unwatch = request.server.runChanges.watch(request.person.id, (change) => {
    if (!concerns(change)) return;
    changed = true;
    wake();
  });
  const expiry = setTimeout(end, Math.max(0, request.person.expiresAt - Date.now()));
  reply.sse.keepAlive();
  reply.sse.onClose(end);
  // Headers go out at once, also when there is nothing to tell yet.
  reply.sse.sendHeaders();
  reply.raw.flushHeaders();

  try {
    await follow({
      async send(event) {
        if (!open) return;
        const sent = reply.sse.send(event);
        // A client that stops reading takes no more, and may go without having read.
        await Promise.race([sent, gone]);
      },
      async changed() {
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
    unwatch();
    reply.sse.close();
  }
}
