import { startTestStack, type TestStack, type TestUser } from '../../local/testing/stack.js';
import { type ApiClient, expectProblem, startApi } from '../testing/api-client.js';

let stack: TestStack;
let nobody: ApiClient;
let ada: TestUser;

beforeAll(async () => {
  stack = await startTestStack();
  nobody = (await startApi(stack, { UNSUBSCRIBES_PER_MINUTE: '12' })).api;
  ada = await stack.createUser();
});
afterAll(() => stack?.stop());

const linkOf = async ({ id }: TestUser) =>
  (await stack.sql`select unsubscribe_token(${id}) as token`)[0]?.token as string;
const digestOf = async ({ id }: TestUser) =>
  (await stack.sql`select digest from profiles where user_id = ${id}`)[0]?.digest;

test('whoever has the link ends the mail, again and again, and takes it back', async () => {
  await ada.client.from('profiles').update({ digest: 'daily' }).eq('user_id', ada.id);
  const token = await linkOf(ada);
  for (let time = 0; time < 2; time += 1) {
    expect(await nobody.post('/unsubscribe', { token })).toMatchObject({ status: 204, text: '' });
    expect(await digestOf(ada)).toBe('off');
  }
  expect((await nobody.post('/unsubscribe/undo', { token })).status).toBe(204);
  expect(await digestOf(ada)).toBe('daily');
});

test('a link that was made up, or made useless by its person, leads nowhere', async () => {
  const token = await linkOf(ada);
  expectProblem(await nobody.post('/unsubscribe', { token: 'f'.repeat(64) }), 'not-found');
  expectProblem(await nobody.post('/unsubscribe', { token: "'; drop table digests" }), 'invalid-request');
  expectProblem(await nobody.request('DELETE', '/me/unsubscribe-link'), 'unauthorized');
  expect((await nobody.as(ada.accessToken).request('DELETE', '/me/unsubscribe-link')).status).toBe(204);
  expectProblem(await nobody.post('/unsubscribe', { token }), 'not-found');
  expectProblem(await nobody.post('/unsubscribe/undo', { token }), 'not-found');
  expect(await linkOf(ada)).not.toBe(token);
});

test('links cannot be tried without end', async () => {
  const token = 'f'.repeat(64);
  const answers = await Promise.all(Array.from({ length: 13 }, () => nobody.post('/unsubscribe', { token })));
  expect(answers.map(({ status }) => status)).toContain(429);
});
