import type postgres from 'postgres';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { addPerson, addRun, addRunIn, asPerson, readRun, refusal, search } from './fixtures.js';
import { withoutTriggers } from './without-triggers.js';

let stack: TestStack;
let sql: postgres.Sql;
let me: string;
let somebody: string;

beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  [me, somebody] = await Promise.all([addPerson(sql), addPerson(sql)]);
});

type Filters = Record<string, unknown>;
/** The history as a person reads it. */
async function history(person: string, filters: Filters = {}): Promise<{ ids: string[]; total: number }> {
  const names = Object.keys(filters);
  const named = names.map((name, n) => `${name} => $${n + 1}`).join(', ');
  const [row] = await asPerson(sql, person, (asked) =>
    asked.unsafe(`select run_history(${named}) as page`, Object.values(filters) as never[]),
  );
  return { ids: row?.page.items.map(({ id }: { id: string }) => id), total: row?.page.total };
}

const startedAt = (id: string, at: string) =>
  withoutTriggers(sql, (past) => past`update search_runs set created_at = ${at} where id = ${id}`);

/** A run of two boards that ended, of which one went wrong as given. */
async function endedWith(wrong: { state: string; sources_failed?: number; error_class: string | null }) {
  const run = await addRun(sql, me, search({ boards: ['remotive', 'jobicy'] }));
  await sql`update search_runs set status = 'running' where id = ${run.id}`;
  await sql`update search_run_boards set state = 'success' where run_id = ${run.id}`;
  await sql`update search_run_boards set ${sql(wrong)} where run_id = ${run.id} and board = 'jobicy'`;
  await sql`select finish_search_run(${run.id}, 'done')`;
  return (await readRun(sql, run.id)).id;
}

describe('the history', () => {
  test('is a person’s own, newest first, with the total over all pages', async () => {
    const runs: string[] = [];
    for (let n = 0; n < 5; n += 1) runs.push((await addRunIn('failed', sql, me)).id);
    await addRunIn('failed', sql, somebody);
    const newestFirst = [...runs].reverse();

    expect(await history(me)).toEqual({ ids: newestFirst, total: 5 });
    const first = await history(me, { p_limit: 2 });
    expect(first).toEqual({ ids: newestFirst.slice(0, 2), total: 5 });
    const [last] = await sql`select created_at::text as at from search_runs where id = ${first.ids[1] ?? ''}`;
    const second = await history(me, { p_limit: 2, p_after_at: last?.at, p_after_id: first.ids[1] });
    expect(second).toEqual({ ids: newestFirst.slice(2, 4), total: 5 });
    expect(await history(somebody)).toMatchObject({ total: 1 });
    expect(await history(await addPerson(sql))).toEqual({ ids: [], total: 0 });
  });

  test('tells what ended in full from what ended in part', async () => {
    const full = await endedWith({ state: 'success', error_class: null });
    const oneFailed = await endedWith({ state: 'failed', error_class: 'blocked' });
    const someCompanies = await endedWith({ state: 'success', sources_failed: 2, error_class: 'timeout' });
    const [pending, running, cancelled] = await Promise.all(
      (['pending', 'running', 'cancelled'] as const).map((status) => addRunIn(status, sql, me)),
    );
    expect(await history(me, { p_outcome: 'success' })).toEqual({ ids: [full], total: 1 });
    expect(await history(me, { p_outcome: 'partial' })).toEqual({
      ids: [someCompanies, oneFailed],
      total: 2,
    });
    expect(await history(me, { p_outcome: 'cancelled' })).toEqual({ ids: [cancelled?.id], total: 1 });
    expect((await history(me, { p_active: true })).ids.sort()).toEqual([pending?.id, running?.id].sort());
    expect((await history(me, { p_active: false })).total).toBe(6);
  });

  test('finds runs by what went wrong, on any board, on one, and as a whole', async () => {
    const blocked = await endedWith({ state: 'failed', error_class: 'blocked' });
    await endedWith({ state: 'success', sources_failed: 1, error_class: 'timeout' });
    const lost = await addRun(sql, me);
    await sql`select finish_search_run(${lost.id}, 'lost', 'reconciler', 'workflow_lost')`;

    expect((await history(me, { p_error_class: 'blocked' })).ids).toEqual([blocked]);
    expect((await history(me, { p_error_class: 'blocked', p_board: 'jobicy' })).ids).toEqual([blocked]);
    expect((await history(me, { p_error_class: 'blocked', p_board: 'remotive' })).ids).toEqual([]);
    expect((await history(me, { p_error_class: 'workflow_lost' })).ids).toEqual([lost.id]);
    expect((await history(me, { p_board: 'jobicy' })).total).toBe(2);
  });

  test('of some days begins with the first moment and ends before the last', async () => {
    const [first, second, third] = await Promise.all([1, 2, 3].map(() => addRunIn('failed', sql, me)));
    await startedAt(first?.id ?? '', '2026-03-01T00:00:00Z');
    await startedAt(second?.id ?? '', '2026-03-01T23:59:59.999Z');
    await startedAt(third?.id ?? '', '2026-03-02T00:00:00Z');
    const days = (from?: string, until?: string) =>
      history(me, { ...(from && { p_from: from }), ...(until && { p_until: until }) });
    expect((await days('2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z')).ids).toEqual([second?.id, first?.id]);
    expect((await days('2026-03-02T00:00:00Z')).ids).toEqual([third?.id]);
    expect((await days(undefined, '2026-03-01T00:00:00Z')).ids).toEqual([]);
  });
});

describe('a run that does an earlier one again', () => {
  const again = (person: string, earlier: string) =>
    asPerson(sql, person, async (asked) => {
      const parameters = asked.json(search() as never);
      const [row] = await asked`select create_search_run(${parameters}, p_rerun_of => ${earlier}) as created`;
      return row?.created as { id: string; run: { rerun_of: string } };
    });

  test('tells which, is found by it, and is told from the others', async () => {
    const earlier = await addRunIn('failed', sql, me);
    const rerun = await again(me, earlier.id);
    expect(rerun.run.rerun_of).toBe(earlier.id);
    expect((await history(me, { p_rerun_of: earlier.id })).ids).toEqual([rerun.id]);
    expect((await history(me, { p_trigger: 'rerun' })).ids).toEqual([rerun.id]);
    expect((await history(me, { p_trigger: 'schedule' })).ids).toEqual([earlier.id]);
    expect((await history(me, { p_trigger: 'manual' })).ids).toEqual([]);
  });

  test('cannot be of somebody else’s run, whichever way it comes in', async () => {
    const theirs = await addRunIn('failed', sql, somebody);
    expect(await refusal(again(me, theirs.id))).toMatchObject({ code: 'PT404', message: 'run_not_found' });
    const inserted = asPerson(
      sql,
      me,
      (asked) => asked`
        insert into search_runs (parameters, rerun_of) values (${asked.json(search() as never)}, ${theirs.id})`,
    );
    expect(await refusal(inserted)).toMatchObject({ code: 'PT404', message: 'run_not_found' });
  });

  test('stays when the earlier one goes, finished or not', async () => {
    const earlier = await addRunIn('failed', sql, me);
    const [finished, active] = [await again(me, earlier.id), await again(me, earlier.id)];
    await sql`update search_runs set status = 'cancelled' where id = ${finished.id}`;
    await sql`delete from search_runs where id = ${earlier.id}`;
    const left = await sql`select rerun_of from search_runs where id in (${finished.id}, ${active.id})`;
    expect(left.map(({ rerun_of }) => rerun_of)).toEqual([null, null]);
  });
});
