import { startTestStack, type TestStack, type TestUser } from '../../local/testing/stack.js';
import { waitFor } from '../../local/testing/wait-for.js';
import { type ApiClient, startApi } from '../testing/api-client.js';

let stack: TestStack;
let api: ApiClient;
beforeAll(async () => {
  stack = await startTestStack();
  ({ api } = await startApi(stack));
});
afterAll(() => stack?.stop());

/** Somebody who was not here for long, and was told so. */
async function longAway(): Promise<TestUser> {
  const person = await stack.createUser();
  await stack.sql`update profiles set seen_at = '2026-01-01T00:00:00Z', rest_told_at = '2026-01-20T00:00:00Z'
    where user_id = ${person.id}`;
  return person;
}
const profile = async ({ id }: TestUser) => {
  const [row] = await stack.sql<{ isHere: boolean; rest_told_at: Date | null }[]>`
    select seen_at > now() - interval '1 hour' as "isHere", rest_told_at from profiles where user_id = ${id}`;
  return row;
};

test('a person who asks for something is here; one whose token is wrong is not', async () => {
  const [person, other] = [await longAway(), await longAway()];
  expect((await api.as(person.accessToken).get('/runs')).status).toBe(200);
  expect((await api.as(`${other.accessToken}x`).get('/runs')).status).toBe(401);
  expect((await api.get('/boards')).status).toBe(200);
  await waitFor(async () => (await profile(person))?.isHere, { what: 'it to be noted' });
  expect(await profile(person)).toEqual({ isHere: true, rest_told_at: null });
  expect((await profile(other))?.isHere).toBe(false);
});

test('it is noted once an hour: the next request writes nothing', async () => {
  const person = await longAway();
  const asPerson = api.as(person.accessToken);
  await asPerson.get('/runs');
  await waitFor(async () => (await profile(person))?.isHere, { what: 'it to be noted' });
  await stack.sql`update profiles set seen_at = '2026-01-01T00:00:00Z' where user_id = ${person.id}`;
  await asPerson.get('/runs');
  // Another process notes it: what the first one would have written is in the database by then.
  const { api: second, program } = await startApi(stack);
  const another = await longAway();
  await second.as(another.accessToken).get('/runs');
  await waitFor(async () => (await profile(another))?.isHere, { what: 'it to be noted of another person' });
  expect((await profile(person))?.isHere).toBe(false);
  await program.stop();
});
