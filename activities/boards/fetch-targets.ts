import { isIP } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import type { BoardFetchLimits } from './fetch-limits.js';
import { publicLookup } from './public-address.js';

export type FetchTargetOptions = {
  limits: BoardFetchLimits;
  /** The addresses of our own services: asked as they are, on whatever network, and nowhere else. */
  services?: readonly string[];
} & (
  | { mode: 'live' }
  /** Every `https://<host>/<path>` of a board is asked as `<sampleUrl>/<host>/<path>`. */
  | { mode: 'sample'; sampleUrl: string }
);

/** Where a request goes, and what holds there. */
export interface FetchTarget {
  url: URL;
  dispatcher: Dispatcher;
  /** The whole request with its redirects. */
  totalTimeoutMs: number;
  /** Where one of its addresses is really asked. */
  addressOf(url: URL): URL;
  /** The address that a redirect leads to; `undefined` where it is not followed. */
  redirect(location: string, from: URL): URL | undefined;
}

/** Finds targets, and holds the connections to them. */
export interface FetchTargets {
  /** `undefined` when the address is none of the hosts'. */
  of(address: string, hosts: readonly string[]): FetchTarget | undefined;
  close(): Promise<void>;
}

export function createFetchTargets(options: FetchTargetOptions): FetchTargets {
  const { limits, services = [] } = options;
  const connect = { timeout: limits.BOARD_CONNECT_TIMEOUT_MS };
  const bodyTimeout = limits.BOARD_IDLE_TIMEOUT_MS;
  const boards = new Agent({
    connect: options.mode === 'live' ? { ...connect, lookup: publicLookup } : connect,
    headersTimeout: limits.BOARD_RESPONSE_TIMEOUT_MS,
    bodyTimeout,
  });
  // A service answers when its work is done.
  const own = new Agent({ connect, headersTimeout: limits.SERVICE_TOTAL_TIMEOUT_MS, bodyTimeout });
  const origins = new Set(services.map((service) => new URL(service).origin));

  const addressOf = (url: URL) =>
    options.mode === 'live'
      ? url
      : new URL(`${options.sampleUrl.replace(/\/$/, '')}/${url.host}${url.pathname}${url.search}`);

  return {
    of(address, hosts) {
      const service = serviceUrl(address, hosts, origins);
      if (service) {
        return {
          url: service,
          dispatcher: own,
          totalTimeoutMs: limits.SERVICE_TOTAL_TIMEOUT_MS,
          addressOf: (url) => url,
          redirect: () => undefined,
        };
      }
      const url = boardUrl(address, hosts);
      return (
        url && {
          url,
          dispatcher: boards,
          totalTimeoutMs: limits.BOARD_TOTAL_TIMEOUT_MS,
          addressOf,
          redirect: (location, from) => boardUrl(location, hosts, from),
        }
      );
    },
    async close() {
      await Promise.all([boards.destroy(), own.destroy()]);
    },
  };
}

/** The address, if it is one of our own services' and the board names its host. */
function serviceUrl(
  address: string,
  hosts: readonly string[],
  origins: ReadonlySet<string>,
): URL | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const plain = url.username === '' && url.password === '';
  return plain && origins.has(url.origin) && hosts.includes(url.hostname) ? url : undefined;
}

/** The address, if it is https on the usual port of one of the hosts. A number is none: it would not be looked up. */
function boardUrl(address: string, hosts: readonly string[], base?: URL): URL | undefined {
  if (!URL.canParse(address, base)) return undefined;
  const url = new URL(address, base);
  const plain = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
  return plain && hosts.includes(url.hostname) && !isNumber(url.hostname) ? url : undefined;
}

const isNumber = (hostname: string) => isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
