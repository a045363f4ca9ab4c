import type { IncomingHttpHeaders } from 'node:http';
import type { BoardErrorClass } from '../../domain/board-errors.js';
import { BoardError } from './board.js';
import { notPublicCode } from './public-address.js';
import { retryAfterSeconds } from './retry-after.js';

const timeoutCodes = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);

/** What came is not HTTP, or not in the encoding that its headers name (zlib's and Brotli's codes). */
const badResponseCodes = /^(HPE_|UND_ERR_HEADERS_OVERFLOW|Z_|ERR__)/;

/** A wrong call of ours: a bug, not the board's doing. */
const ownCodes = /^(UND_ERR_INVALID|ERR_INVALID)/;

/** The error of a request that brought no usable answer, by its code. Errors without a code are our own and pass. */
export function transportError(error: unknown, host: string): unknown {
  const { code, message } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  if (typeof code !== 'string' || ownCodes.test(code)) return error;
  if (code === notPublicCode) return new BoardError('config', message ?? code, { cause: error });
  if (timeoutCodes.has(code))
    return new BoardError('timeout', `${host} did not answer in time`, { cause: error });
  if (badResponseCodes.test(code)) {
    return new BoardError('bad_response', `${host} sent a body that cannot be read (${code})`, {
      cause: error,
    });
  }
  return new BoardError('network', `The connection to ${host} failed (${code})`, { cause: error });
}

/** The error that a status stands for; `undefined` when the status promises a body. */
export function statusError(answer: {
  status: number;
  headers: IncomingHttpHeaders;
  host: string;
  withKey: boolean;
  slowDownStatuses?: readonly number[] | undefined;
}): BoardError | undefined {
  const { status, headers, host, withKey, slowDownStatuses = [] } = answer;
  if (status >= 200 && status < 300) return undefined;
  const seconds = retryAfterSeconds(headers['retry-after']);
  const options = { status, ...(seconds !== undefined && { retryAfterSeconds: seconds }) };
  const error = (errorClass: BoardErrorClass, what: string) =>
    new BoardError(errorClass, `${host} ${what} (${status})`, options);

  if (headers['cf-mitigated'] === 'challenge') return error('blocked', 'asks for a captcha');
  if (status === 429 || slowDownStatuses.includes(status)) {
    return error('rate_limited', 'asks us to slow down');
  }
  if (status === 401 || status === 403) {
    return withKey ? error('auth', 'refuses the key') : error('blocked', 'refuses us');
  }
  if (status === 404 || status === 410) return error('not_found', 'knows no such list');
  if (status >= 500) return error('upstream', 'is failing');
  return error('bad_response', 'did not understand the request');
}
