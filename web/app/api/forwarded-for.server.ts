import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/**
 * Makes this server a well-behaved proxy: the address of whoever connected is appended to `X-Forwarded-For`,
 * so that the API can tell the site's visitors apart. What a visitor wrote into the header stays to the left of
 * it, where a reader that trusts only its own proxies does not look. A Remix request knows no socket, hence here: at every
 * HTTP server of the process.
 * @returns what takes it back.
 */
export function recordPeerAddress(): () => void {
  const channel = 'http.server.request.start';
  const record = (message: unknown) => {
    const { request } = message as { request: IncomingMessage };
    request.headers['x-forwarded-for'] = appendAddress(
      request.headers['x-forwarded-for'],
      request.socket.remoteAddress,
    );
  };
  subscribe(channel, record);
  return () => unsubscribe(channel, record);
}

export function appendAddress(before: string | string[] | undefined, peer: string | undefined) {
  const chain = [before ?? [], peer ?? []].flat();
  return chain.length > 0 ? chain.join(', ') : undefined;
}
