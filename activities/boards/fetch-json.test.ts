import type { RequestListener } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { boardFetchLimits, createFetchJson } from './fetch-json.js';
import { ask, client, errorOf, host, json, opened, serve } from './testing/http.js';

describe('an answer', () => {
  test('is asked for under the mapped address, with a user agent, and read as JSON', async () => {
    const seen: { url?: string; agent?: string }[] = [];
    const { url } = await serve((request, response) => {
      seen.push({ url: request.url, agent: request.headers['user-agent'] });
      json({ jobs: [] })(request, response);
    });
    const fetchJson = client(url, { BOARD_USER_AGENT: 'Fox/9 (ops@example.org)' });
    await expect(ask(fetchJson)).resolves.toEqual({ jobs: [] });
    expect(seen).toEqual([{ url: `/${host}/jobs?page=1`, agent: 'Fox/9 (ops@example.org)' }]);
  });

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('may be compressed with %s', async (encoding, compress) => {
    const { url } = await serve((_request, response) => {
      response.setHeader('content-encoding', encoding).end(compress(Buffer.from('\ufeff{"a":"ü"}')));
    });
    await expect(ask(client(url))).resolves.toEqual({ a: 'ü' });
  });

  test('is followed through three redirects on the same hosts', async () => {
    const { url } = await serve((request, response) => {
      const step = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page'));
      if (step === 4) return json({ step })(request, response);
      response
        .writeHead(302, { location: step === 1 ? `https://${host}/b?page=2` : `/b?page=${step + 1}` })
        .end();
    });
    await expect(ask(client(url))).resolves.toEqual({ step: 4 });
  });
});

describe('what is refused', () => {
  test.each([
    ['another host', 'https://evil.example/'],
    ['plain http', `http://${host}/`],
    ['another port', `https://${host}:8443/`],
    ['credentials', `https://user:secret@${host}/`],
    ['an address in its name', `https://${host}@127.0.0.1/`],
    ['a number', 'https://127.0.0.1/'],
    ['a number in IPv6', 'https://[::ffff:127.0.0.1]/'],
    ['a file', 'file:///etc/passwd'],
    ['no address', 'jobs'],
  ])('%s is never asked', async (_what, url) => {
    let requests = 0;
    const served = await serve((_request, response) => {
      requests += 1;
      response.end('{}');
    });
    await expect(ask(client(served.url), { url })).rejects.toMatchObject({ errorClass: 'config' });
    expect(requests).toBe(0);
  });

  test('a live host that resolves to a private address is not connected to', async () => {
    const fetchJson = createFetchJson({ mode: 'live', limits: boardFetchLimits.parse({}) });
    opened.push(fetchJson);
    const request = { url: 'https://localhost/jobs', hosts: ['localhost'] };
    await expect(ask(fetchJson, request)).rejects.toMatchObject({
      errorClass: 'config',
      message: expect.stringContaining('is not public'),
    });
  });

  test.each([
    'http://127.0.0.1:9/',
    'http://169.254.169.254/latest/meta-data',
    'https://evil.example/',
    'https://[::ffff:127.0.0.1]/',
    `https://user:secret@${host}/`,
    `https://${host}:8443/`,
    `http://${host}/`,
    'file:///etc/passwd',
    'http://[',
  ])('a redirect to %s', async (location) => {
    let requests = 0;
    const error = await errorOf((_request, response) => {
      requests += 1;
      response.writeHead(302, { location }).end();
    });
    expect([error.errorClass, requests]).toEqual(['bad_response', 1]);
  });

  test('a redirect without end', async () => {
    let requests = 0;
    const error = await errorOf((_request, response) => {
      requests += 1;
      response.writeHead(302, { location: '/again' }).end();
    });
    expect([error.errorClass, requests]).toEqual(['bad_response', 4]);
  });

  test.each([
    ['an array where an object is due', json([]), 'bad_response'],
    ['null', json(null), 'bad_response'],
    ['text', ((_q, s) => s.end('Not Found')) as RequestListener, 'bad_response'],
    ['nothing', ((_q, s) => s.end()) as RequestListener, 'bad_response'],
    [
      'a web page by its type',
      ((_q, s) => s.setHeader('content-type', 'text/html').end('{}')) as RequestListener,
      'blocked',
    ],
    [
      'a web page by its looks',
      ((_q, s) => s.end('\n<!doctype html><title>Just a moment…')) as RequestListener,
      'blocked',
    ],
    [
      'an unknown encoding',
      ((_q, s) => s.setHeader('content-encoding', 'zstd').end('{}')) as RequestListener,
      'bad_response',
    ],
    [
      'broken compression',
      ((_q, s) => s.setHeader('content-encoding', 'gzip').end('{}')) as RequestListener,
      'bad_response',
    ],
    [
      'cut compression',
      ((_q, s) =>
        s.setHeader('content-encoding', 'gzip').end(gzipSync('{"a":1}').subarray(0, 20))) as RequestListener,
      'bad_response',
    ],
  ])('%s', async (_what, listener, errorClass) => {
    expect((await errorOf(listener)).errorClass).toBe(errorClass);
  });

  test('an object where an array is due', async () => {
    expect((await errorOf(json({ ok: false }), {}, { container: 'array' })).errorClass).toBe('bad_response');
  });

  test('a body of more bytes than allowed, and its connection is closed', async () => {
    const chunk = Buffer.alloc(65_536, 'x');
    let closed: () => void;
    const wasClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const error = await errorOf(
      (_request, response) => {
        const more = () => {
          if (!response.destroyed) response.write(chunk, more);
        };
        response.on('close', () => closed());
        more();
      },
      { BOARD_MAX_BYTES: 200_000 },
    );
    expect(error.errorClass).toBe('too_large');
    await wasClosed;
  });

  test('a small body that swells', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000, ' '));
    const error = await errorOf(
      (_request, response) => response.setHeader('content-encoding', 'gzip').end(bomb),
      { BOARD_MAX_BYTES: 1_000_000 },
    );
    expect([error.errorClass, bomb.length < 1_000_000]).toEqual(['too_large', true]);
  });
});

describe('a status', () => {
  test.each([
    [400, 'bad_response', false],
    [401, 'blocked', false],
    [403, 'blocked', false],
    [404, 'not_found', false],
    [410, 'not_found', false],
    [429, 'rate_limited', true],
    [500, 'upstream', true],
    [503, 'upstream', true],
  ])('%i is %s', async (status, errorClass, retryable) => {
    const error = await errorOf((_request, response) => response.writeHead(status).end('<html>'));
    expect(error).toMatchObject({ errorClass, retryable, options: { status } });
  });

  test('a Cloudflare challenge is a block, whatever its status', async () => {
    const error = await errorOf((_q, s) => s.writeHead(503, { 'cf-mitigated': 'challenge' }).end());
    expect(error.errorClass).toBe('blocked');
  });

  test('429 says how long to wait', async () => {
    const error = await errorOf((_q, s) => s.writeHead(429, { 'retry-after': '17' }).end());
    expect(error.options.retryAfterSeconds).toBe(17);
  });
});
