import type { Readable } from 'node:stream';
import { Semaphore } from 'async-mutex';
import { Agent, request } from 'undici';
import { BoardError, type FetchJson } from './board.js';
import { statusError, transportError } from './fetch-errors.js';
import type { BoardFetchLimits } from './fetch-limits.js';
import { acceptedEncodings, discard, readJson } from './json-body.js';
import { publicLookup } from './public-address.js';

export { type BoardFetchLimits, boardFetchLimits } from './fetch-limits.js';

const maxRedirects = 3;

export type FetchJsonOptions = { limits: BoardFetchLimits } & (
  | { mode: 'live' }
  /** Every `https://<host>/<path>` is asked as `<sampleUrl>/<host>/<path>`: the only way to a loopback address. */
  | { mode: 'sample'; sampleUrl: string }
);

/** A `FetchJson` and the end of its connections, for the worker's shutdown. */
export type ClosableFetchJson = FetchJson & { close(): Promise<void> };

/** The one way in which boards are asked, within `limits`. */
export function createFetchJson(options: FetchJsonOptions): ClosableFetchJson {
  const { limits } = options;
  const agent = new Agent({
    connect: {
      timeout: limits.BOARD_CONNECT_TIMEOUT_MS,
      ...(options.mode === 'live' && { lookup: publicLookup }),
    },
    headersTimeout: limits.BOARD_RESPONSE_TIMEOUT_MS,
    bodyTimeout: limits.BOARD_IDLE_TIMEOUT_MS,
  });
  const large = new Semaphore(limits.BOARD_LARGE_BODIES);
  const addressOf = (url: URL) =>
    options.mode === 'live'
      ? url
      : new URL(`${options.sampleUrl.replace(/\/$/, '')}/${url.host}${url.pathname}${url.search}`);

  const fetchJson: FetchJson = async (asked) => {
    const { url, hosts, container, signal, headers = {}, withKey = false, slowDownStatuses } = asked;
    signal.throwIfAborted();
    const start = boardUrl(url, hosts);
    if (!start) {
      // Not told: keys stand in addresses.
      throw new BoardError('config', `The address to ask is none of ${hosts.join(', ')}`);
    }
    const { host } = start;

    const deadline = new AbortController();
    const abort = () => deadline.abort(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    const timer = setTimeout(() => {
      deadline.abort(new BoardError('timeout', `${host} took more than ${limits.BOARD_TOTAL_TIMEOUT_MS} ms`));
    }, limits.BOARD_TOTAL_TIMEOUT_MS);

    try {
      const { body, ...sent } = await follow(start, async (at) => {
        const answer = await request(addressOf(at), {
          dispatcher: agent,
          signal: deadline.signal,
          headers: {
            accept: 'application/json',
            'accept-encoding': acceptedEncodings,
            'user-agent': limits.BOARD_USER_AGENT,
            ...headers,
          },
        });
        const location = answer.headers.location;
        if (isRedirect(answer.statusCode) && typeof location === 'string') {
          discard(answer.body);
          const next = boardUrl(location, hosts, at);
          if (!next)
            throw new BoardError('bad_response', `${host} redirects to an address that is not the board's`);
          return { next };
        }
        const error = statusError({
          status: answer.statusCode,
          headers: answer.headers,
          host,
          withKey,
          slowDownStatuses,
        });
        if (error) {
          discard(answer.body);
          throw error;
        }
        const contentType = String(answer.headers['content-type'] ?? '');
        if (/\bhtml\b/i.test(contentType)) {
          discard(answer.body);
          throw new BoardError('blocked', `${host} answered with a web page`);
        }
        return {
          body: answer.body,
          encoding: String(answer.headers['content-encoding'] ?? '').toLowerCase(),
          contentType,
        };
      });
      return await readJson(body, { host, ...sent, container, maxBytes: limits.BOARD_MAX_BYTES, large });
    } catch (error) {
      if (deadline.signal.aborted) throw deadline.signal.reason;
      throw transportError(error, host);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  };
  return Object.assign(fetchJson, { close: () => agent.destroy() });
}

type Answer = { body: Readable; encoding: string; contentType: string };

/** Follows at most `maxRedirects` redirects, each of them checked by `ask`. */
async function follow(start: URL, ask: (url: URL) => Promise<Answer | { next: URL }>): Promise<Answer> {
  let url = start;
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const answer = await ask(url);
    if (!('next' in answer)) return answer;
    url = answer.next;
  }
  throw new BoardError('bad_response', `${start.host} redirects more than ${maxRedirects} times`);
}

const isRedirect = (status: number) => [301, 302, 303, 307, 308].includes(status);

/** The address, if it is https on the usual port of one of the hosts. */
function boardUrl(address: string, hosts: readonly string[], base?: URL): URL | undefined {
  if (!URL.canParse(address, base)) return undefined;
  const url = new URL(address, base);
  const plain = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
  return plain && hosts.includes(url.hostname) ? url : undefined;
}
