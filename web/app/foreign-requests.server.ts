import { subscribe } from 'node:diagnostics_channel';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** Where a request that another site has a browser make is sent instead. */
export const refusedPath = '/refused';

/**
 * Mail programs post here from wherever they are (RFC 8058). No cookie is read: the secret in the address is all it
 * takes.
 */
const openToAll = /^\/unsubscribe\/[^/]+$/;

/**
 * Sends every request that changes something, and that a page of another site made, to the route that refuses it:
 * before any route is chosen, so that none can forget to ask.
 */
export function refuseForeignRequests(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    const [path = ''] = (request.url ?? '').split('?');
    if (isForeign(request.method, request.headers) && !openToAll.test(path)) request.url = refusedPath;
  });
}

/**
 * Whether a page of another site has a browser make this request, and it may change something. A browser says where
 * from: in `Sec-Fetch-Site`, or, when it is old, in `Origin`. What says neither is no browser, and carries no cookie
 * that somebody else put there.
 */
export function isForeign(method: string | undefined, headers: IncomingHttpHeaders): boolean {
  if (method === undefined || ['GET', 'HEAD', 'OPTIONS'].includes(method)) return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin, host } = headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host?.toLowerCase();
}
