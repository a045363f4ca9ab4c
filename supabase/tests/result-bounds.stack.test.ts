import type postgres from 'postgres';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { addPerson, addRunIn, posting, readRun, recordPage, search } from './fixtures.js';

let stack: TestStack;
let sql: postgres.Sql;
let userId: string;

beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  userId = await addPerson(sql);
  await sql`truncate postings cascade`;
});
afterEach(
  () => sql`
  update service_limits set value = 500 where name in ('results_per_board', 'postings_ranked')`,
);

const limit = (name: 'results_per_board' | 'postings_ranked', value: number) =>
  sql`update service_limits set value = ${value} where name = ${name}`;
const match = (run: string, ...boards: string[]) => sql`select match_run_boards(${run}, ${boards})`;

test('at most so many results a board', async () => {
  await recordPage(
    sql,
    'remotive',
    Array.from({ length: 12 }, () => posting({ title: 'Baker' })),
  );
  const run = await addRunIn('running', sql, userId, search({ title: 'baker' }));
  await limit('results_per_board', 5);
  await match(run.id, 'remotive');
  expect(await readRun(sql, run.id)).toMatchObject({ jobs_found: 5, jobs_new: 5 });
});

test.each([
  [1, 'fewer than are ranked at once'],
  [5, 'more than are ranked at once'],
])('what is found does not hang on which boards are fresh: %i of each board alone, %s', async (ofEach) => {
  await limit('postings_ranked', 6);
  const boards = ['remotive', 'jobicy', 'arbeitnow'] as const;
  for (const board of boards) {
    const alone = Array.from({ length: ofEach }, (_, n) =>
      posting({ board, title: `Baker ${n}`, company: `Only on ${board}` }),
    );
    const everywhere = posting({ board, title: 'Baker everywhere', company: 'On all boards' });
    await recordPage(sql, board, [...alone, everywhere]);
  }
  const found = async (...steps: (readonly string[])[]) => {
    const run = await addRunIn('running', sql, userId, search({ title: 'baker', boards: [...boards] }));
    for (const step of steps) await match(run.id, ...step);
    const { jobs_found } = await readRun(sql, run.id);
    await sql`update search_runs set status = 'success' where id = ${run.id}`;
    return {
      jobs_found,
      boards: await sql`
        select board, found, more_may_fit from search_run_boards where run_id = ${run.id} order by board`,
      postings: await sql`
        select posting_id from search_run_results where run_id = ${run.id} order by posting_id`,
    };
  };
  const together = await found(boards);
  expect(together.jobs_found).toBe(3 * ofEach + 1);
  expect(together.boards.map(({ more_may_fit }) => more_may_fit)).toEqual(boards.map(() => ofEach === 5));
  expect(await found(...boards.map((board) => [board]))).toEqual(together);
  expect(await found(['remotive', 'jobicy'], ['arbeitnow'])).toEqual(together);
});
