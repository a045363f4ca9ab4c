import { SignJWT } from 'jose';
import { startTestStack, type TestStack, type TestUser } from '../local/testing/stack.js';
import { type ApiClient, expectProblem, startApi } from './testing/api-client.js';
import { completeRun, createRun, endRun } from './testing/runs.js';

let stack: TestStack;
let ada: TestUser;
let bob: TestUser;
beforeAll(async () => {
  stack = await startTestStack();
  [ada, bob] = await Promise.all([stack.createUser(), stack.createUser()]);
});
afterAll(() => stack?.stop());

const seconds = (answer: { headers: Headers }) => Number(answer.headers.get('retry-after'));

/** Asks until it is refused, and says how often it was answered. */
async function usedUp(ask: () => ReturnType<ApiClient['get']>, most: number): Promise<number> {
  for (let answered = 0; answered <= most; answered += 1) {
    const answer = await ask();
    if (answer.status !== 429) continue;
    expectProblem(answer, 'rate-limited');
    expect(seconds(answer)).toBeGreaterThan(0);
    expect(seconds(answer)).toBeLessThanOrEqual(60);
    return answered;
  }
  throw new Error(`not refused within ${most} requests`);
}

describe('requests a minute', () => {
  const most = 12;
  let api: ApiClient;
  // A process for each test: what one used up is not there for the next.
  beforeEach(async () => {
    ({ api } = await startApi(stack, { REQUESTS_PER_MINUTE: String(most), SIGN_INS_PER_MINUTE: '3' }));
  });

  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });

  test('are counted by person, wherever they come from; another person is not concerned', async () => {
    const asAda = api.as(ada.accessToken);
    let n = 0;
    const answered = await usedUp(() => {
      n += 1;
      return asAda.get('/me', from(`192.0.2.${n}`));
    }, most);
    expect(answered).toBe(most);
    expect((await api.as(bob.accessToken).get('/me', from('192.0.2.1'))).status).toBe(200);
    expectProblem(await asAda.post('/runs', { parameters: { title: 'baker' } }), 'rate-limited');
  });

  test('are counted by address for whoever is nobody', async () => {
    expect(await usedUp(() => api.get('/boards', from('192.0.2.1')), most)).toBe(most);
    expect((await api.get('/boards', from('192.0.2.2'))).status).toBe(200);
    expect((await api.as(ada.accessToken).get('/me', from('192.0.2.1'))).status).toBe(200);
  });

  test('a forged token counts by address, and not against whom it names', async () => {
    let n = 0;
    const forged = async () => {
      n += 1;
      const token = await new SignJWT({})
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(n % 2 ? ada.id : `person ${n}`)
        .setAudience('authenticated')
        .setExpirationTime('1h')
        .sign(new TextEncoder().encode('x'.repeat(43)));
      return api.as(token).get('/me', from('192.0.2.1'));
    };
    expect(await usedUp(forged, most)).toBe(most);
    expect((await api.as(ada.accessToken).get('/me', from('192.0.2.1'))).status).toBe(200);
  });

  test('health is always told', async () => {
    for (let n = 0; n < most + 3; n += 1) {
      expect((await api.get('/healthz', from('192.0.2.1'))).status).toBe(200);
    }
  });

  test('sign-ins and sign-ups are counted by address, whoever says to be signed in', async () => {
    let n = 0;
    const signIn = (path: string) => () => {
      n += 1;
      const body = { email: `person-${n}@example.com`, password: 'a wrong password' };
      const client = n % 2 ? api : api.as(ada.accessToken);
      return client.request('POST', path, { body, ...from('192.0.2.1') });
    };
    expect(await usedUp(signIn('/auth/sign-in'), 3)).toBe(3);
    expect(await usedUp(signIn('/auth/sign-up'), 3)).toBe(3);
    const elsewhere = await api.request('POST', '/auth/sign-in', {
      body: { email: ada.email, password: ada.password },
      ...from('192.0.2.2'),
    });
    expect(elsewhere.status).toBe(200);
  });
});

describe('attempts with one address', () => {
  const from = (n: number) => ({ 'x-forwarded-for': `192.0.2.${n}` });

  test('are counted from wherever they come, whether or not there is such an account', async () => {
    const { api } = await startApi(stack, { SIGN_INS_PER_ACCOUNT: '3', SIGN_IN_WINDOW_SECONDS: '60' });
    const told: unknown[] = [];
    for (const email of [ada.email, 'nobody@example.com']) {
      let n = 0;
      const guess = () => {
        n += 1;
        const spelled = n % 2 ? email : email.toUpperCase();
        return api.post('/auth/sign-in', { email: spelled, password: `guess number ${n}` }, from(n));
      };
      expect(await usedUp(guess, 3)).toBe(3);
      told.push((await guess()).text);
    }
    expect(told[0]).toBe(told[1]);
    // Who is signed in goes on, another account is not concerned, and a deletion's password is no more to be guessed.
    const right = { email: ada.email, password: ada.password };
    expectProblem(await api.post('/auth/sign-in', right), 'rate-limited');
    expect((await api.as(ada.accessToken).get('/me')).status).toBe(200);
    const deletion = { body: { password: ada.password } };
    expectProblem(await api.as(ada.accessToken).request('DELETE', '/me', deletion), 'rate-limited');
    expect((await api.post('/auth/sign-in', { email: bob.email, password: bob.password })).status).toBe(200);
  });

  test('take as long for whoever has an account as for whoever has none', async () => {
    const least = 400;
    const { api } = await startApi(stack, { SIGN_IN_LEAST_MS: String(least) });
    const timed = async (path: string, email: string) => {
      const begun = performance.now();
      await api.post(path, { email, password: 'a wrong password' });
      return performance.now() - begun;
    };
    for (const path of ['/auth/sign-in', '/auth/sign-up']) {
      for (const email of [ada.email, `nobody${path.length}@example.com`]) {
        // Timers may end a millisecond early.
        expect(await timed(path, email)).toBeGreaterThan(least - 5);
      }
    }
  });
});

describe('runs of a person', () => {
  let api: ApiClient;
  let asAda: ApiClient;
  let asBob: ApiClient;
  beforeAll(async () => {
    ({ api } = await startApi(stack));
    asAda = api.as(ada.accessToken);
    asBob = api.as(bob.accessToken);
  });
  beforeEach(async () => {
    await stack.sql`delete from search_runs`;
  });

  const limit = (name: string, value: number) =>
    stack.sql`update service_limits set value = ${value} where name = ${name}`;
  const start = (client: ApiClient, title: string) => client.post('/runs', { parameters: { title } });

  test('at once: the next one has to wait until one has ended', async () => {
    await limit('active_runs_per_user', 2);
    await limit('manual_runs_per_hour', 1_000);
    const first = await createRun(asAda, 'one');
    await createRun(asAda, 'two');
    const refused = await start(asAda, 'three');
    expectProblem(refused, 'too-many-active-runs');
    expect(refused.body.detail).toContain('2');
    expect(seconds(refused)).toBeGreaterThan(0);

    expect((await asAda.post('/runs', { parameters: first.parameters })).body.joined).toBe(true);
    expect((await start(asBob, 'three')).status).toBe(202);
    await endRun(stack.sql, first.id, 'cancelled');
    expect((await start(asAda, 'three')).status).toBe(202);
  });

  test('at once: ten requests at once start no more than are allowed', async () => {
    await limit('active_runs_per_user', 3);
    await limit('manual_runs_per_hour', 1_000);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => start(asAda, `search ${n}`)));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(3);
    for (const answer of answers.filter(({ status }) => status !== 202)) {
      expectProblem(answer, 'too-many-active-runs');
    }
  });

  test('an hour: the oldest one of the hour says when to come back', async () => {
    await limit('active_runs_per_user', 1_000);
    await limit('manual_runs_per_hour', 2);
    await stack.sql`
      insert into search_runs (user_id, parameters, created_at)
      values (${ada.id}, '{"title": "old", "boards": ["remotive"]}', now() - interval '50 minutes')`;
    const second = await createRun(asAda, 'second');
    await completeRun(stack.sql, second.id);
    const refused = await start(asAda, 'third');
    expectProblem(refused, 'too-many-runs');
    expect(refused.body.detail).toContain('2');
    // Ten minutes from now, less what the test took.
    expect(seconds(refused)).toBeGreaterThan(0);
    expect(seconds(refused)).toBeLessThanOrEqual(600);
    expect((await start(asBob, 'third')).status).toBe(202);
  });
});
