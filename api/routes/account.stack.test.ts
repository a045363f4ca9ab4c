import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { type ApiClient, expectProblem, expectWrongField, startApi } from '../testing/api-client.js';

let stack: TestStack;
let api: ApiClient;

beforeAll(async () => {
  stack = await startTestStack({ accessTokenSeconds: 600 });
  ({ api } = await startApi(stack));
});
afterAll(() => stack?.stop());

let people = 0;
const credentials = () => {
  people += 1;
  return { email: `person-${people}@example.com`, password: `a password of ${people}` };
};
const signUp = async () => {
  const given = credentials();
  await api.post('/auth/sign-up', given);
  return { ...given, session: (await api.post('/auth/sign-in', given)).body };
};

describe('signing up', () => {
  test('makes an account to sign in to, with a token that says who it is', async () => {
    const given = credentials();
    expect((await api.post('/auth/sign-up', given)).status).toBe(202);
    const answer = await api.post('/auth/sign-in', given);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      expiresAt: expect.stringMatching(/Z$/),
      user: { id: expect.any(String), email: given.email, isAdmin: false },
    });
    const me = await api.as(answer.body.accessToken).get('/me');
    expect(me.body).toEqual({ id: answer.body.user.id, email: given.email });
  });

  test('with an address that is taken answers as with a new one, in whichever letter case, and changes nothing', async () => {
    const { email, password } = await signUp();
    const answers: Record<string, unknown>[] = [];
    for (const asked of [credentials().email, email, email.toUpperCase()]) {
      const { status, text, headers } = await api.post('/auth/sign-up', {
        email: asked,
        password: 'another one',
      });
      answers.push({ status, text, type: headers.get('content-type'), headers: [...headers.keys()].sort() });
    }
    expect(answers).toEqual(answers.map(() => ({ ...answers[0], status: 202, text: '{}' })));
    expectProblem(await api.post('/auth/sign-in', { email, password: 'another one' }), 'wrong-credentials');
    expect((await api.post('/auth/sign-in', { email, password })).status).toBe(200);
  });

  test('with a time zone begins with it; without one, or with one that the database does not know, with London’s', async () => {
    const zoneOf = async (timeZone?: string) => {
      const given = credentials();
      expect((await api.post('/auth/sign-up', { ...given, timeZone })).status).toBe(202);
      const { accessToken } = (await api.post('/auth/sign-in', given)).body;
      return (await api.as(accessToken).get('/me/settings')).body.timeZone;
    };
    expect(await zoneOf('Asia/Kolkata')).toBe('Asia/Kolkata');
    expect(await zoneOf()).toBe('Europe/London');
    expectWrongField(
      await api.post('/auth/sign-up', { ...credentials(), timeZone: 'Mars/Base' }),
      '/timeZone',
    );

    // The auth server takes what anybody says of themselves.
    const of = { time_zone: 'Asia/Tokyo' };
    for (const [said, zone] of [
      [of, 'Asia/Tokyo'],
      [{ time_zone: 'Mars/Base' }, 'Europe/London'],
      [{ time_zone: of }, 'Europe/London'],
      [[of], 'Europe/London'],
      [null, 'Europe/London'],
    ] as const) {
      const [user] = await stack.sql`
        insert into auth.users (id, email, raw_user_meta_data)
        values (gen_random_uuid(), ${credentials().email}, ${stack.sql.json(said)}) returning id`;
      expect(await stack.sql`select time_zone from profiles where user_id = ${user?.id}`).toEqual([
        { time_zone: zone },
      ]);
    }
  });

  test.each<[string, string, Record<string, unknown>]>([
    ['a password of seven characters', '/password', { password: '1234567' }],
    ['a password of 73 characters', '/password', { password: 'x'.repeat(73) }],
    ['no password', '/password', { password: undefined }],
    ['a password that is no text', '/password', { password: 12_345_678 }],
    ['no address', '/email', { email: undefined }],
    ['an address without a host', '/email', { email: 'ada@' }],
    ['an address in two lines', '/email', { email: 'ada@example.com\nbcc: all@example.com' }],
    ['an address too long', '/email', { email: `${'x'.repeat(250)}@example.com` }],
  ])('with %s is refused, and so is signing in', async (_what, pointer, wrong) => {
    for (const path of ['/auth/sign-up', '/auth/sign-in']) {
      expectWrongField(await api.post(path, { ...credentials(), ...wrong }), pointer);
    }
  });
});

describe('signing in', () => {
  test('gives another session', async () => {
    const { email, password, session } = await signUp();
    const answer = await api.post('/auth/sign-in', { email, password });
    expect(answer.status).toBe(200);
    expect(answer.body.user).toEqual(session.user);
    expect(answer.body.refreshToken).not.toBe(session.refreshToken);
  });

  test('with a wrong password and with an unknown address answers alike', async () => {
    const { email, password } = await signUp();
    const wrong = await api.post('/auth/sign-in', { email, password: `${password}!` });
    const unknown = await api.post('/auth/sign-in', { email: 'nobody@example.com', password });
    expectProblem(wrong, 'wrong-credentials');
    expectProblem(unknown, 'wrong-credentials');
    expect(wrong.text).toBe(unknown.text);
  });
});

describe('refreshing', () => {
  test('gives a new pair of tokens', async () => {
    const { session } = await signUp();
    const answer = await api.post('/auth/refresh', { refreshToken: session.refreshToken });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ user: session.user, expiresAt: expect.stringMatching(/Z$/) });
    expect(answer.body.refreshToken).not.toBe(session.refreshToken);
    expect((await api.as(answer.body.accessToken).get('/me')).status).toBe(200);
  });

  test('with a token that was used two steps ago ends the newest as well: one of the two was stolen', async () => {
    const { session } = await signUp();
    const refresh = (refreshToken: string) => api.post('/auth/refresh', { refreshToken });
    const second = (await refresh(session.refreshToken)).body;
    const third = (await refresh(second.refreshToken)).body;
    for (const used of [session.refreshToken, third.refreshToken]) {
      expectProblem(await refresh(used), 'unauthorized');
    }
  });

  test('with what is no refresh token, or an empty one, is refused', async () => {
    const { session } = await signUp();
    for (const refreshToken of ['made up', session.accessToken.slice(0, 900)]) {
      expectProblem(await api.post('/auth/refresh', { refreshToken }), 'unauthorized');
    }
    for (const refreshToken of ['', undefined, 'x'.repeat(1_001)]) {
      expectWrongField(await api.post('/auth/refresh', { refreshToken }), '/refreshToken');
    }
  });
});

describe('signing out', () => {
  test('ends this session alone', async () => {
    const { email, password, session } = await signUp();
    const other = (await api.post('/auth/sign-in', { email, password })).body;
    const answer = await api.as(session.accessToken).post('/auth/sign-out');
    expect([answer.status, answer.text]).toEqual([204, '']);
    expectProblem(await api.post('/auth/refresh', { refreshToken: session.refreshToken }), 'unauthorized');
    expect((await api.post('/auth/refresh', { refreshToken: other.refreshToken })).status).toBe(200);
  });

  test('can be repeated, and wants a token', async () => {
    const { session } = await signUp();
    const signedIn = api.as(session.accessToken);
    await signedIn.post('/auth/sign-out');
    expect((await signedIn.post('/auth/sign-out')).status).toBe(204);
    expectProblem(await api.post('/auth/sign-out'), 'unauthorized');
  });
});
