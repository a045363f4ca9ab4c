import { randomUUID } from 'node:crypto';
import { startTestStack, type TestStack, type TestUser } from '../../local/testing/stack.js';
import type { Run } from '../schemas.js';
import { type ApiClient, expectProblem, startApi } from '../testing/api-client.js';
import { beginRun, completeRun, createRun, endRun } from '../testing/runs.js';

let stack: TestStack;
let ada: TestUser;
let bob: TestUser;
let asAda: ApiClient;
let asBob: ApiClient;

beforeAll(async () => {
  stack = await startTestStack();
  await stack.sql`update service_limits set value = 1000`;
  const { api } = await startApi(stack);
  [ada, bob] = await Promise.all([stack.createUser(), stack.createUser()]);
  asAda = api.as(ada.accessToken);
  asBob = api.as(bob.accessToken);
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  await stack.sql`delete from search_runs`;
});

const idsOf = (runs: Run[]) => runs.map(({ id }) => id);

/** Reads page after page; `between` is done after each. */
async function readAll(client: ApiClient, query: string, between?: () => Promise<unknown>): Promise<Run[][]> {
  const pages: Run[][] = [];
  let cursor: string | null = null;
  do {
    const { status, body } = await client.get(`/runs?${query}${cursor ? `&cursor=${cursor}` : ''}`);
    expect(status).toBe(200);
    pages.push(body.items);
    cursor = body.nextCursor;
    await between?.();
  } while (cursor);
  return pages;
}

describe('the list of runs', () => {
  test('is empty at first', async () => {
    expect((await asAda.get('/runs')).body).toEqual({ items: [], nextCursor: null, total: 0 });
  });

  test('comes newest first in pages that new runs do not shift', async () => {
    const made: Run[] = [];
    for (let n = 0; n < 7; n += 1) made.push(await createRun(asAda, `search ${n}`));
    await createRun(asBob, "somebody else's");

    const arriving: Run[] = [];
    const pages = await readAll(asAda, 'limit=3', async () => {
      arriving.push(await createRun(asAda, `arriving ${arriving.length}`));
    });
    expect(pages.map((page) => page.length)).toEqual([3, 3, 1]);
    expect(idsOf(pages.flat())).toEqual(idsOf(made).reverse());
    expect(idsOf((await asAda.get('/runs?limit=3')).body.items)).toEqual(idsOf(arriving).reverse());
  });

  test('keeps runs of the very same moment apart', async () => {
    const rows = await stack.sql<{ id: string }[]>`
      insert into search_runs (user_id, source, parameters, created_at)
      select ${ada.id}, 'cron', jsonb_build_object('title', 'search ' || n, 'boards', '["remotive"]'::jsonb),
        '2026-03-01T10:00:00.123456Z'
      from generate_series(1, 5) n returning id`;
    const pages = await readAll(asAda, 'limit=2');
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(idsOf(pages.flat())).toEqual(
      rows
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
  });

  test('is full to the last run when its length is that of the page', async () => {
    for (const title of ['one', 'two']) await createRun(asAda, title);
    const { body } = await asAda.get('/runs?limit=2');
    expect(body.items).toHaveLength(2);
    expect(body.nextCursor).toBeNull();
  });

  test('shows runs by state, by saved search, and active ones', async () => {
    const saved = (
      await asAda.post('/saved-searches', { name: 'Mine', parameters: { title: 'of a saved search' } })
    ).body.id;
    const ofSaved: Run = (await asAda.post('/runs', { savedSearchId: saved })).body.run;
    const pending = await createRun(asAda, 'pending');
    const running = await createRun(asAda, 'running');
    await beginRun(stack.sql, running.id);
    const success = await createRun(asAda, 'success');
    await completeRun(stack.sql, success.id);
    const failed = await createRun(asAda, 'failed');
    await endRun(stack.sql, failed.id);
    const cancelled = await createRun(asAda, 'cancelled');
    await endRun(stack.sql, cancelled.id, 'cancelled');

    const listed = async (query: string) => idsOf((await asAda.get(`/runs?${query}`)).body.items);
    expect(await listed('status=pending')).toEqual([pending.id, ofSaved.id]);
    expect(await listed('status=running')).toEqual([running.id]);
    expect(await listed('status=success')).toEqual([success.id]);
    expect(await listed('status=failed')).toEqual([failed.id]);
    expect(await listed('status=cancelled')).toEqual([cancelled.id]);
    expect(await listed('active=true')).toEqual([running.id, pending.id, ofSaved.id]);
    expect(await listed('active=false')).toHaveLength(6);
    expect(await listed(`savedSearchId=${saved}`)).toEqual([ofSaved.id]);
    expect(await listed(`savedSearchId=${saved}&status=success`)).toEqual([]);
    expect(idsOf((await readAll(asAda, 'active=true&limit=1')).flat())).toEqual([
      running.id,
      pending.id,
      ofSaved.id,
    ]);
    expect((await asBob.get(`/runs?savedSearchId=${saved}`)).body.items).toEqual([]);
  });
});

describe('a run that is not there', () => {
  test.each([
    ['GET', ''],
    ['GET', '/results'],
    ['POST', '/cancel'],
    ['GET', '/events'],
  ])(
    '%s /runs/:id%s answers alike for one unknown, malformed and of another person',
    async (method, path) => {
      const bobs = await createRun(asBob, 'private');
      const answers = [];
      for (const id of [
        randomUUID(),
        bobs.id,
        'not-an-id',
        '1',
        `${bobs.id}x`,
        "' or true--",
        '%00',
        'x'.repeat(300),
      ]) {
        const answer = await asAda.request(method, `/runs/${encodeURIComponent(id)}${path}`);
        expectProblem(answer, 'not-found');
        answers.push(answer.text);
      }
      expect(new Set(answers).size).toBe(1);
      expect((await asBob.get(`/runs/${bobs.id}`)).body).toMatchObject({ status: 'pending', revision: 0 });
    },
  );
});

test('every run tells its boards in one order, with their errors', async () => {
  const run: Run = (await asAda.post('/runs', { parameters: { title: 'x', boards: ['ashby', 'remotive'] } }))
    .body.run;
  await beginRun(stack.sql, run.id);
  await stack.sql`select finish_run_board(${run.id}, 'remotive', 0, 1, 'rate_limited', 'Asked too often')`;
  await endRun(stack.sql, run.id);
  const { body } = await asAda.get(`/runs/${run.id}`);
  expect(body).toMatchObject({ status: 'success', error: null });
  expect(body.boards.map(({ board, state, error }: Run['boards'][number]) => [board, state, error])).toEqual([
    ['remotive', 'failed', { class: 'rate_limited', message: 'Asked too often' }],
    ['ashby', 'success', null],
  ]);
});
