import type postgres from 'postgres';
import { boardQuerySchema } from '../../domain/board.js';
import type { SearchParameters } from '../../domain/search.js';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { addPerson, addRun, knownBoards, posting, readRun, recordPage, refusal, search } from './fixtures.js';
import { type RunSteps, runSteps } from './run-steps.js';

let stack: TestStack;
let sql: postgres.Sql;
let steps: RunSteps;
let userId: string;

beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
  steps = runSteps(sql);
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  userId = await addPerson(sql);
  await sql`truncate source_syncs, company_boards, board_queries, postings cascade`;
});

const queryOf = async (parameters: Partial<SearchParameters>) => {
  const asked = search(parameters);
  return (await sql`select query_of_search(${sql.json(asked as never)}) as query`)[0]?.query;
};
const on = (boards: string[], parameters: Partial<SearchParameters> = {}) =>
  addRun(sql, userId, search({ title: 'engineer', boards, ...parameters }));
const queries = () => sql<{ source: string; board: string; query: unknown }[]>`
  select source, board, query from board_queries order by source`;
const synced = (source: string) => sql`select finish_source_sync(${source}, 1, 1, 1, 0, false)`;

describe('what a query board is asked', () => {
  test.each<[string, string]>([
    ['React  Developer', 'react developer'],
    ['"site reliability" engineer', 'site reliability engineer'],
    ['“site reliability” engineer', 'site reliability engineer'],
    ['engineer -java', 'engineer'],
    ['-java engineer -"machine learning" -- senior', 'engineer'],
    ['front-end engineer', 'front-end engineer'],
    ['engineer -"never closed', 'engineer'],
    ['C++ & C#', 'c++ & c#'],
  ])('%s: %s', async (title, asked) => {
    expect(await queryOf({ title })).toEqual({ title: asked, place: null, remoteOnly: false });
  });

  test('is the part of a search that boards can answer', async () => {
    const query = await queryOf({
      title: 'Engineer',
      place: 'New  York',
      remoteOnly: true,
      maxAgeDays: 3,
      salaryFloor: { amount: 50_000, currency: 'GBP' },
      salaryKnownOnly: true,
      excludeWords: ['unpaid'],
    });
    expect(query).toEqual({ title: 'engineer', place: 'new york', remoteOnly: true });
    expect(boardQuerySchema.parse(query)).toEqual(query);
  });

  test('is nothing when a search only leaves words out: nothing has to be read', async () => {
    expect(await queryOf({ title: '-java' })).toBeNull();
    const run = await on(['adzuna'], { title: '-java' });
    expect(await steps.start(run.id)).toEqual({ finished: false, boards: [] });
    expect(await steps.boardsOf(run.id)).toMatchObject([{ board: 'adzuna', state: 'success', total: 0 }]);
    expect(await queries()).toEqual([]);
  });
});

describe('a query’s source', () => {
  test('is kept when a run begins, and is what the board’s turn has to read', async () => {
    const run = await on(['adzuna', 'remotive'], { title: 'Data "Engineer"', place: 'London' });
    expect(await steps.start(run.id)).toMatchObject({
      boards: expect.arrayContaining(['adzuna', 'remotive']),
    });
    const [kept, ...others] = await queries();
    expect(others).toEqual([]);
    const query = { title: 'data engineer', place: 'london', remoteOnly: false };
    expect(kept).toEqual({ source: expect.stringMatching(/^adzuna\/[0-9a-f]{32}$/), board: 'adzuna', query });
    expect((await sql`select board_query(${kept?.source ?? ''}) as query`)[0]?.query).toEqual(query);
    expect(await steps.begin(run.id, 'adzuna', 'query')).toEqual({
      total: 1,
      fresh: 0,
      stale: [kept?.source],
      resting: [],
    });
  });

  test('is shared by searches that ask the board the same', async () => {
    const first = await on(['adzuna'], { title: 'Engineer -java', place: 'London' });
    await steps.start(first.id);
    const [kept] = await queries();
    await sql`update board_queries set last_asked_at = 'yesterday'`;
    await synced(kept?.source ?? '');
    await recordPage(sql, kept?.source ?? '', [
      posting({ board: 'adzuna', title: 'Engineer', salary: undefined }),
      posting({ board: 'adzuna', title: 'Engineer of Java', descriptionText: 'Java' }),
    ]);

    const second = await on(['adzuna'], { title: '"engineer"', place: 'LONDON', maxAgeDays: 7 });
    expect(await steps.start(second.id)).toEqual({ finished: false, boards: [] });
    expect(await steps.boardsOf(second.id)).toMatchObject([
      { state: 'success', total: 1, done: 1, found: 2 },
    ]);
    const [again] = await sql`
      select count(*)::int, min(last_asked_at) > now() - interval '1 hour' as lately from board_queries`;
    expect(again).toEqual({ count: 1, lately: true });
  });

  test('of another query, and of another board, is another one', async () => {
    for (const parameters of [{}, { place: 'Leeds' }, { remoteOnly: true }, { title: 'nurse' }]) {
      await steps.start((await on(['adzuna'], parameters)).id);
    }
    const reed = { ...knownBoards.reed, availability: 'ready' };
    await steps.start((await on(['reed'])).id, { ...knownBoards, reed });
    const kept = await queries();
    expect(kept.map(({ board }) => board)).toEqual(['adzuna', 'adzuna', 'adzuna', 'adzuna', 'reed']);
    expect(new Set(kept.map(({ source }) => source.split('/')[1])).size).toBe(4);
  });

  test('nobody asks any more has no query', async () => {
    expect((await sql`select board_query('adzuna/0') as query`)[0]?.query).toBeNull();
  });
});

describe('boards that cannot be asked here', () => {
  test('are skipped with the reason, and the others go on', async () => {
    const run = await on(['remotive', 'reed', 'linkedin']);
    expect(await steps.start(run.id)).toEqual({ finished: false, boards: ['remotive'] });
    const untouched = { total: 0, done: 0, failed: 0, found: 0, error_class: null };
    expect(await steps.boardsOf(run.id)).toMatchObject([
      { board: 'linkedin', state: 'skipped', skipped_because: 'off', ...untouched },
      { board: 'reed', state: 'skipped', skipped_because: 'needs_key', ...untouched },
      { board: 'remotive', state: 'queued', skipped_because: null },
    ]);
    expect(await queries()).toEqual([]);

    const before = await steps.everythingOf(run.id);
    await steps.start(run.id);
    expect(await steps.everythingOf(run.id)).toEqual(before);
    await steps.finishBoard(run.id, 'remotive', 1, 0);
    expect(await steps.finish(run.id, 'done')).toMatchObject({ status: 'success' });
    expect(await steps.boardsOf(run.id)).toMatchObject([
      { state: 'skipped' },
      { state: 'skipped' },
      { state: 'success' },
    ]);
  });

  test('stay skipped when the run is cancelled', async () => {
    const run = await on(['remotive', 'reed']);
    await steps.start(run.id);
    await steps.finish(run.id, 'cancelled');
    expect(await steps.boardsOf(run.id)).toMatchObject([{ state: 'skipped' }, { state: 'cancelled' }]);
  });

  test.each([
    [['reed'], 'Each of its boards needs a key that this service does not have.'],
    [['linkedin'], 'Each of its boards is off here.'],
    [['reed', 'linkedin'], 'Each of its boards needs a key that this service does not have, or is off here.'],
  ])('alone (%j) fail the run, which says why', async (boards, error_message) => {
    const run = await on(boards);
    expect(await steps.start(run.id)).toEqual({ finished: false, boards: [] });
    expect(await steps.finish(run.id, 'done')).toMatchObject({ status: 'failed' });
    expect(await readRun(sql, run.id)).toMatchObject({ error_class: 'config', error_message });
  });

  test('beside boards that failed leave the failure to those', async () => {
    const run = await on(['remotive', 'reed']);
    await steps.start(run.id);
    await steps.finishBoard(run.id, 'remotive', 0, 1, 'timeout');
    expect(await steps.finish(run.id, 'done')).toMatchObject({ status: 'failed' });
    const error = { error_class: 'timeout', error_message: 'None of the boards could be read.' };
    expect(await readRun(sql, run.id)).toMatchObject(error);
  });

  test('have a reason whenever they are skipped, and none else', async () => {
    const { id } = await on(['remotive']);
    for (const change of [{ state: 'skipped' }, { skipped_because: 'off' }]) {
      const { code } = await refusal(sql`update search_run_boards set ${sql(change)} where run_id = ${id}`);
      expect(code).toBe('23514');
    }
  });
});
