import { randomUUID } from 'node:crypto';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { type ApiClient, expectProblem, expectWrongField, startApi } from '../testing/api-client.js';
import { completeRun } from '../testing/runs.js';

let stack: TestStack;
let asAda: ApiClient;
let asBob: ApiClient;

beforeAll(async () => {
  stack = await startTestStack();
  const { api } = await startApi(stack);
  const [ada, bob] = await Promise.all([stack.createUser(), stack.createUser()]);
  asAda = api.as(ada.accessToken);
  asBob = api.as(bob.accessToken);
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  await stack.sql`delete from saved_searches`;
});

const body = { name: 'Baking', parameters: { title: 'baker', place: 'Leeds', boards: ['lever'] } };
const save = async (client: ApiClient, name = 'Baking') =>
  (await client.post('/saved-searches', { ...body, name })).body;

test('is saved with its address, read, changed and removed', async () => {
  const saved = await asAda.post('/saved-searches', { ...body, name: '  Baking ' });
  expect(saved.status).toBe(201);
  expect(saved.headers.get('location')).toBe(`/saved-searches/${saved.body.id}`);
  expect(saved.body).toEqual({
    id: expect.any(String),
    name: 'Baking',
    parameters: { ...body.parameters, remoteOnly: false, salaryKnownOnly: false, excludeWords: [] },
    summary: 'baker · Leeds',
    schedule: { kind: 'service', times: [], days: [], timeZone: null },
    paused: false,
    nextRunAt: expect.stringMatching(/Z$/),
    nextRunZone: 'Europe/London',
    createdAt: expect.stringMatching(/Z$/),
    updatedAt: expect.stringMatching(/Z$/),
  });
  const path = `/saved-searches/${saved.body.id}`;
  expect((await asAda.get(path)).body).toEqual(saved.body);

  const changed = await asAda.request('PUT', path, {
    body: { name: 'Remote baking', parameters: { title: 'baker', remoteOnly: true } },
  });
  expect(changed.status).toBe(200);
  expect(changed.body).toMatchObject({ id: saved.body.id, name: 'Remote baking', summary: 'baker · remote' });
  // Put replaces: what is not said is not kept.
  expect(changed.body.parameters).not.toHaveProperty('place');
  expect(changed.body.createdAt).toBe(saved.body.createdAt);
  expect((await asAda.get(path)).body).toEqual(changed.body);

  const removed = await asAda.request('DELETE', path);
  expect([removed.status, removed.text]).toEqual([204, '']);
  expectProblem(await asAda.get(path), 'not-found');
  expectProblem(await asAda.request('DELETE', path), 'not-found');
});

test('removed while runs of it are there: they stay', async () => {
  const { id } = await save(asAda);
  const { run } = (await asAda.post('/runs', { savedSearchId: id })).body;
  await completeRun(stack.sql, run.id, 'lever');
  expect((await asAda.request('DELETE', `/saved-searches/${id}`)).status).toBe(204);
  expect((await asAda.get(`/runs/${run.id}`)).body).toMatchObject({ status: 'success', savedSearchId: null });
});

test('are listed newest first, page by page, while new ones arrive', async () => {
  expect((await asAda.get('/saved-searches')).body).toEqual({ items: [], nextCursor: null });
  for (let n = 0; n < 5; n += 1) await save(asAda, `search ${n}`);
  await save(asBob, "somebody else's");
  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await asAda.get(`/saved-searches?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
    names.push(...page.body.items.map(({ name }: { name: string }) => name));
    cursor = page.body.nextCursor;
    await save(asAda, 'arriving');
  } while (cursor);
  expect(names).toEqual(['search 4', 'search 3', 'search 2', 'search 1', 'search 0']);
});

test.each(['GET', 'PUT', 'DELETE'])(
  "%s of another person's, an unknown and a malformed id answer alike",
  async (verb) => {
    const { id } = await save(asBob);
    const answers = new Set<string>();
    for (const wrong of [id, randomUUID(), 'mine', `${id}'--`]) {
      const answer = await asAda.request(verb, `/saved-searches/${encodeURIComponent(wrong)}`, {
        ...(verb === 'PUT' && { body }),
      });
      expectProblem(answer, 'not-found');
      answers.add(answer.text);
    }
    expect(answers.size).toBe(1);
    expect((await asBob.get(`/saved-searches/${id}`)).body.name).toBe('Baking');
  },
);

test("another person's are not in the list", async () => {
  await save(asBob);
  expect((await asAda.get('/saved-searches')).body.items).toEqual([]);
});

test.each<[string, string, Record<string, unknown>]>([
  ['no name', '/name', { name: undefined }],
  ['a name of white space', '/name', { name: '   ' }],
  ['a name too long', '/name', { name: 'x'.repeat(81) }],
  ['no parameters', '/parameters', { parameters: undefined }],
  ['an empty title', '/parameters/title', { parameters: { title: '' } }],
])('%s is refused when saving and when changing', async (_what, pointer, wrong) => {
  const { id } = await save(asAda);
  expectWrongField(await asAda.post('/saved-searches', { ...body, ...wrong }), pointer);
  expectWrongField(
    await asAda.request('PUT', `/saved-searches/${id}`, { body: { ...body, ...wrong } }),
    pointer,
  );
  expect((await asAda.get('/saved-searches')).body.items).toHaveLength(1);
});

test('what a person may not say of it is left out', async () => {
  const id = randomUUID();
  const saved = await asAda.post('/saved-searches', {
    ...body,
    id,
    user_id: id,
    createdAt: '2001-01-01T00:00:00Z',
  });
  expect(saved.status).toBe(201);
  expect(saved.body.id).not.toBe(id);
  expect(saved.body.createdAt).not.toMatch(/^2001/);
});
