import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { waitFor } from '../../local/testing/wait-for.js';
import { type Answer, type ApiClient, expectProblem, startApi } from '../testing/api-client.js';
import { answerJson, type Gateway, startGateway } from '../testing/gateway.js';
import { createRun } from '../testing/runs.js';

let stack: TestStack;
let gateway: Gateway;
let api: ApiClient;
let asAda: ApiClient;
let output: () => string;

beforeAll(async () => {
  stack = await startTestStack();
  gateway = await startGateway(stack.supabaseUrl);
  const started = await startApi(stack, { SUPABASE_URL: gateway.url });
  api = started.api;
  output = started.program.output;
  asAda = api.as((await stack.createUser()).accessToken);
});
afterAll(async () => {
  await stack?.stop();
  await gateway?.stop();
});
afterEach(() => gateway.intercept(() => false));

const post = (body: string, headers: Record<string, string> = {}) =>
  asAda.request('POST', '/runs', { body, headers });

describe('a body', () => {
  test('of up to 64 KiB is read, and a larger one is not', async () => {
    const filled = (bytes: number) => {
      const body = JSON.stringify({ parameters: { title: 'baker' }, more: '' });
      return body.replace('"more":""', `"more":"${'x'.repeat(bytes - body.length)}"`);
    };
    expect((await post(filled(65_536))).status).toBe(202);
    expectProblem(await post(filled(65_537)), 'payload-too-large');
  });

  test.each([
    ['{'],
    ['{"parameters": undefined}'],
    ['title=baker'],
    [''],
    ['{"parameters":{"title":"baker"},"__proto__":{"admin":true}}'],
  ])('%s is no JSON', async (body) => {
    expectProblem(await post(body), 'invalid-request');
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
  ])('of %s is refused', async (type) => {
    expectProblem(
      await post('{"parameters":{"title":"baker"}}', { 'content-type': type }),
      'unsupported-media-type',
    );
  });
});

test.each([
  ['GET', '/'],
  ['GET', '/nothing'],
  ['GET', '/runs/'],
  ['DELETE', '/runs'],
  ['PATCH', '/saved-searches'],
  ['PUT', '/runs/00000000-0000-4000-8000-000000000000'],
  ['POST', '/boards'],
  ['GET', '/runs/%zz'],
  ['GET', `/${'x'.repeat(5_000)}`],
])('%s %s is nothing that there is', async (method, path) => {
  expectProblem(await asAda.request(method, path), 'not-found');
});

test('a failure is logged and says nothing of its inside', async () => {
  await stack.sql`alter function public.request_cancel(uuid) rename to request_cancel_kept`;
  await stack.sql.unsafe(`
    create function public.request_cancel(p_run uuid) returns text language plpgsql as
      $$ begin raise exception 'secret words of the database' using detail = 'table search_runs'; end $$;
    grant execute on function public.request_cancel(uuid) to authenticated;
    notify pgrst, 'reload schema'`);
  try {
    const { id } = await createRun(asAda, 'to fail');
    const answer = await waitFor(
      async () => {
        const given = await asAda.post(`/runs/${id}/cancel`);
        return output().includes('secret words') && given;
      },
      { what: 'the failing function' },
    );
    expectProblem(answer, 'internal');
    expect(answer.body).toEqual({ type: '/problems/internal', title: 'The service failed', status: 500 });
  } finally {
    await stack.sql`drop function public.request_cancel(uuid)`;
    await stack.sql`alter function public.request_cancel_kept(uuid) rename to request_cancel`;
    await stack.sql`notify pgrst, 'reload schema'`;
  }
});

describe('while Supabase is away', () => {
  // One that waits so long only: nothing else is asked of it, as a machine that stands still is not away.
  let hasty: ApiClient;
  let asHasty: ApiClient;
  beforeAll(async () => {
    hasty = (await startApi(stack, { SUPABASE_URL: gateway.url, SUPABASE_TIMEOUT_MS: '2000' })).api;
    asHasty = hasty.as(asAda.token);
  });

  const requests: [string, () => Promise<Answer>][] = [
    ['reading runs', () => asHasty.get('/runs')],
    ['starting a run', () => asHasty.post('/runs', { parameters: { title: 'baker' } })],
    ['saving a search', () => asHasty.post('/saved-searches', { name: 'x', parameters: { title: 'x' } })],
    [
      'signing in',
      () => hasty.post('/auth/sign-in', { email: 'ada@example.com', password: 'some password' }),
    ],
    [
      'signing up',
      () => hasty.post('/auth/sign-up', { email: 'ada@example.com', password: 'some password' }),
    ],
    ['refreshing', () => hasty.post('/auth/refresh', { refreshToken: 'some token' })],
    ['signing out', () => asHasty.post('/auth/sign-out')],
  ];
  const ways: [string, Parameters<Gateway['intercept']>[0]][] = [
    [
      'hangs up',
      (_, outgoing) => {
        outgoing.destroy();
        return true;
      },
    ],
    [
      "answers with a gateway's page",
      (_, outgoing) => {
        outgoing.writeHead(502, { 'content-type': 'text/html' });
        outgoing.end('<h1>Bad gateway</h1>');
        return true;
      },
    ],
    ['answers 503', (_, outgoing) => answerJson(outgoing, 503, { message: 'the database does not answer' })],
    ['does not answer', () => true],
  ];

  test.each(ways)('and %s, every route says so', async (_way, intercept) => {
    gateway.intercept(intercept);
    const answers = await Promise.all(requests.map(async ([what, ask]) => ({ what, answer: await ask() })));
    for (const { what, answer } of answers) {
      expect([what, answer.body.type]).toEqual([what, '/problems/service-unavailable']);
      expectProblem(answer, 'service-unavailable');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(answer.text).not.toMatch(/gateway|fetch|ECONN|127\.0\.0\.1/i);
    }
    gateway.intercept(() => false);
    await waitFor(async () => (await asHasty.get('/runs')).status === 200, { what: 'Supabase to be back' });
  });

  test('PostgREST without its database says so too, and comes back by itself', async () => {
    await stack.sql`alter role authenticator nologin`;
    try {
      await waitFor(
        async () => {
          await stack.sql`
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and usename = 'authenticator'`;
          const answer = await asHasty.post('/runs', { parameters: { title: 'baker' } });
          expectProblem(answer, 'service-unavailable');
          return true;
        },
        { what: 'PostgREST to miss its database' },
      );
    } finally {
      await stack.sql`alter role authenticator login`;
    }
    await waitFor(async () => (await asHasty.get('/runs')).status === 200, { what: 'PostgREST to be back' });
  });
});
