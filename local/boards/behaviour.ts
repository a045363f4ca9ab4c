import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';

/** How a host behaves: as it should, or in one of the ways in which real ones have failed. */
export const behaviourNames = [
  'ok',
  'short_pages',
  'slow',
  'drip',
  'huge',
  'html',
  'captcha',
  'unauthorized',
  'forbidden',
  'rate_limited',
  'server_error',
  'reset',
  'hang',
  'truncated',
  'wrong_container',
  'gzip_bomb',
  'not_found',
  'redirect_private',
] as const;

export const behaviourSchema = z.strictObject({
  /** A board's host, as in the sample server's paths; `*.example.com` where each company has one. */
  host: z.string().min(1),
  behaviour: z.enum(behaviourNames),
  /** Only towards requests whose path and query hold this; the others are answered rightly. */
  path: z.string().min(1).optional(),
  /** `slow`: before the answer; `drip`: between two bytes. Milliseconds. */
  delayMs: z.int().min(0).max(600_000).optional(),
  /** `rate_limited` and `server_error`: a `Retry-After` of so many seconds, or of none. */
  retryAfterSeconds: z.int().min(0).max(86_400).optional(),
  /** How many requests it lasts; without it until it is set anew. */
  times: z.int().min(1).optional(),
});
export type Behaviour = z.infer<typeof behaviourSchema>;

type Play = (exchange: {
  request: IncomingMessage;
  response: ServerResponse;
  behaviour: Behaviour;
  /** The right answer's body. */
  body: Buffer;
}) => void;

const page = (title: string) =>
  `<!doctype html><html><head><title>${title}</title></head><body></body></html>`;

/** Postings on a page of `short_pages`: boards have been seen to give fewer than was asked for. */
export const shortPage = 7;

/** How each behaviour is played; `ok`, `short_pages` and `slow` answer rightly and are not here. */
export const plays: Partial<Record<Behaviour['behaviour'], Play>> = {
  drip({ response, behaviour }) {
    response.writeHead(200, { 'content-type': 'application/json' });
    const drip = setInterval(() => response.write(' '), behaviour.delayMs ?? 100);
    response.on('close', () => clearInterval(drip));
  },
  huge({ response }) {
    response.writeHead(200, { 'content-type': 'application/json' });
    pour(response, Buffer.alloc(65_536, '[0],'), 5e9);
  },
  html({ response }) {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page('Jobs'));
  },
  captcha({ response }) {
    const headers = { 'content-type': 'text/html; charset=utf-8', 'cf-mitigated': 'challenge' };
    response.writeHead(403, headers).end(page('Just a moment...'));
  },
  unauthorized({ response }) {
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"Unauthorized"}');
  },
  forbidden({ response }) {
    response.writeHead(403, { 'content-type': 'application/json' }).end('{"error":"Forbidden"}');
  },
  rate_limited({ response, behaviour }) {
    response.writeHead(429, { 'content-type': 'application/json', ...retryAfter(behaviour) });
    response.end('{"error":"Too many requests"}');
  },
  server_error({ response, behaviour }) {
    response.writeHead(503, { 'content-type': 'text/html', ...retryAfter(behaviour) }).end(page('503'));
  },
  reset({ request }) {
    request.socket.resetAndDestroy();
  },
  hang() {},
  truncated({ request, response, body }) {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => request.socket.destroy());
  },
  wrong_container({ response, body }) {
    const isArray = body.toString('utf8', 0, 1) === '[';
    response.writeHead(200, { 'content-type': 'application/json' }).end(isArray ? '{"ok":false}' : '[]');
  },
  gzip_bomb({ response }) {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    // Gzip members one after the other are one stream: each of these swells to sixteen megabytes.
    pour(response, gzipSync(Buffer.alloc(16_777_216, ' ')), 5e6);
  },
  not_found({ response }) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not Found');
  },
  redirect_private({ response }) {
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
  },
};

const retryAfter = ({ retryAfterSeconds }: Behaviour) =>
  retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };

/** Writes a chunk again and again, as fast as it is read. */
function pour(response: ServerResponse, chunk: Buffer, bytes: number): void {
  let left = bytes;
  const more = () => {
    while (left > 0 && !response.destroyed) {
      left -= chunk.length;
      if (!response.write(chunk)) return void response.once('drain', more);
    }
    response.end();
  };
  more();
}
