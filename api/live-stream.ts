import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RunChange } from './plugins/run-changes.js';
import type { Run } from './schemas.js';

/** One open stream of Server-Sent Events about a person's runs. */
export interface LiveStream {
  send(run: Run): Promise<void>;
  /** Waits for changes, several at once as one. `false` when the client is gone or its token has ended. */
  changed(): Promise<boolean>;
}

/**
 * Streams until `follow` is done, the client goes, or the token ends (the client comes back with a fresh one).
 * @param concerns which changes wake the stream; `undefined` stands for changes that may have been missed.
 */
export async function liveStream(
  request: FastifyRequest,
  reply: FastifyReply,
  concerns: (change: RunChange | undefined) => boolean,
  follow: (stream: LiveStream) => Promise<void>,
): Promise<void> {
  let changed = false;
  let open = true;
  let wake = () => {};
  const end = () => {
    open = false;
    wake();
  };
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

  try {
    await follow({
      async send(run) {
        if (open) await reply.sse.send({ id: String(run.revision), event: 'run', data: run });
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
