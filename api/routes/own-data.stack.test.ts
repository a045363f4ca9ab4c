import { Client, Connection } from '@temporalio/client';
import { startTestStack, type TestStack, type TestUser } from '../../local/testing/stack.js';
import { waitFor } from '../../local/testing/wait-for.js';
import { searchRunWorkflowId } from '../../workflows/workflow-ids.js';
import { type ApiClient, expectProblem, expectWrongField, startApi } from '../testing/api-client.js';
import { openEvents } from '../testing/event-stream.js';
import { createRun } from '../testing/runs.js';

let stack: TestStack;
let api: ApiClient;
let ada: TestUser;
let bob: TestUser;
let asAda: ApiClient;

beforeAll(async () => {
  stack = await startTestStack({ temporal: true });
  ({ api } = await startApi(stack));
  [ada, bob] = await Promise.all([stack.createUser(), stack.createUser()]);
  asAda = api.as(ada.accessToken);
});
afterAll(() => stack?.stop());

const deleteMe = (client: ApiClient, password: unknown) =>
  client.request('DELETE', '/me', { body: { password } });

test('a person has all that is theirs as one file, however many rows', async () => {
  await asAda.post('/saved-searches', {
    name: 'Bakeries',
    parameters: { title: 'baker', boards: ['remotive'] },
  });
  await api
    .as(bob.accessToken)
    .post('/saved-searches', { name: 'Foundries', parameters: { title: 'founder', boards: ['remotive'] } });
  // More than a page of one table.
  await stack.sql`
    insert into hidden_terms (user_id, kind, key, text)
    select ${ada.id}, 'word', 'word ' || n, 'word ' || n from generate_series(1, 1201) n`;

  const answer = await asAda.get('/me/export');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="searching-the-fox.json"');
  expect(answer.headers.get('cache-control')).toContain('no-store');
  const { account, tables } = answer.body;
  expect(account.user).toMatchObject({ id: ada.id, email: ada.email });
  expect(tables.profiles).toEqual([expect.objectContaining({ user_id: ada.id })]);
  expect(tables.saved_searches).toEqual([expect.objectContaining({ name: 'Bakeries' })]);
  expect(new Set(tables.hidden_terms.map(({ key }: { key: string }) => key)).size).toBe(1_201);
  expect(answer.text).not.toContain('Foundries');
  expect(answer.text).not.toContain(bob.id);

  expectProblem(await api.get('/me/export'), 'unauthorized');
});

test('an account is not deleted without its password', async () => {
  expectProblem(await deleteMe(asAda, 'not the password'), 'wrong-credentials');
  expectProblem(await deleteMe(asAda, bob.password), 'wrong-credentials');
  expectWrongField(await deleteMe(asAda, undefined), '/password');
  expectProblem(await deleteMe(api, ada.password), 'unauthorized');
  expect((await asAda.get('/me/settings')).status).toBe(200);
});

test('deleting an account cancels what is under way, ends its streams, links and sign-ins, and leaves no row', async () => {
  const { body: saved } = await asAda.get('/saved-searches');
  const { body: feed } = await asAda.request('PUT', `/saved-searches/${saved.items[0].id}/feed`);
  const session = (await api.post('/auth/sign-in', { email: ada.email, password: ada.password })).body;
  const run = await createRun(asAda, 'baker');
  const stream = await openEvents(api.as(session.accessToken), '/events');

  expect((await deleteMe(asAda, ada.password)).status).toBe(204);

  await stream.untilEnded();
  const connection = await Connection.connect({ address: stack.temporalAddress });
  try {
    const workflow = new Client({ connection }).workflow.getHandle(searchRunWorkflowId(run.id));
    const isCancelled = async () => {
      const { events } = await workflow.fetchHistory();
      return events?.some((event) => event.workflowExecutionCancelRequestedEventAttributes);
    };
    await waitFor(isCancelled, { what: 'the workflow to be cancelled' });
  } finally {
    await connection.close();
  }
  expectProblem(
    await api.post('/auth/sign-in', { email: ada.email, password: ada.password }),
    'wrong-credentials',
  );
  expectProblem(await api.post('/auth/refresh', { refreshToken: session.refreshToken }), 'unauthorized');
  expectProblem(await api.get(new URL(feed.links.rss).pathname), 'not-found');
  expectProblem(await asAda.get(`/runs/${run.id}`), 'not-found');
  expect((await stack.sql`select from auth.users where id = ${ada.id}`).length).toBe(0);
});

test('an access token that outlives its account begins nothing', async () => {
  const search = { title: 'ghost', boards: ['remotive'] };
  expectProblem(await asAda.post('/runs', { parameters: search }), 'unauthorized');
  expectProblem(await asAda.post('/saved-searches', { name: 'ghost', parameters: search }), 'unauthorized');
  expectProblem(await deleteMe(asAda, ada.password), 'wrong-credentials');
  expect((await api.as(bob.accessToken).get('/saved-searches')).body.items).toHaveLength(1);
});
