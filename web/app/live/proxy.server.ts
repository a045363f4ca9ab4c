import { apiHeaders, problemResponse } from '../api/client.server.js';
import { apiDown, toProblem } from '../api/problems.js';
import { findVisitor } from '../auth.server.js';
import { config } from '../config.server.js';

/** Ends every stream when the process is asked to stop; the server waits for open connections. */
const stopping = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort());

/**
 * Hands one of the API's event streams on under the site's own origin, byte by byte: the token stays in the
 * httpOnly cookie, `Last-Event-ID` goes up, and the API's stream is closed when the browser goes away.
 */
export async function proxyEvents(request: Request, path: `/${string}`): Promise<Response> {
  const visitor = await findVisitor(request);
  if (!visitor) return new Response(null, { status: 401 });
  const lastEventId = request.headers.get('Last-Event-ID');
  const signal = AbortSignal.any([request.signal, stopping.signal]);
  let upstream: Response;
  try {
    upstream = await fetch(`${config.API_URL}${path}`, {
      headers: {
        ...apiHeaders(request, visitor.accessToken),
        Accept: 'text/event-stream',
        ...(lastEventId === null ? {} : { 'Last-Event-ID': lastEventId }),
      },
      signal,
    });
  } catch (error) {
    if (signal.aborted) throw error;
    return problemResponse(apiDown);
  }
  if (!upstream.ok || !upstream.body) {
    await upstream.body?.cancel();
    return problemResponse(toProblem(null, upstream.status, upstream.headers.get('Retry-After')));
  }
  const headers = new Headers(visitor.headers);
  headers.set('Content-Type', 'text/event-stream');
  // `no-transform` keeps compression, and with it buffering, away from the stream.
  headers.set('Cache-Control', 'no-cache, no-transform');
  headers.set('X-Accel-Buffering', 'no');
  return new Response(untilAborted(upstream.body, signal), { headers });
}

/** The stream, ended quietly when the signal aborts: a browser that goes away is no error. */
function untilAborted(body: ReadableStream<Uint8Array>, signal: AbortSignal): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch {
        // Upstream broke or was aborted; the browser connects again if it still wants to know.
        controller.close();
      }
    },
    cancel: () => reader.cancel(signal.reason),
  });
}
