import { Client, Connection } from '@temporalio/client';
import { startTestStack, type TestStack, type TestUser } from '../../local/testing/stack.js';
import { searchRunWorkflowId } from '../../workflows/workflow-ids.js';
import type { Run } from '../schemas.js';
import { type ApiClient, expectProblem, expectWrongField, startApi } from '../testing/api-client.js';
import { completeRun, createRun } from '../testing/runs.js';

let stack: TestStack;
let api: ApiClient;
let ada: TestUser;
let bob: TestUser;
let asAda: ApiClient;
let asBob: ApiClient;

beforeAll(async () => {
  stack = await startTestStack({ temporal: true });
  ({ api } = await startApi(stack));
  [ada, bob] = await Promise.all([stack.createUser(), stack.createUser()]);
  asAda = api.as(ada.accessToken);
  asBob = api.as(bob.accessToken);
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  await stack.sql`delete from search_runs`;
});

const savedSearch = async (client: ApiClient, title: string): Promise<string> =>
  (
    await client.post('/saved-searches', {
      name: title,
      parameters: { title, boards: ['remotive', 'lever'], place: 'Leeds' },
    })
  ).body.id;

describe('starting a search', () => {
  test('is accepted with its address and the run with its boards', async () => {
    const answer = await asAda.post('/runs', {
      parameters: { title: '  React   developer ', place: 'London', boards: ['lever', 'remotive'] },
      clientContext: { device: 'phone', browser: 'Firefox', os: 'Android' },
    });
    expect(answer.status).toBe(202);
    const { run, joined } = answer.body as { run: Run; joined: boolean };
    expect(answer.headers.get('location')).toBe(`/runs/${run.id}`);
    expect(joined).toBe(false);
    expect(run).toMatchObject({
      status: 'pending',
      source: 'manual',
      parameters: {
        title: 'React developer',
        place: 'London',
        boards: ['remotive', 'lever'],
        remoteOnly: false,
        excludeWords: [],
      },
      summary: 'React developer · London',
      savedSearchId: null,
      clientContext: { device: 'phone', browser: 'Firefox', os: 'Android' },
      found: 0,
      new: 0,
      firstOfItsSearch: true,
      error: null,
      startedAt: null,
      completedAt: null,
    });
    expect(run.boards.map(({ board, label, state }) => [board, label, state])).toEqual([
      ['remotive', 'Remotive', 'queued'],
      ['lever', 'Lever', 'queued'],
    ]);
    expect((await asAda.get(`/runs/${run.id}`)).body).toEqual({
      ...run,
      serverTime: expect.any(String),
    });
  });

  test('starts its workflow under the run id, told apart by person and source', async () => {
    const saved = await savedSearch(asAda, 'welder');
    const { body } = await asAda.post('/runs', { savedSearchId: saved });
    const connection = await Connection.connect({ address: stack.temporalAddress });
    try {
      const handle = new Client({ connection }).workflow.getHandle(searchRunWorkflowId(body.run.id));
      const workflow = await handle.describe();
      expect(workflow).toMatchObject({
        workflowId: `search-run/${body.run.id}`,
        type: 'searchRun',
        status: { name: 'RUNNING' },
        priority: { priorityKey: 1, fairnessKey: ada.id },
      });
      expect(await workflow.staticSummary()).toBe('Manual search over 2 boards');
      const attributes = Object.fromEntries(
        workflow.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]),
      );
      expect(attributes).toMatchObject({ UserId: ada.id, RunSource: 'manual', SavedSearchId: saved });
    } finally {
      await connection.close();
    }
  });

  test.each<[string, string | undefined, boolean, string[] | null, string | null]>([
    ['a place', 'berlin, germany', true, ['city:2950159', 'region:DE.BE'], 'area:europe'],
    ['an unknown place', 'Mordor', false, [], null],
    ['no place', undefined, true, null, null],
  ])('%s is resolved once and kept with the run', async (_what, place, placeKnown, placeIn, reach) => {
    const parameters = { title: 'gardener', boards: ['remotive'], ...(place && { place }) };
    const { body } = await asAda.post('/runs', { parameters });
    expect(body.run).toMatchObject({ placeKnown, parameters });
    expect((await asAda.get(`/runs/${body.run.id}`)).body.placeKnown).toBe(placeKnown);
    const [row] = await stack.sql`select place_in, place_reach from search_runs where id = ${body.run.id}`;
    expect(row?.place_in).toEqual(placeIn);
    if (reach) expect(row?.place_reach).toEqual(expect.arrayContaining([...(placeIn ?? []), reach, 'world']));
    else expect(row?.place_reach).toEqual(placeIn);
  });

  test('joins the same search while it is active, whatever its letter case and order', async () => {
    const first = await asAda.post('/runs', {
      parameters: { title: 'Nurse', boards: ['lever', 'ashby'], excludeWords: ['night', 'Agency'] },
    });
    const second = await asAda.post('/runs', {
      parameters: { title: 'nurse', boards: ['ashby', 'lever'], excludeWords: ['agency', 'Night'] },
    });
    expect(second.status).toBe(202);
    expect(second.body).toMatchObject({ joined: true, run: { id: first.body.run.id } });
    expect(second.headers.get('location')).toBe(`/runs/${first.body.run.id}`);

    const others = await asBob.post('/runs', { parameters: first.body.run.parameters });
    expect(others.body.joined).toBe(false);
  });

  test('starts anew when the same search has ended, which is then not the first of its search', async () => {
    const first = await createRun(asAda, 'plumber');
    await completeRun(stack.sql, first.id);
    const second = await createRun(asAda, 'plumber');
    expect(second.id).not.toBe(first.id);
    expect([first.firstOfItsSearch, second.firstOfItsSearch]).toEqual([true, false]);
  });
});

describe('Idempotency-Key', () => {
  const body = { parameters: { title: 'carpenter', boards: ['remotive'] } };
  const key = { 'idempotency-key': 'one-key' };

  test('sent again gives the same run, also when that has ended', async () => {
    const first = await asAda.post('/runs', body, key);
    expect((await asAda.post('/runs', body, key)).body).toMatchObject({
      joined: true,
      run: { id: first.body.run.id, status: 'pending' },
    });
    await completeRun(stack.sql, first.body.run.id);
    expect((await asAda.post('/runs', body, key)).body).toMatchObject({
      joined: true,
      run: { id: first.body.run.id, status: 'success' },
    });
  });

  test('sent ten times at once starts one run', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => asAda.post('/runs', body, key)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(202));
    expect(new Set(answers.map((answer) => answer.body.run.id)).size).toBe(1);
    expect(answers.filter((answer) => !answer.body.joined)).toHaveLength(1);
    expect(await stack.sql`select id from search_runs`).toHaveLength(1);
  });

  test('used for another search is a conflict, and another person has keys of their own', async () => {
    const first = await asAda.post('/runs', body, key);
    const other = { parameters: { ...body.parameters, title: 'joiner' } };
    expectProblem(await asAda.post('/runs', other, key), 'conflict');
    const bobs = await asBob.post('/runs', other, key);
    expect(bobs.status).toBe(202);
    expect(bobs.body.run.id).not.toBe(first.body.run.id);
  });

  test('must have between 1 and 200 characters', async () => {
    expect((await asAda.post('/runs', body, { 'idempotency-key': 'k'.repeat(200) })).status).toBe(202);
    for (const wrong of ['', 'k'.repeat(201)]) {
      expectWrongField(
        await asAda.post('/runs', body, { 'idempotency-key': wrong }),
        'headers/idempotency-key',
      );
    }
  });
});

describe('a saved search', () => {
  test('gives the run its parameters', async () => {
    const saved = await savedSearch(asAda, 'gardener');
    const { body } = await asAda.post('/runs', { savedSearchId: saved });
    expect(body.run).toMatchObject({
      savedSearchId: saved,
      parameters: { title: 'gardener', place: 'Leeds', boards: ['remotive', 'lever'] },
    });
  });

  test('steps back behind parameters that are given, and the run stays its run', async () => {
    const saved = await savedSearch(asAda, 'gardener');
    const { body } = await asAda.post('/runs', { savedSearchId: saved, parameters: { title: 'florist' } });
    expect(body.run).toMatchObject({ savedSearchId: saved, parameters: { title: 'florist' } });
  });

  test('of another person, or of nobody, is not found', async () => {
    const saved = await savedSearch(asBob, 'gardener');
    const missing = '00000000-0000-4000-8000-000000000000';
    for (const savedSearchId of [saved, missing]) {
      expectProblem(await asAda.post('/runs', { savedSearchId }), 'not-found');
      expectProblem(
        await asAda.post('/runs', { savedSearchId, parameters: { title: 'gardener' } }),
        'not-found',
      );
    }
    expect(await stack.sql`select id from search_runs`).toHaveLength(0);
  });
});
