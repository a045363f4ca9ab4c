import { createHmac, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { exportJWK, exportSPKI, SignJWT } from 'jose';
import { startTestStack, type TestStack, type TestUser } from '../../local/testing/stack.js';
import { type ApiClient, expectProblem, startApi } from '../testing/api-client.js';
import { answerJson, type Gateway, startGateway } from '../testing/gateway.js';

let stack: TestStack;
let ada: TestUser;
beforeAll(async () => {
  stack = await startTestStack();
  ada = await stack.createUser();
});
afterAll(() => stack?.stop());

interface Claims {
  sub?: string;
  aud?: string;
  /** Seconds from now. */
  expiresIn?: number;
}

function token(
  key: KeyObject | Uint8Array,
  header: { alg: string; kid?: string },
  { sub = ada.id, aud = 'authenticated', expiresIn = 600 }: Claims = {},
): Promise<string> {
  return new SignJWT({ role: 'authenticated', email: ada.email })
    .setProtectedHeader(header)
    .setSubject(sub)
    .setAudience(aud)
    .setExpirationTime(Math.floor(Date.now() / 1000) + expiresIn)
    .sign(key);
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const bytes = (text: string) => new TextEncoder().encode(text);

describe('with a shared secret', () => {
  let api: ApiClient;
  const secret = () => bytes(stack.jwtSecret);
  beforeAll(async () => {
    ({ api } = await startApi(stack));
  });

  const protectedRoutes: [string, string][] = [
    ['GET', '/me'],
    ['POST', '/auth/sign-out'],
    ['GET', '/runs'],
    ['POST', '/runs'],
    ['GET', `/runs/${randomUUID()}`],
    ['GET', `/runs/${randomUUID()}/results`],
    ['POST', `/runs/${randomUUID()}/cancel`],
    ['GET', `/runs/${randomUUID()}/events`],
    ['GET', '/events'],
    ['GET', '/saved-searches'],
    ['POST', '/saved-searches'],
    ['GET', `/saved-searches/${randomUUID()}`],
    ['PUT', `/saved-searches/${randomUUID()}`],
    ['DELETE', `/saved-searches/${randomUUID()}`],
  ];
  test.each(protectedRoutes)('%s %s wants a token', async (method, path) => {
    expectProblem(await api.request(method, path), 'unauthorized');
    expectProblem(await api.as('made up').request(method, path), 'unauthorized');
  });

  test('takes the token that Supabase gave, and one that is signed alike', async () => {
    for (const good of [ada.accessToken, await token(secret(), { alg: 'HS256' })]) {
      expect((await api.as(good).get('/me')).body).toEqual({ id: ada.id, email: ada.email });
    }
  });

  test.each<[string, () => string | Promise<string>]>([
    ['garbage', () => 'abc'],
    ['three parts of garbage', () => 'a.b.c'],
    ['an ended one', () => token(secret(), { alg: 'HS256' }, { expiresIn: -1 })],
    ['one of another secret', () => token(bytes('x'.repeat(43)), { alg: 'HS256' })],
    ['one for another audience', () => token(secret(), { alg: 'HS256' }, { aud: 'anon' })],
    ['one of another algorithm with the same secret', () => token(secret(), { alg: 'HS512' })],
    ["the service's key", () => stack.serviceRoleKey],
    ["the site's public key", () => stack.anonKey],
    ['one that names nobody', () => token(secret(), { alg: 'HS256' }, { sub: '' })],
    [
      'one that says it is not signed',
      () => `${base64({ alg: 'none' })}.${base64({ sub: ada.id, aud: 'authenticated', exp: 4e9 })}.`,
    ],
    [
      'one that is changed after it was signed',
      () => {
        const [header, , signature] = ada.accessToken.split('.');
        return `${header}.${base64({ sub: randomUUID(), aud: 'authenticated', exp: 4e9 })}.${signature}`;
      },
    ],
    [
      'one without an end',
      () =>
        new SignJWT({ role: 'authenticated' })
          .setProtectedHeader({ alg: 'HS256' })
          .setSubject(ada.id)
          .setAudience('authenticated')
          .sign(secret()),
    ],
    [
      'one of a key that Supabase does not have',
      () => token(keyPair().privateKey, { alg: 'ES256', kid: 'mine' }),
    ],
  ])('refuses %s', async (_what, made) => {
    expectProblem(await api.as(await made()).get('/me'), 'unauthorized');
  });

  test.each(['Basic YWRhOnNlY3JldA==', 'Bearer', 'Bearer  ', 'bearer x', 'Bearer a b', ''])(
    'refuses the header "%s"',
    async (authorization) => {
      expectProblem(await api.get('/me', { headers: { authorization } }), 'unauthorized');
    },
  );
});

const keyPair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

describe('with public keys', () => {
  const { publicKey, privateKey } = keyPair();
  let gateway: Gateway;
  let api: ApiClient;

  const serveKeys = async (served: Record<string, KeyObject> = { current: publicKey }) => {
    const keys = await Promise.all(
      // Without `alg`: the API itself says which algorithms a key may be used with.
      Object.entries(served).map(async ([kid, key]) => ({ ...(await exportJWK(key)), kid, use: 'sig' })),
    );
    gateway.intercept((incoming, outgoing) =>
      incoming.url === '/auth/v1/.well-known/jwks.json' && incoming.method === 'GET'
        ? answerJson(outgoing, 200, { keys })
        : false,
    );
  };
  const startWithKeys = async (secret = '') =>
    (await startApi(stack, { SUPABASE_URL: gateway.url, SUPABASE_JWT_SECRET: secret })).api;

  beforeAll(async () => {
    gateway = await startGateway(stack.supabaseUrl);
    await serveKeys();
    api = await startWithKeys();
  });
  afterAll(() => gateway?.stop());

  test('takes a token signed by the key', async () => {
    const good = await token(privateKey, { alg: 'ES256', kid: 'current' });
    expect((await api.as(good).get('/me')).body).toEqual({ id: ada.id, email: ada.email });
  });

  test.each<[string, () => string | Promise<string>]>([
    ['of another key', () => token(keyPair().privateKey, { alg: 'ES256', kid: 'current' })],
    ['of a key that is not in the set', () => token(keyPair().privateKey, { alg: 'ES256', kid: 'other' })],
    ['that has ended', () => token(privateKey, { alg: 'ES256', kid: 'current' }, { expiresIn: -1 })],
    ['for another audience', () => token(privateKey, { alg: 'ES256', kid: 'current' }, { aud: 'anon' })],
    ['of the shared secret', () => ada.accessToken],
    [
      'whose secret is the public key',
      async () => {
        const text = `${base64({ alg: 'HS256', kid: 'current' })}.${base64({ sub: ada.id, aud: 'authenticated', exp: 4e9 })}`;
        return `${text}.${createHmac('sha256', await exportSPKI(publicKey))
          .update(text)
          .digest('base64url')}`;
      },
    ],
  ])('refuses one %s', async (_what, made) => {
    expectProblem(await api.as(await made()).get('/me'), 'unauthorized');
  });

  test.each([
    ['RS256', ['RS512', 'PS256'], generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['EdDSA', [], generateKeyPairSync('ed25519')],
  ] as const)(
    'takes a token signed with %s, and of the same key none of %j',
    async (alg, others, { publicKey, privateKey }) => {
      try {
        await serveKeys({ [alg]: publicKey });
        const started = await startWithKeys();
        const good = await token(privateKey, { alg, kid: alg });
        expect((await started.as(good).get('/me')).body).toEqual({ id: ada.id, email: ada.email });
        for (const other of others) {
          const bad = await token(privateKey, { alg: other, kid: alg });
          expectProblem(await started.as(bad).get('/me'), 'unauthorized');
        }
      } finally {
        await serveKeys();
      }
    },
  );

  test('while keys change, tokens of the key before, of the next, and of a shared secret still known are good', async () => {
    const next = keyPair();
    try {
      await serveKeys({ current: publicKey, next: next.publicKey });
      const changing = await startWithKeys(stack.jwtSecret);
      const tokens = [
        await token(privateKey, { alg: 'ES256', kid: 'current' }),
        await token(next.privateKey, { alg: 'ES256', kid: 'next' }),
        ada.accessToken,
      ];
      for (const good of tokens) expect((await changing.as(good).get('/me')).status).toBe(200);

      await serveKeys({ next: next.publicKey });
      const changed = await startWithKeys();
      const statuses = await Promise.all(
        tokens.map(async (each) => (await changed.as(each).get('/me')).status),
      );
      expect(statuses).toEqual([401, 200, 401]);
    } finally {
      await serveKeys();
    }
  });

  test.each<[string, (incoming: unknown, outgoing: Parameters<typeof answerJson>[0]) => boolean]>([
    ['answers with a failure', (_, outgoing) => answerJson(outgoing, 500, {})],
    ['answers with what is no key set', (_, outgoing) => answerJson(outgoing, 200, { message: 'hello' })],
    [
      'hangs up',
      (_, outgoing) => {
        outgoing.destroy();
        return true;
      },
    ],
  ])('while the key server %s nobody is told that their token has ended', async (_what, intercept) => {
    gateway.intercept(intercept);
    try {
      const good = await token(privateKey, { alg: 'ES256', kid: 'current' });
      const fresh = await startWithKeys();
      const refused = await fresh.as(good).get('/me');
      expectProblem(refused, 'service-unavailable');
      expect(refused.headers.get('retry-after')).toBe('5');
      await serveKeys();
      expect((await fresh.as(good).get('/me')).status).toBe(200);
    } finally {
      await serveKeys();
    }
  });
});
