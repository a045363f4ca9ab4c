import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import type { SearchParameters } from '../../domain/search.js';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import {
  addPerson,
  addRun,
  addRunIn,
  knownBoards,
  posting,
  readRun,
  recordPage,
  search,
} from './fixtures.js';
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
  await sql`truncate source_syncs, company_boards, postings cascade`;
});

const synced = (...sources: string[]) =>
  Promise.all(sources.map((source) => sql`select finish_source_sync(${source}, 1, 1, 1, 0, false)`));
const running = (boards: SearchParameters['boards'] = ['remotive']) =>
  addRunIn('running', sql, userId, search({ boards, title: 'engineer' }));

describe('starting', () => {
  test('boards that are fresh are matched at once, the others are to be read', async () => {
    await synced('remotive');
    await recordPage(sql, 'remotive', [posting({ title: 'Engineer' })]);
    const run = await addRun(sql, userId, search({ title: 'engineer', boards: ['remotive', 'arbeitnow'] }));
    expect(await steps.start(run.id)).toEqual({ finished: false, boards: ['arbeitnow'] });
    expect(await readRun(sql, run.id)).toMatchObject({ status: 'running', jobs_found: 1, jobs_new: 1 });
    expect(await steps.boardsOf(run.id)).toMatchObject([
      { board: 'arbeitnow', state: 'queued', found: 0 },
      { board: 'remotive', state: 'success', total: 1, done: 1, found: 1, new: 1 },
    ]);
  });

  test('repeated, it gives the same answer and changes nothing', async () => {
    await synced('remotive');
    const run = await addRun(sql, userId, search({ boards: ['remotive', 'arbeitnow'] }));
    const first = await steps.start(run.id);
    const before = await steps.everythingOf(run.id);
    expect(await steps.start(run.id)).toEqual(first);
    expect(await steps.everythingOf(run.id)).toEqual(before);
  });

  test('a company board is fresh when each of its companies is, and when it has none', async () => {
    const run = await addRun(sql, userId, search({ boards: ['greenhouse'] }));
    await sql`insert into company_boards values ('greenhouse', 'acme', 'Acme'), ('greenhouse', 'apex', 'Apex')`;
    await synced('greenhouse/acme');
    expect(await steps.start(run.id)).toEqual({ finished: false, boards: ['greenhouse'] });
    await synced('greenhouse/apex');
    expect(await steps.start(run.id)).toEqual({ finished: false, boards: [] });
    expect(await steps.boardsOf(run.id)).toMatchObject([{ state: 'success', total: 2, done: 2 }]);

    await sql`truncate company_boards cascade`;
    const other = await addRun(sql, userId, search({ boards: ['greenhouse'] }));
    expect(await steps.start(other.id)).toEqual({ finished: false, boards: [] });
  });

  test('what was synced longer ago than the board is fresh is stale', async () => {
    await synced('remotive');
    const boards = { remotive: { ...knownBoards.remotive, freshSeconds: 0 } };
    const run = await addRun(sql, userId, search({ boards: ['remotive'] }));
    expect(await steps.start(run.id, boards)).toEqual({ finished: false, boards: ['remotive'] });
  });

  test('a board that the service does not know any more fails, the others go on', async () => {
    const run = await addRun(sql, userId, search({ boards: ['lever', 'remotive'] }));
    expect(await steps.start(run.id)).toEqual({ finished: false, boards: ['remotive'] });
    expect(await steps.boardsOf(run.id)).toMatchObject([
      { board: 'lever', state: 'failed', error_class: 'config' },
      { board: 'remotive', state: 'queued' },
    ]);
  });

  test('a run that was cancelled while it waited, and one that is gone, are finished', async () => {
    const run = await addRun(sql, userId);
    await steps.cancel(run.id, userId);
    const before = await steps.everythingOf(run.id);
    expect(await steps.start(run.id)).toEqual({ finished: true, boards: [] });
    expect(await steps.everythingOf(run.id)).toEqual(before);
    expect(await steps.start(randomUUID())).toEqual({ finished: true, boards: [] });
  });
});

describe('a board’s turn', () => {
  test('tells what is to be synced and what rests after a failure', async () => {
    await sql`insert into company_boards values
      ('greenhouse', 'a', 'A'), ('greenhouse', 'b', 'B'), ('greenhouse', 'c', 'C'), ('greenhouse', 'd', 'D')`;
    await synced('greenhouse/a');
    await sql`select fail_source_sync('greenhouse/b', 'rate_limited', 'slow down', 600)`;
    await sql`select fail_source_sync('greenhouse/c', 'timeout', 'no answer', 0)`;
    const run = await running(['greenhouse']);
    const begun = {
      total: 4,
      fresh: 1,
      stale: ['greenhouse/c', 'greenhouse/d'],
      resting: [{ source: 'greenhouse/b', class: 'rate_limited', message: 'slow down' }],
    };
    expect(await steps.begin(run.id, 'greenhouse', 'company')).toEqual(begun);
    const once = await steps.boardsOf(run.id);
    expect(once).toMatchObject([{ state: 'running', total: 4, done: 1, failed: 1 }]);
    expect(await steps.begin(run.id, 'greenhouse', 'company')).toEqual(begun);
    expect(await steps.boardsOf(run.id)).toEqual(once);
  });

  test.each([
    ['all read', 1, 0, null, 'success'],
    ['some read', 1, 2, 'timeout', 'success'],
    ['none read', 0, 3, 'timeout', 'failed'],
    ['none there', 0, 0, null, 'success'],
  ] as const)('%s: %i done, %i failed', async (_what, done, failed, error, state) => {
    await recordPage(sql, 'remotive', [posting({ title: 'Engineer' })]);
    const run = await running();
    await steps.begin(run.id, 'remotive');
    // What the catalogue has is found also when nothing could be read.
    const outcome = { state, found: 1, new: 1 };
    expect(await steps.finishBoard(run.id, 'remotive', done, failed, error)).toEqual(outcome);
    const once = await steps.boardsOf(run.id);
    expect(once).toMatchObject([
      { state, done, failed, found: 1, error_class: error, error_message: error && 'why' },
    ]);
    expect(await steps.finishBoard(run.id, 'remotive', done, failed, error)).toEqual(outcome);
    expect(await steps.finishBoard(run.id, 'remotive', 0, 9, 'network')).toEqual(outcome);
    expect(await steps.boardsOf(run.id)).toEqual(once);
  });

  test('of a run that is over changes nothing and is no error', async () => {
    const run = await running();
    await steps.begin(run.id, 'remotive');
    await steps.finish(run.id, 'cancelled');
    const before = await steps.everythingOf(run.id);
    expect(await steps.begin(run.id, 'remotive')).toBeNull();
    await steps.report(run.id, 'remotive', 1, 0);
    expect(await steps.finishBoard(run.id, 'remotive', 1, 0)).toEqual({
      state: 'cancelled',
      found: 0,
      new: 0,
    });
    expect(await steps.everythingOf(run.id)).toEqual(before);
  });

  test('progress shows while it is read, and only then', async () => {
    const run = await running();
    await steps.report(run.id, 'remotive', 5, 5);
    expect(await steps.boardsOf(run.id)).toMatchObject([{ state: 'queued', done: 0, failed: 0 }]);
    await steps.begin(run.id, 'remotive');
    await steps.report(run.id, 'remotive', 5, 2);
    expect(await steps.boardsOf(run.id)).toMatchObject([{ state: 'running', done: 5, failed: 2 }]);
  });
});
