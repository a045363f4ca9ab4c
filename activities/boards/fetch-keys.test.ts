import type { RequestListener } from 'node:http';
import { inspect } from 'node:util';
import { errorOf, host, json } from './testing/http.js';

const key = 'k3y-that-nobody-may-read';
const withKey = {
  url: `https://${host}/search?app_id=id&app_key=${key}`,
  headers: { authorization: `Basic ${key}`, 'authorization-key': key },
  withKey: true,
};
const status =
  (code: number): RequestListener =>
  (_request, response) =>
    response.writeHead(code).end('{}');

test.each([401, 403])('a key that is refused with %i is that, and says so', async (code) => {
  expect(await errorOf(status(code), {}, withKey)).toMatchObject({
    errorClass: 'auth',
    message: `${host} refuses the key (${code})`,
    retryable: false,
  });
});

test('without a key the same answer turns us away', async () => {
  expect((await errorOf(status(401))).errorClass).toBe('blocked');
});

test.each<[string, RequestListener, object?, object?]>([
  ['refused', status(401)],
  ['not understood', status(400)],
  ['asked to slow down', status(429)],
  ['failing', status(500)],
  ['a reset connection', (request) => request.socket.resetAndDestroy()],
  ['a web page', (_request, response) => response.end('<!doctype html>')],
  ['another container', json([])],
  [
    'cut off',
    (request, response) =>
      response.writeHead(200, { 'content-length': 9 }).write('{"a"', () => request.socket.destroy()),
  ],
  ['no answer in time', () => undefined, { BOARD_RESPONSE_TIMEOUT_MS: 100 }],
  ['none of its hosts', json({}), {}, { hosts: ['another.example'] }],
  [
    'sent elsewhere',
    (request, response) => response.writeHead(302, { location: `https://evil.example${request.url}` }).end(),
  ],
])('no error gives a key away: %s', async (_what, listener, limits = {}, more = {}) => {
  const error = await errorOf(listener, limits, { ...withKey, ...more });
  expect(inspect(error, { depth: 8 })).not.toContain(key);
});
