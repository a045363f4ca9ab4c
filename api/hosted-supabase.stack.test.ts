import { decodeProtectedHeader } from 'jose';
import { createSampleBoards, type SampleBoards } from '../local/boards/index.js';
import { type CertificateAuthority, createCertificateAuthority } from '../local/testing/certificates.js';
import {
  type HostedSupabase,
  type PostgresOverTls,
  startHostedSupabase,
  startPostgresOverTls,
} from '../local/testing/hosted-supabase.js';
import { startTestStack, type TestProgram, type TestStack } from '../local/testing/stack.js';
import { waitFor } from '../local/testing/wait-for.js';
import { hosts } from '../workflows/testing/scenarios.js';
import { databaseConnection } from './database-connection.js';
import { listenToDatabase } from './database-listener.js';
import { type ApiClient, expectProblem, startApi } from './testing/api-client.js';
import { openEvents } from './testing/event-stream.js';

const email = 'ada@example.com';
const password = 'correct horse battery';

let authority: CertificateAuthority;
let stack: TestStack;
let hosted: HostedSupabase;
let database: PostgresOverTls;
let boards: SampleBoards;
let worker: TestProgram;
let api: ApiClient;

const apiSettings = (): Record<string, string> => ({
  SUPABASE_URL: hosted.url,
  SUPABASE_ANON_KEY: hosted.keys.publishable.at(-1) ?? '',
  SUPABASE_JWT_SECRET: '',
  SUPABASE_JWKS_COOLDOWN_SECONDS: '0',
  DATABASE_URL: listenerUrl('verify-full'),
  DATABASE_CA_FILE: authority.certFile,
});
const startWorker = () =>
  stack.startProcess('worker', {
    SUPABASE_URL: hosted.url,
    SUPABASE_SERVICE_ROLE_KEY: hosted.keys.secret.at(-1) ?? '',
    BOARDS_SAMPLE_URL: boards.url,
    SAMPLE_FRESH_SECONDS: '0',
    SAMPLE_REQUESTS_PER_SECOND: '100',
    ACTIVE_RUNS_PER_USER: '100',
    WORKER_SHUTDOWN_GRACE_SECONDS: '600',
  });
function listenerUrl(mode: string): string {
  const url = new URL(stack.listenerUrl);
  url.host = `localhost:${database.port}`;
  url.searchParams.set('sslmode', mode);
  return url.href;
}

beforeAll(async () => {
  authority = await createCertificateAuthority();
  // The hosted one's certificates are those that Node knows; this is how it knows these.
  process.env.NODE_EXTRA_CA_CERTS = authority.certFile;
  const certificate = await authority.server();
  stack = await startTestStack({ temporal: true });
  hosted = await startHostedSupabase(stack, certificate);
  const { hostname: host, port } = new URL(stack.listenerUrl);
  database = await startPostgresOverTls({ host, port: Number(port) }, certificate);
  boards = createSampleBoards({ seed: 7 });
  await boards.listen(0);
  worker = await startWorker();
  ({ api } = await startApi(stack, apiSettings()));
  expect((await api.post('/auth/sign-up', { email, password })).status).toBeLessThan(300);
});
afterAll(async () => {
  delete process.env.NODE_EXTRA_CA_CERTS;
  await stack?.stop();
  await Promise.all([hosted?.stop(), database?.stop(), boards?.close()]);
  await authority?.remove();
});

async function signIn(at: ApiClient = api): Promise<{ as: ApiClient; token: string }> {
  const { body } = await at.post('/auth/sign-in', { email, password });
  return { as: at.as(body.accessToken), token: body.accessToken };
}

async function begin(as: ApiClient): Promise<string> {
  const answer = await as.post('/runs', { parameters: { title: 'engineer', boards: ['arbeitnow'] } });
  expect(answer.text).toContain('"run"');
  return answer.body.run.id;
}
const ended = (as: ApiClient, id: string) =>
  waitFor(
    async () => {
      const { status } = (await as.get(`/runs/${id}`)).body;
      return !['pending', 'running'].includes(status) && status;
    },
    { what: 'the run to end' },
  );

test('a search runs with keys that are no tokens, tokens signed with ES256, and LISTEN through TLS', async () => {
  const { as, token } = await signIn();
  expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'ES256', kid: 'key-1' });
  const events = await openEvents(as, '/events');
  const id = await begin(as);
  await waitFor(() => events.events.some(({ data }) => data.id === id && data.status === 'success'), {
    what: 'its end to be told live',
  });
  events.close();
  expect([...hosted.used.keys()].sort()).toEqual(['sb_publishable_first_key', 'sb_secret_the_first_key']);
  expect(hosted.refused).toEqual([]);
  expect(database.encrypted()).toBeGreaterThan(0);
  expect(database.plain()).toBe(0);
});

test('signing keys change, to RS256: tokens of both are good, and of the one before no more when it is withdrawn', async () => {
  const before = await signIn();
  hosted.rotateSigningKey('RS256');
  const after = await signIn();
  expect(decodeProtectedHeader(after.token)).toMatchObject({ alg: 'RS256', kid: 'key-2' });
  for (const { as } of [before, after]) expect((await as.get('/runs')).status).toBe(200);
  hosted.withdrawOldSigningKeys();
  const { api: later } = await startApi(stack, apiSettings());
  expectProblem(await later.as(before.token).get('/me'), 'unauthorized');
  expect((await later.as(after.token).get('/me')).status).toBe(200);
});

test('made-up key names do not have the keys read again and again', async () => {
  const { api: patient } = await startApi(stack, {
    ...apiSettings(),
    SUPABASE_JWKS_COOLDOWN_SECONDS: '3600',
  });
  const { as, token } = await signIn(patient);
  expect((await as.get('/me')).status).toBe(200);
  const before = hosted.keySetsRead();
  const [, payload, signature] = token.split('.');
  for (const kid of Array.from({ length: 20 }, (_, index) => `made-up-${index}`)) {
    const header = Buffer.from(JSON.stringify({ alg: 'ES256', kid })).toString('base64url');
    expectProblem(await patient.as(`${header}.${payload}.${signature}`).get('/me'), 'unauthorized');
  }
  expect(hosted.keySetsRead()).toBe(before);
});

test('keys change while a search is under way: another worker and another API with the next, and nothing is refused', async () => {
  const { as } = await signIn();
  boards.control.hold(hosts.arbeitnow);
  const underWay = await begin(as);
  // Not one of a search before.
  await boards.control.waitForRequest(
    ({ path, finishedAt }) => path.includes('page=1') && finishedAt === null,
  );
  hosted.keys.secret.push('sb_secret_the_second_key');
  hosted.keys.publishable.push('sb_publishable_second_key');
  const second = await startWorker();
  const { api: next } = await startApi(stack, apiSettings());
  worker.kill('SIGTERM');
  boards.control.release();
  expect(await worker.waitForExit()).toEqual({ code: 0, signal: null });
  expect(await ended(as, underWay)).toBe('success');

  hosted.keys.secret.shift();
  hosted.keys.publishable.shift();
  const signedIn = await signIn(next);
  expect(await ended(signedIn.as, await begin(signedIn.as))).toBe('success');
  expect(hosted.used.get('sb_secret_the_second_key')).toBeGreaterThan(0);
  expect(hosted.used.get('sb_publishable_second_key')).toBeGreaterThan(0);
  expect(hosted.refused.filter((why) => !why.includes('bad_jwt'))).toEqual([]);
  await second.stop();
});

test('a database that is not the one that its certificate says is not listened to', async () => {
  const elsewhere = await startPostgresOverTls(
    { host: '127.0.0.1', port: Number(new URL(stack.listenerUrl).port) },
    await authority.server('DNS:elsewhere.example.com'),
  );
  try {
    const url = new URL(listenerUrl('verify-full'));
    url.port = String(elsewhere.port);
    const listener = listenToDatabase(databaseConnection(url.href, authority.cert), {
      channels: {},
      onConnected: () => undefined,
      onDeaf: () => undefined,
      deafAfterMs: 3_600_000,
      reconnect: { firstMs: 100, longestMs: 1_000 },
      log: { warn: () => undefined },
    });
    await expect(listener.check()).rejects.toThrow("localhost. is not in the cert's altnames");
    await listener.close();
  } finally {
    await elsewhere.stop();
  }
});
