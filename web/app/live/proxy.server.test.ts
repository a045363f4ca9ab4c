import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that stands where the API does and shows what it is asked. */
let handle: (request: IncomingMessage, response: ServerResponse) => void;
const api = createServer((request, response) => handle(request, response));
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

async function load() {
  const [{ proxyEvents }, { findVisitor }, session] = await Promise.all([
    import('./proxy.server.js'),
    import('../auth.server.js'),
    import('../session.server.js'),
  ]);
  return { proxyEvents, findVisitor, ...session };
}
let site: Awaited<ReturnType<typeof load>>;

beforeAll(async () => {
  await new Promise<void>((ready) => api.listen(0, '127.0.0.1', ready));
  process.env.API_URL = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  process.env.SESSION_SECRET = 'a secret of at least thirty-two characters';
  site = await load();
});
afterAll(() => {
  api.closeAllConnections();
  api.close();
});

async function cookie(given: Partial<{ refreshToken: string; expiresAt: string }> = {}): Promise<string> {
  const set = await site.signedInCookie(new Request('http://site.example/'), {
    user: { id: '1', email: 'a@example.com' },
    accessToken: 'the-access-token',
    refreshToken: 'the-refresh-token',
    expiresAt: inAnHour(),
    ...given,
  });
  return set.split(';')[0] ?? '';
}

describe('live events through the site', () => {
  test('hands each event on as it comes, with the token and the last event’s id', async () => {
    let asked: IncomingMessage | undefined;
    let upstream: ServerResponse | undefined;
    handle = (request, response) => {
      asked = request;
      upstream = response;
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('data: first\n\n');
    };
    const leaving = new AbortController();
    const response = await site.proxyEvents(
      new Request('http://site.example/events', {
        headers: { Cookie: await cookie(), 'Last-Event-ID': '7', 'X-Forwarded-For': '203.0.113.9' },
        signal: leaving.signal,
      }),
      '/events',
    );
    expect(asked?.headers).toMatchObject({
      authorization: 'Bearer the-access-token',
      'last-event-id': '7',
      'x-forwarded-for': '203.0.113.9',
      accept: 'text/event-stream',
    });
    expect(response.headers.get('Content-Type')).toBe('text/event-stream');
    expect(response.headers.get('Cache-Control')).toContain('no-transform');

    // The second event is sent only once the first has arrived: nothing is kept back.
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const next = async () => new TextDecoder().decode((await reader.read()).value);
    expect(await next()).toBe('data: first\n\n');
    upstream?.write('data: second\n\n');
    expect(await next()).toBe('data: second\n\n');

    const closed = new Promise((done) => upstream?.once('close', done));
    leaving.abort();
    await closed;
    expect((await reader.read()).done).toBe(true);
  });

  test('nobody signed in gets nothing, and a refusal stays a refusal', async () => {
    handle = (_request, response) => response.writeHead(404).end();
    const request = async (headers: Record<string, string>) =>
      site.proxyEvents(new Request('http://site.example/events', { headers }), '/runs/1/events');
    expect((await request({})).status).toBe(401);
    expect((await request({ Cookie: `${await cookie()}x` })).status).toBe(401);
    expect((await request({ Cookie: await cookie() })).status).toBe(404);
  });
});

describe('tokens that are about to end', () => {
  const session = {
    accessToken: 'new',
    refreshToken: 'next',
    expiresAt: inAnHour(),
    user: { id: '1', email: 'a@example.com' },
  };
  const visit = async (refreshToken: string) =>
    site.findVisitor(
      new Request('http://site.example/', {
        headers: { Cookie: await cookie({ refreshToken, expiresAt: new Date().toISOString() }) },
      }),
    );

  test('are renewed once for all requests that ask at once or a little later, each with the new cookie', async () => {
    let renewals = 0;
    handle = (_request, response) => {
      renewals += 1;
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(session));
    };
    const visitors = await Promise.all([visit('once'), visit('once'), visit('once')]);
    visitors.push(await visit('once'));
    expect(renewals).toBe(1);
    for (const visitor of visitors) {
      expect(visitor?.accessToken).toBe('new');
      expect(new Headers(visitor?.headers).get('Set-Cookie')).toMatch(/HttpOnly.*SameSite=Lax/);
    }
  });

  test('that the API refuses end the session; an API that is away does not', async () => {
    handle = (_request, response) => response.writeHead(401).end('{}');
    expect(await visit('refused')).toBeNull();
    handle = (_request, response) => response.writeHead(503).end('{}');
    await expect(visit('away')).rejects.toMatchObject({ status: 503 });
  });
});

test('the cookie is for TLS alone, but on this machine’s own names where the site is reached without', async () => {
  const signedIn = {
    ...(await site.readSignedIn(new Request('http://x/', { headers: { Cookie: await cookie() } }))),
  };
  const cookieAt = (url: string, headers: Record<string, string> = {}) =>
    site.signedInCookie(new Request(url, { headers }), signedIn as never);
  expect(await cookieAt('http://site.example/')).toContain('Secure');
  expect(await cookieAt('http://localhost:3000/', { 'X-Forwarded-Proto': 'https' })).toContain('Secure');
  expect(await cookieAt('http://localhost:3000/')).not.toContain('Secure');
});
