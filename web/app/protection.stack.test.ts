import { readFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import { startApi } from '../../api/testing/api-client.js';
import { inProject } from '../../local/services/project-root.js';
import { startTestStack, type TestStack, type TestUser } from '../../local/testing/stack.js';

let stack: TestStack;
let site: string;
let ada: TestUser;

beforeAll(async () => {
  stack = await startTestStack();
  await startApi(stack);
  site = (await stack.startProcess('web')).url;
  ada = await stack.createUser();
});
afterAll(() => stack?.stop());

const anId = '00000000-0000-4000-8000-000000000000';
const app = inProject('web/app');
const read = (file: string) => readFileSync(join(app, file), 'utf8');
/** Every route that has an action, at an address of its own: `index(file)` and `route(path, file)`. */
const acting = [...read('routes.ts').matchAll(/(?:index\(|route\('([^']+)', )'([^']+)'\)/g)]
  .filter(([, , file = '']) => /export (async function|const) action\b/.test(read(file)))
  .map(([, path = '']) => `/${path.replace(/:\w+/g, anId)}`);

type Headers = Record<string, string>;
interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** As a browser would, with headers that `fetch` lets nobody set. */
function ask(
  method: string,
  url: string,
  headers: Headers = {},
  form?: Record<string, string>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const body = form && new URLSearchParams(form).toString();
    const type = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
    const asked = request(url, { method, agent: false, headers: { ...type, ...headers } }, async (answer) => {
      const text = (await answer.toArray()).join('');
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
    });
    asked.on('error', reject).end(body);
  });
}
const post = (path: string, headers: Headers = {}, form: Record<string, string> = {}, at = site) =>
  ask('POST', at + path, headers, form);
const get = (path: string, headers: Headers = {}, at = site) => ask('GET', at + path, headers);

const setCookie = ({ headers }: Answer) => headers['set-cookie']?.join('\n') ?? '';
const cookieOf = (answer: Answer) => setCookie(answer).split(';')[0] ?? '';
const signIn = (headers: Headers = {}, at = site) =>
  post('/sign-in', headers, { email: ada.email, password: ada.password }, at);

test('every route that changes something refuses what another site has sent', async () => {
  expect(acting.length).toBeGreaterThan(12);
  const cookie = cookieOf(await signIn());
  const { origin } = new URL(site);
  const foreign: Headers[] = [
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site', origin },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ];
  const wrong: unknown[] = [];
  for (const path of acting) {
    // Opened by the secret in its address, from anywhere; it reads no cookie.
    if (path.startsWith('/unsubscribe/')) continue;
    for (const address of [path, `${path === '/' ? '/_root' : path}.data`]) {
      for (const headers of foreign) {
        const { status } = await post(address, { ...headers, cookie });
        if (status !== 403) wrong.push({ address, headers, status });
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('the same is taken from a page of this site, and from what is no browser', async () => {
  const { origin } = new URL(site);
  const own: Headers[] = [
    { 'sec-fetch-site': 'same-origin', origin },
    { 'sec-fetch-site': 'none' },
    { origin },
    {},
  ];
  for (const headers of own) {
    expect((await signIn(headers)).status).toBe(302);
    expect((await post('/theme', headers, { theme: 'dark' })).status).toBe(302);
  }
});

test('mail programs unsubscribe from wherever they are', async () => {
  const answer = await post(`/unsubscribe/${'0'.repeat(64)}`, { 'sec-fetch-site': 'cross-site' });
  expect(answer.status).toBe(404);
  expect(answer.text).toContain('This link is not good any more');
});

test('cookies are no script’s, not sent from elsewhere, and for TLS alone outside this machine', async () => {
  const ways: [Headers, boolean][] = [
    [{}, false],
    [{ 'x-forwarded-proto': 'https' }, true],
    [{ host: 'fox.example' }, true],
  ];
  for (const [headers, isSecure] of ways) {
    for (const answer of [
      await signIn(headers),
      await post('/theme', headers, { theme: 'dark' }),
      await post('/sign-out', headers),
    ]) {
      const attributes = setCookie(answer).split('; ');
      expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Lax', 'Path=/']));
      expect(attributes.includes('Secure')).toBe(isSecure);
    }
  }
});

test('every answer carries what keeps it from being framed, sniffed or told on', async () => {
  const cookie = cookieOf(await signIn());
  const asset = /\/assets\/[\w-]+\.js/.exec((await get('/')).text)?.[0] ?? '';
  expect(asset).not.toBe('');
  let pages = 0;
  for (const path of [
    '/',
    '/sign-in',
    '/nowhere',
    '/settings',
    '/settings/export',
    '/active-runs',
    '/favicon.svg',
    asset,
  ]) {
    const { headers } = await get(path, { cookie });
    expect({ path, ...headers }).toMatchObject({
      path,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['strict-transport-security']).toBeUndefined();
    if (!headers['content-type']?.startsWith('text/html')) continue;
    pages += 1;
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toMatch(/style-src 'self' 'nonce-[^']{20,}'(;|$)/);
    expect(policy).not.toContain('unsafe');
  }
  expect(pages).toBe(3);
  const elsewhere = await get('/sign-in', { host: 'fox.example' });
  expect(elsewhere.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
});

test('the session secret is changed without signing anybody out', async () => {
  const [before, after] = ['the secret before, 32 characters..', 'the secret after, 32 characters...'];
  const start = async (settings: Record<string, string>) => (await stack.startProcess('web', settings)).url;
  const old = await start({ SESSION_SECRET: before });
  const changing = await start({ SESSION_SECRET: after, SESSION_SECRET_BEFORE: before });
  const changed = await start({ SESSION_SECRET: after });
  const isSignedIn = async (at: string, cookie: string) =>
    (await get('/settings', { cookie }, at)).status === 200;
  const oldCookie = cookieOf(await signIn({}, old));
  const newCookie = cookieOf(await signIn({}, changing));
  expect(await isSignedIn(changing, oldCookie)).toBe(true);
  expect(await isSignedIn(changed, newCookie)).toBe(true);
  expect(await isSignedIn(changed, oldCookie)).toBe(false);
});
