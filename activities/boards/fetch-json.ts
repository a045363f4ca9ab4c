import type { Readable } from 'node:stream';
import { Semaphore } from 'async-mutex';
import { request } from 'undici';
import { BoardError, type FetchJson } from './board.js';
import { statusError, transportError } from './fetch-errors.js';
import { createFetchTargets, type FetchTargetOptions } from './fetch-targets.js';
import { acceptedEncodings, discard, readJson } from './json-body.js';

export { type BoardFetchLimits, boardFetchLimits } from './fetch-limits.js';

const maxRedirects = 3;

/** A `FetchJson` and the end of its connections, for the worker's shutdown. */
export type ClosableFetchJson = FetchJson & { close(): Promise<void> };

/** The one way in which boards are asked, within `limits`. */
export function createFetchJson(options: FetchTargetOptions): ClosableFetchJson {
  const { limits } = options;
  const targets = createFetchTargets(options);
  const large = new Semaphore(limits.BOARD_LARGE_BODIES);

  const fetchJson: FetchJson = async (asked) => {
    const { url, hosts, container, signal, headers = {}, withKey = false, slowDownStatuses } = asked;
    signal.throwIfAborted();
    const target = targets.of(url, hosts);
    if (!target) {
      // Not told: keys stand in addresses.
      throw new BoardError('config', `The address to ask is none of ${hosts.join(', ')}`);
    }
    const { host } = target.url;

    const deadline = new AbortController();
    const abort = () => deadline.abort(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    const timer = setTimeout(() => {
      deadline.abort(new BoardError('timeout', `${host} took more than ${target.totalTimeoutMs} ms`));
    }, target.totalTimeoutMs);

    try {
      const { body, ...sent } = await follow(target.url, async (at) => {
        const answer = await request(target.addressOf(at), {
          dispatcher: target.dispatcher,
          signal: deadline.signal,
          ...(asked.body !== undefined && { method: 'POST', body: JSON.stringify(asked.body) }),
          headers: {
            accept: 'application/json',
            'accept-encoding': acceptedEncodings,
            'user-agent': limits.BOARD_USER_AGENT,
            ...(asked.body !== undefined && { 'content-type': 'application/json' }),
            ...headers,
          },
        });
        const location = answer.headers.location;
        if (isRedirect(answer.statusCode) && typeof location === 'string') {
          discard(answer.body);
          const next = asked.body === undefined ? target.redirect(location, at) : undefined;
          if (!next)
            throw new BoardError('bad_response', `${host} redirects to where it may not be followed`);
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
  return Object.assign(fetchJson, { close: () => targets.close() });
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
