import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { BoardError } from './board.js';
import {
  type BoardFetchLimits,
  boardFetchLimits,
  type ClosableFetchJson,
  createFetchJson,
} from './fetch-json.js';
import { isPublicAddress } from './public-address.js';
import { retryAfterSeconds } from './retry-after.js';

const host = 'board.example';
const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function serve(listener: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push({
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function client(sampleUrl: string, limits: Partial<Record<keyof BoardFetchLimits, unknown>> = {}) {
  const fetchJson = createFetchJson({ mode: 'sample', sampleUrl, limits: boardFetchLimits.parse(limits) });
  opened.push(fetchJson);
  return fetchJson;
}

const ask = (fetchJson: ClosableFetchJson, request: Partial<Parameters<ClosableFetchJson>[0]> = {}) =>
  fetchJson({
    url: `https://${host}/jobs?page=1`,
    hosts: [host],
    container: 'object',
    signal: new AbortController().signal,
    ...request,
  });

const errorOf = async (listener: RequestListener, limits = {}, request = {}) => {
  const { url } = await serve(listener);
  const error = await ask(client(url, limits), request).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BoardError);
  return error as BoardError;
};

const json =
  (body: unknown): RequestListener =>
  (_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  };

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
    '127.0.0.1',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'localhost',
  ])('%s is not a public address', (address) => expect(isPublicAddress(address)).toBe(false));

  test.each(['104.16.1.1', '2606:4700::1'])('%s is a public address', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );

  test.each([
    'http://127.0.0.1:9/',
    'http://169.254.169.254/latest/meta-data',
    'https://evil.example/',
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

  test('401 to a key is about the key', async () => {
    const headers = { Authorization: 'Basic abc' };
    expect((await errorOf((_q, s) => s.writeHead(401).end(), {}, { headers })).errorClass).toBe('auth');
  });

  test('a Cloudflare challenge is a block, whatever its status', async () => {
    const error = await errorOf((_q, s) => s.writeHead(503, { 'cf-mitigated': 'challenge' }).end());
    expect(error.errorClass).toBe('blocked');
  });

  test('429 says how long to wait', async () => {
    const error = await errorOf((_q, s) => s.writeHead(429, { 'retry-after': '17' }).end());
    expect(error.options.retryAfterSeconds).toBe(17);
  });

  test('Retry-After is a number of seconds or a date', () => {
    const now = Date.parse('2026-11-25T10:00:00Z');
    expect(retryAfterSeconds('120', now)).toBe(120);
    expect(retryAfterSeconds('Wed, 25 Nov 2026 10:01:30 GMT', now)).toBe(90);
    expect(retryAfterSeconds('Wed, 25 Nov 2026 09:00:00 GMT', now)).toBe(0);
    expect(retryAfterSeconds('9999999999', now)).toBe(86_400);
    expect([retryAfterSeconds('soon', now), retryAfterSeconds(undefined, now)]).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe('a connection', () => {
  test('that is reset is a network error', async () => {
    expect((await errorOf((request) => request.socket.resetAndDestroy())).errorClass).toBe('network');
  });

  test('that is cut within the body is a network error', async () => {
    const error = await errorOf((request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"jobs":', () => request.socket.destroy());
    });
    expect(error.errorClass).toBe('network');
  });

  test('that nobody takes is a network error', async () => {
    const { server, url } = await serve(() => {});
    await new Promise((done) => server.close(done));
    await expect(ask(client(url))).rejects.toMatchObject({ errorClass: 'network' });
  });

  test('that does not speak HTTP is a bad response', async () => {
    const server = createTcpServer((socket) => socket.on('data', () => socket.end('SSH-2.0-OpenSSH\r\n')));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    opened.push({ close: async () => void server.close() });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(ask(client(url))).rejects.toMatchObject({ errorClass: 'bad_response' });
  });

  test('without headers times out', async () => {
    expect((await errorOf(() => {}, { BOARD_RESPONSE_TIMEOUT_MS: 100 })).errorClass).toBe('timeout');
  });

  test('without a next chunk times out', async () => {
    const error = await errorOf((_q, response) => response.write('{'), { BOARD_IDLE_TIMEOUT_MS: 100 });
    expect(error.errorClass).toBe('timeout');
  });

  test('that drips for ever times out and is closed', async () => {
    let closed: () => void;
    const wasClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const error = await errorOf(
      (_request, response) => {
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => {
          clearInterval(drip);
          closed();
        });
      },
      { BOARD_TOTAL_TIMEOUT_MS: 200 },
    );
    expect(error.errorClass).toBe('timeout');
    await wasClosed;
  });
});

describe('an abort', () => {
  test.each(['before the headers', 'within the body'])(
    '%s closes the socket and rejects with its own reason',
    async (when) => {
      const controller = new AbortController();
      const reason = new Error('the run was cancelled');
      let closed: () => void;
      const wasClosed = new Promise<void>((resolve) => {
        closed = resolve;
      });
      const { url } = await serve((request, response) => {
        request.socket.on('close', () => closed());
        if (when === 'within the body') response.write('{"jobs":[', () => controller.abort(reason));
        else controller.abort(reason);
      });
      await expect(ask(client(url), { signal: controller.signal })).rejects.toBe(reason);
      await wasClosed;
    },
  );

  test('before the start asks nothing', async () => {
    let requests = 0;
    const { url } = await serve((_q, response) => {
      requests += 1;
      response.end('{}');
    });
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(ask(client(url), { signal })).rejects.toThrow('too late');
    expect(requests).toBe(0);
  });

  test('leaves no listener behind on a signal that lives on', async () => {
    const { url } = await serve(json({}));
    const controller = new AbortController();
    const added: unknown[] = [];
    const removed: unknown[] = [];
    const { addEventListener, removeEventListener } = controller.signal;
    controller.signal.addEventListener = function (this: AbortSignal, ...args: [never, never]) {
      added.push(args[1]);
      addEventListener.apply(this, args);
    } as typeof addEventListener;
    controller.signal.removeEventListener = function (this: AbortSignal, ...args: [never, never]) {
      removed.push(args[1]);
      removeEventListener.apply(this, args);
    } as typeof removeEventListener;
    await ask(client(url), { signal: controller.signal });
    expect(added).toHaveLength(1);
    expect(removed).toEqual(added);
  });
});
