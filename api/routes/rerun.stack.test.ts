import { randomUUID } from 'node:crypto';
import { startTestStack, type TestStack, type TestUser } from '../../local/testing/stack.js';
import type { Run } from '../schemas.js';
import { type ApiClient, expectProblem, expectWrongField, startApi } from '../testing/api-client.js';
import { beginRun, completeRun, createRun, endRun } from '../testing/runs.js';

let stack: TestStack;
let ada: TestUser;
let asAda: ApiClient;
let asBob: ApiClient;

beforeAll(async () => {
  stack = await startTestStack();
  await stack.sql`update service_limits set value = 1000`;
  const { api } = await startApi(stack);
  ada = await stack.createUser();
  asAda = api.as(ada.accessToken);
  asBob = api.as((await stack.createUser()).accessToken);
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  await stack.sql`delete from search_runs`;
});

const idsOf = (runs: Run[]) => runs.map(({ id }) => id);
const listed = async (client: ApiClient, query: string) => {
  const { status, body } = await client.get(`/runs?${query}`);
  expect(status).toBe(200);
  return { ids: idsOf(body.items), total: body.total };
};

/** A run of three boards that ended with one of them failed. */
async function endedInPart(): Promise<Run> {
  const parameters = { title: 'nurse', place: 'Leeds', boards: ['remotive', 'arbeitnow', 'jobicy'] };
  const { run } = (await asAda.post('/runs', { parameters })).body;
  await beginRun(stack.sql, run.id);
  for (const board of ['remotive', 'arbeitnow']) {
    await stack.sql`select finish_run_board(${run.id}, ${board}, 1, 0)`;
  }
  await stack.sql`select finish_run_board(${run.id}, 'jobicy', 0, 1, 'blocked', 'A captcha')`;
  await endRun(stack.sql, run.id);
  return (await asAda.get(`/runs/${run.id}`)).body;
}

describe('doing a run again', () => {
  test('takes its search, and each tells of the other', async () => {
    const saved = (await asAda.post('/saved-searches', { name: 'Mine', parameters: { title: 'florist' } }))
      .body;
    const earlier: Run = (await asAda.post('/runs', { savedSearchId: saved.id })).body.run;
    await endRun(stack.sql, earlier.id, 'cancelled');
    expect(earlier).toMatchObject({ trigger: 'manual', rerunOf: null });

    const { status, body } = await asAda.post('/runs', {
      rerunOf: earlier.id,
      clientContext: { device: 'phone' },
    });
    expect(status).toBe(202);
    expect(body).toMatchObject({
      joined: false,
      run: {
        rerunOf: earlier.id,
        trigger: 'rerun',
        source: 'manual',
        savedSearchId: saved.id,
        parameters: earlier.parameters,
        clientContext: { device: 'phone' },
      },
    });
    expect(await listed(asAda, `rerunOf=${earlier.id}`)).toEqual({ ids: [body.run.id], total: 1 });
  });

  test('with other parameters is still told as of that run', async () => {
    const earlier = await createRun(asAda, 'nurse');
    const { body } = await asAda.post('/runs', {
      rerunOf: earlier.id,
      parameters: { title: 'midwife', boards: ['jobicy'] },
    });
    expect(body.run).toMatchObject({
      rerunOf: earlier.id,
      parameters: { title: 'midwife', boards: ['jobicy'] },
    });
  });

  test('asks only the boards that failed', async () => {
    const earlier = await endedInPart();
    const { body } = await asAda.post('/runs', { rerunOf: earlier.id, onlyFailedBoards: true });
    expect(body.run).toMatchObject({
      rerunOf: earlier.id,
      parameters: { ...earlier.parameters, boards: ['jobicy'] },
      boards: [{ board: 'jobicy', state: 'queued' }],
    });
  });

  test('of which no board failed is a conflict that tells its status', async () => {
    const earlier = await createRun(asAda, 'nurse');
    await completeRun(stack.sql, earlier.id);
    const answer = await asAda.post('/runs', { rerunOf: earlier.id, onlyFailedBoards: true });
    expectProblem(answer, 'conflict');
    expect(answer.body).toMatchObject({ runStatus: 'success', detail: 'No board of this search failed.' });
  });

  test('leaves out boards that are gone from the service since', async () => {
    const parameters = stack.sql.json({ title: 'nurse', boards: ['gone_since', 'remotive'] });
    const insert = (given: typeof parameters) => stack.sql`
      insert into search_runs (user_id, source, parameters) values (${ada.id}, 'cron', ${given}) returning id`;
    const [old] = await insert(parameters);
    const { body } = await asAda.post('/runs', { rerunOf: old?.id });
    expect(body.run.parameters.boards).toEqual(['remotive']);

    const [older] = await insert(stack.sql.json({ title: 'cook', boards: ['gone_since'] }));
    expectProblem(await asAda.post('/runs', { rerunOf: older?.id }), 'conflict');
  });

  test('joins the same search when that is under way', async () => {
    const active = await createRun(asAda, 'nurse');
    const { body } = await asAda.post('/runs', { rerunOf: active.id });
    expect(body).toMatchObject({ joined: true, run: { id: active.id, rerunOf: null } });
  });

  test('is not found for a run that is not there or another person’s', async () => {
    const bobs = await createRun(asBob, 'private');
    for (const rerunOf of [bobs.id, randomUUID()]) {
      expectProblem(await asAda.post('/runs', { rerunOf }), 'not-found');
      expectProblem(
        await asAda.post('/runs', { rerunOf, parameters: { title: 'x', boards: ['remotive'] } }),
        'not-found',
      );
    }
    expect(await stack.sql`select id from search_runs`).toHaveLength(1);
  });

  test('asks for failed boards of a run, not of parameters', async () => {
    const parameters = { title: 'x', boards: ['remotive'] };
    for (const body of [
      { parameters, onlyFailedBoards: true },
      { parameters, rerunOf: randomUUID(), onlyFailedBoards: true },
    ])
      expectWrongField(await asAda.post('/runs', body), '/onlyFailedBoards');
  });
});

describe('the history', () => {
  test('is filtered by how runs ended, by what went wrong and where', async () => {
    const partial = await endedInPart();
    const full = await createRun(asAda, 'full');
    await completeRun(stack.sql, full.id);
    const all = { ids: [full.id, partial.id], total: 2 };
    const one = (run: Run) => ({ ids: [run.id], total: 1 });

    expect(await listed(asAda, '')).toEqual(all);
    expect(await listed(asAda, 'status=partial')).toEqual(one(partial));
    expect(await listed(asAda, 'status=success')).toEqual(one(full));
    expect(await listed(asAda, 'board=jobicy')).toEqual(one(partial));
    expect(await listed(asAda, 'errorClass=blocked')).toEqual(one(partial));
    expect(await listed(asAda, 'errorClass=blocked&board=jobicy')).toEqual(one(partial));
    expect(await listed(asAda, 'errorClass=blocked&board=remotive')).toEqual({ ids: [], total: 0 });
    expect(await listed(asAda, 'trigger=manual')).toEqual(all);
    expect(await listed(asAda, 'trigger=schedule')).toEqual({ ids: [], total: 0 });
    expect(await listed(asBob, '')).toEqual({ ids: [], total: 0 });
  });

  test('is filtered by time, and its total counts the pages before and after', async () => {
    const runs: Run[] = [];
    for (const title of ['one', 'two', 'three']) runs.push(await createRun(asAda, title));
    const [first, second, third] = runs as [Run, Run, Run];
    const at = (run: Run) => encodeURIComponent(run.createdAt);
    // What the API tells is cut to milliseconds, what it compares is not.
    expect((await listed(asAda, `from=${at(second)}`)).ids).toEqual([third.id, second.id]);
    expect((await listed(asAda, `until=${at(third)}&from=${at(second)}`)).ids).toEqual([second.id]);

    const page = (await asAda.get('/runs?limit=2')).body;
    expect(page).toMatchObject({ total: 3, nextCursor: expect.any(String) });
    const next = (await asAda.get(`/runs?limit=2&cursor=${page.nextCursor}`)).body;
    expect(next).toMatchObject({ total: 3, nextCursor: null });
    expect(idsOf(next.items)).toEqual([first.id]);
  });

  test.each([
    ['from=yesterday', 'query/from'],
    ['until=2026-01-01', 'query/until'],
    ['errorClass=odd', 'query/errorClass'],
    ['trigger=robot', 'query/trigger'],
    ['board=No Board', 'query/board'],
    ['rerunOf=1', 'query/rerunOf'],
  ])('refuses %s', async (query, pointer) => {
    expectWrongField(await asAda.get(`/runs?${query}`), pointer);
  });
});
