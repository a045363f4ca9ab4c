import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import type { SearchParameters } from '../../domain/search.js';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { addPerson, addRun, addRunIn, posting, readRun, recordPage, refusal, search } from './fixtures.js';
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
  await sql`truncate postings cascade`;
});

const running = (boards: SearchParameters['boards'] = ['remotive']) =>
  addRunIn('running', sql, userId, search({ boards, title: 'engineer' }));

describe('the end', () => {
  const ended = async (run: string) =>
    (({ status, error_class, error_message, jobs_found, jobs_new }) => ({
      status,
      error_class,
      error_message,
      jobs_found,
      jobs_new,
    }))(await readRun(sql, run));
  const nothingFound = { jobs_found: 0, jobs_new: 0 };

  test.each([
    ['one board that answered is a success', [null, 'timeout'], 'success', null],
    ['all failed alike: why they did', ['timeout', 'timeout'], 'failed', 'timeout'],
    ['all failed, each its own way', ['timeout', 'blocked'], 'failed', 'all_boards_failed'],
  ] as const)('%s', async (_what, errors, status, error_class) => {
    const run = await running(['remotive', 'arbeitnow']);
    for (const [i, board] of (['remotive', 'arbeitnow'] as const).entries()) {
      const error = errors[i] ?? null;
      await steps.finishBoard(run.id, board, error ? 0 : 1, error ? 1 : 0, error);
    }
    expect(await steps.finish(run.id, 'done')).toEqual({ status, found: 0, new: 0 });
    const error_message = error_class && 'None of the boards could be read.';
    expect(await ended(run.id)).toEqual({ status, error_class, error_message, ...nothingFound });
  });

  test('cancelled: what was found stays, boards that were not done are cancelled', async () => {
    await recordPage(sql, 'remotive', [posting({ title: 'Engineer' })]);
    const run = await running(['remotive', 'arbeitnow']);
    await steps.finishBoard(run.id, 'remotive', 1, 0);
    expect(await steps.finish(run.id, 'cancelled')).toEqual({ status: 'cancelled', found: 1, new: 1 });
    expect(await steps.boardsOf(run.id)).toMatchObject([
      { board: 'arbeitnow', state: 'cancelled', error_class: null },
      { board: 'remotive', state: 'success', found: 1 },
    ]);
  });

  test.each([
    ['pending', addRun],
    ['running', () => running()],
  ] as const)('lost while %s: failed, with what befell its workflow', async (_status, make) => {
    const run = await make(sql, userId);
    const reason = {
      actor: 'reconciler',
      class: 'workflow_terminated',
      message: 'An operator stopped this search.',
    };
    expect(await steps.finish(run.id, 'lost', reason)).toMatchObject({ status: 'failed' });
    expect(await ended(run.id)).toEqual({
      status: 'failed',
      error_class: reason.class,
      error_message: reason.message,
      ...nothingFound,
    });
    expect(await steps.boardsOf(run.id)).toMatchObject([{ state: 'failed', error_class: 'upstream' }]);
    const [event] =
      await sql`select actor from search_run_events where run_id = ${run.id} order by id desc limit 1`;
    expect(event?.actor).toBe('reconciler');
  });

  test.each(['done', 'cancelled', 'lost'])(
    '%s, repeated or after another end: the first one stands',
    async (end) => {
      const run = await running();
      await steps.finishBoard(run.id, 'remotive', 1, 0);
      const first = await steps.finish(run.id, end);
      const before = await steps.everythingOf(run.id);
      for (const later of ['done', 'cancelled', 'lost'])
        expect(await steps.finish(run.id, later)).toEqual(first);
      expect(await steps.everythingOf(run.id)).toEqual(before);
    },
  );

  test('of a run that is gone is nothing', async () => {
    expect(await steps.finish(randomUUID(), 'done')).toBeNull();
  });
});

describe('cancelling', () => {
  test('before it began: over at once, with its boards', async () => {
    const run = await addRun(sql, userId);
    expect(await steps.cancel(run.id, userId)).toBe('cancelled');
    const row = await readRun(sql, run.id);
    expect(row).toMatchObject({ status: 'cancelled', jobs_found: 0, jobs_new: 0, started_at: null });
    expect([row.cancel_requested_at, row.completed_at]).toEqual([expect.any(Date), expect.any(Date)]);
    expect(await steps.boardsOf(run.id)).toMatchObject([{ state: 'cancelled' }]);
  });

  test('under way: asked for once, however often it is asked', async () => {
    const run = await running();
    expect(await steps.cancel(run.id, userId)).toBe('running');
    const before = await steps.everythingOf(run.id);
    expect((await readRun(sql, run.id)).cancel_requested_at).toEqual(expect.any(Date));
    expect(await steps.cancel(run.id, userId)).toBe('running');
    expect(await steps.everythingOf(run.id)).toEqual(before);
  });

  test.each(['success', 'failed', 'cancelled'] as const)(
    'when it is over (%s): a conflict that says how',
    async (status) => {
      const run = await addRunIn(status, sql, userId);
      const error = await refusal(steps.cancel(run.id, userId));
      expect([error.code, error.message, error.detail]).toEqual(['PT409', 'run_is_finished', status]);
    },
  );

  test('and beginning at once: one of the two, never half of each', async () => {
    for (let i = 0; i < 10; i += 1) {
      const run = await addRun(sql, userId);
      const [begun, cancelled] = await Promise.all([steps.start(run.id), steps.cancel(run.id, userId)]);
      const { status } = await readRun(sql, run.id);
      const boards = await steps.boardsOf(run.id);
      expect([
        {
          begun: { finished: true, boards: [] },
          cancelled: 'cancelled',
          status: 'cancelled',
          board: 'cancelled',
        },
        {
          begun: { finished: false, boards: ['remotive'] },
          cancelled: 'running',
          status: 'running',
          board: 'queued',
        },
      ]).toContainEqual({ begun, cancelled, status, board: boards[0]?.state });
    }
  });
});
