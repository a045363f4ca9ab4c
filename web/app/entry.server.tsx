import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { createReadableStreamFromReadable, type EntryContext } from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';
import { recordPeerAddress } from './api/forwarded-for.server.js';
// Read first of all: a bad setting ends the process before it listens.
import './config.server.js';
import { refuseForeignRequests } from './foreign-requests.server.js';
import { NonceContext } from './nonce.js';
import { observe } from './observe.server.js';
import { protectEveryAnswer, setContentPolicy } from './security-headers.server.js';

observe();
recordPeerAddress();
refuseForeignRequests();
protectEveryAnswer();

/**
 * How long data may come after the page, in milliseconds. Loaders hand over finished data, so none does; the
 * runtime keeps a timer of this length after each request, which the end of the process waits for.
 */
export const streamTimeout = 1_000;
/** A page that is not rendered by then is given up, in milliseconds. */
const renderTimeout = 20_000;

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
): Promise<Response> {
  const nonce = randomBytes(16).toString('base64');
  setContentPolicy(headers, nonce);
  headers.set('Content-Type', 'text/html; charset=utf-8');
  // Pages are one person's own; none may stay behind in a cache after signing out.
  headers.set('Cache-Control', 'private, no-store');
  let responseStatus = status;

  return new Promise((resolve, reject) => {
    const respond = () => {
      const body = new PassThrough();
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status: responseStatus }));
      pipe(body);
    };
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <RemixServer context={context} url={request.url} abortDelay={renderTimeout} nonce={nonce} />
      </NonceContext.Provider>,
      {
        nonce,
        // A crawler, or a browser told to wait for everything, gets the page whole.
        [isbot(request.headers.get('User-Agent')) ? 'onAllReady' : 'onShellReady']: respond,
        onShellError: reject,
        onError(error: unknown) {
          responseStatus = 500;
          if (!request.signal.aborted) console.error(error);
        },
      },
    );
    setTimeout(abort, renderTimeout).unref();
  });
}

/** Problems thrown on purpose are responses and never come here; what does is ours to mend. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (!request.signal.aborted) console.error(error);
}
