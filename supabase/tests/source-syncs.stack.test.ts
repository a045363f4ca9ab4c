import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { addPerson, addRun, addRunIn, readRun, search } from './fixtures.js';
import { withoutTriggers } from './without-triggers.js';

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
  await sql`truncate source_syncs, source_sync_waiters, company_boards cascade`;
});

const fresh = async (source: string, seconds: number) =>
  (await sql`select is_source_fresh(${source}, ${seconds}) as fresh`)[0]?.fresh;
const sync = (source: string) => sql`
  select board, synced_at is not null as synced, failed_at is not null as failed,
    next_allowed_at > now() as resting, error_class, error_message, pages, postings_read, postings_new,
    postings_skipped
  from source_syncs where source = ${source}`;

describe('how fresh a source is', () => {
  test('a good sync makes it fresh for as long as its board says', async () => {
    expect(await fresh('remotive', 3_600)).toBe(false);
    await sql`select finish_source_sync('remotive', 3, 70, 12, 1, false)`;
    expect(await fresh('remotive', 3_600)).toBe(true);
    await sql`update source_syncs set synced_at = now() - interval '2 hours'`;
    expect(await fresh('remotive', 3_600)).toBe(false);
    expect(await fresh('remotive', 10_000)).toBe(true);
  });

  test('a failure leaves it as fresh as it was and lets it rest; a good sync forgets the failure', async () => {
    const failed = { failed: true, resting: true, error_class: 'blocked', error_message: 'captcha' };
    await sql`select fail_source_sync('greenhouse/acme', 'blocked', 'captcha', 600)`;
    expect(await sync('greenhouse/acme')).toMatchObject([{ board: 'greenhouse', synced: false, ...failed }]);
    await sql`select finish_source_sync('greenhouse/acme', 2, 30, 20, 10, false)`;
    const good = { pages: 2, postings_read: 30, postings_new: 20, postings_skipped: 10 };
    expect(await sync('greenhouse/acme')).toEqual([
      {
        board: 'greenhouse',
        synced: true,
        failed: false,
        resting: null,
        error_class: null,
        error_message: null,
        ...good,
      },
    ]);
    await sql`select fail_source_sync('greenhouse/acme', 'blocked', 'captcha', 600)`;
    expect(await sync('greenhouse/acme')).toMatchObject([{ synced: true, ...failed, ...good }]);
    expect(await fresh('greenhouse/acme', 3_600)).toBe(true);
  });

  test('a long message is kept short', async () => {
    await sql`select fail_source_sync('remotive', 'upstream', ${'x'.repeat(5_000)}, 1)`;
    expect((await sync('remotive'))[0]?.error_message).toHaveLength(500);
  });

  test("a company's name is its board's, and nobody's when it is not followed", async () => {
    await sql`insert into company_boards values ('greenhouse', 'acme', 'Acme')`;
    const name = async (token: string) =>
      (await sql`select company_name('greenhouse', ${token}) as name`)[0]?.name;
    expect(await name('acme')).toBe('Acme');
    expect(await name('apex')).toBeNull();
  });
});

describe('who waits for a sync', () => {
  const join = async (many: postgres.Sql, run: string, source = 'remotive'): Promise<boolean> =>
    (await many`select wait_for_source_sync(${source}, ${run}) as waits`)[0]?.waits;
  const leave = async (many: postgres.Sql, run: string): Promise<number> =>
    (await many`select leave_source_sync('remotive', ${run}) as left`)[0]?.left;
  const waiters = async () => (await sql`select from source_sync_waiters`).length;

  test('twenty join and leave at once: exactly one is told that nobody is left', async () => {
    const many = postgres(stack.databaseUrl, { max: 20, onnotice: () => undefined });
    try {
      const runs: string[] = [];
      for (let i = 0; i < 20; i += 1) runs.push((await addRunIn('running', sql, userId)).id);
      for (let round = 0; round < 5; round += 1) {
        await Promise.all(runs.map((run) => join(many, run)));
        expect(await waiters()).toBe(20);
        const left = await Promise.all(runs.map((run) => leave(many, run)));
        expect(left.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
      }
    } finally {
      await many.end({ timeout: 5 });
    }
  });

  test('joining and leaving twice counts once', async () => {
    const [a, b] = [await addRunIn('running', sql, userId), await addRunIn('running', sql, userId)];
    for (const run of [a.id, a.id, b.id]) await join(sql, run);
    expect(await waiters()).toBe(2);
    expect(await leave(sql, a.id)).toBe(1);
    expect(await leave(sql, a.id)).toBe(1);
    expect(await leave(sql, randomUUID())).toBe(1);
    expect(await leave(sql, b.id)).toBe(0);
  });

  test('a run that is to be cancelled leaves all it waits for, is told what nobody else wants, and waits for nothing more', async () => {
    const [a, b] = [await addRunIn('running', sql, userId), await addRunIn('running', sql, userId)];
    for (const source of ['remotive', 'arbeitnow', 'jobicy']) await join(sql, a.id, source);
    expect(await join(sql, b.id, 'jobicy')).toBe(true);
    const leave = async () =>
      (await sql`select leave_source_syncs(${a.id}) as source`).map((row) => row.source);
    expect(await leave()).toEqual(['arbeitnow', 'remotive']);
    expect(await leave()).toEqual([]);
    expect((await readRun(sql, a.id)).cancel_requested_at).toEqual(expect.any(Date));
    expect(await join(sql, a.id)).toBe(false);
    expect(await sql`select source, run_id from source_sync_waiters`).toEqual([
      { source: 'jobicy', run_id: b.id },
    ]);
    // Nothing waits, and nothing is said of a run that is over.
    await sql`select finish_search_run(${b.id}, 'done')`;
    await sql`select leave_source_syncs(${b.id})`;
    expect((await readRun(sql, b.id)).cancel_requested_at).toBeNull();
  });

  test('two that wait for the same sources leave at once: one of them is told of each', async () => {
    const many = postgres(stack.databaseUrl, { max: 2, onnotice: () => undefined });
    try {
      const sources = Array.from({ length: 20 }, (_, n) => `greenhouse/company-${n}`);
      for (let round = 0; round < 5; round += 1) {
        const [a, b] = [await addRunIn('running', sql, userId), await addRunIn('running', sql, userId)];
        for (const source of sources) {
          await join(sql, a.id, source);
          await join(sql, b.id, source);
        }
        const told = await Promise.all(
          [a, b].map(({ id }) => many`select leave_source_syncs(${id}) as source`),
        );
        expect(
          told
            .flat()
            .map(({ source }) => source)
            .sort(),
        ).toEqual([...sources].sort());
      }
    } finally {
      await many.end({ timeout: 5 });
    }
  });

  test('a run that ends, or is gone, waits no more', async () => {
    const [a, b] = [await addRunIn('running', sql, userId), await addRunIn('running', sql, userId)];
    for (const run of [a.id, b.id]) await join(sql, run);
    await sql`select finish_search_run(${a.id}, 'lost')`;
    expect(await waiters()).toBe(1);
    await sql`delete from search_runs where id = ${b.id}`;
    expect(await waiters()).toBe(0);
  });

  test('a page that was read shows on the runs that wait for it, while they run', async () => {
    const watching = await addRunIn('running', sql, userId, search({ boards: ['remotive', 'lever'] }));
    const elsewhere = await addRunIn('running', sql, userId, search({ boards: ['remotive'] }));
    const over = await addRunIn('running', sql, userId, search({ boards: ['remotive'] }));
    for (const { id } of [watching, elsewhere, over]) {
      await sql`update search_run_boards set state = 'running' where run_id = ${id}`;
    }
    await join(sql, watching.id);
    await sql`update search_runs set status = 'failed' where id = ${over.id}`;
    await join(sql, over.id);

    await sql`select report_sync_progress('remotive', '{}')`;
    await sql`select report_sync_progress('remotive', '{}')`;
    await sql`select report_sync_progress('arbeitnow', '{}')`;
    const pages = async (run: string) => sql`
      select board, page from search_run_boards where run_id = ${run} order by board`;
    expect(await pages(watching.id)).toEqual([
      { board: 'lever', page: 0 },
      { board: 'remotive', page: 2 },
    ]);
    expect(await pages(elsewhere.id)).toEqual([{ board: 'remotive', page: 0 }]);
    expect(await pages(over.id)).toEqual([{ board: 'remotive', page: 0 }]);
  });
});

test('the reconciler is told of runs that were not begun, and of those that fell quiet', async () => {
  const at = (id: string, column: string, secondsAgo: number) =>
    withoutTriggers(
      sql,
      (past) =>
        past`update search_runs set ${past(column)} = now() - make_interval(secs => ${secondsAgo}) where id = ${id}`,
    );
  const waitsLong = await addRun(sql, userId, search({ boards: ['remotive', 'lever'] }));
  await at(waitsLong.id, 'created_at', 61);
  await addRun(sql, userId);
  const quiet = await addRunIn('running', sql, userId);
  await sql`update search_runs set cancel_requested_at = now() where id = ${quiet.id}`;
  await at(quiet.id, 'updated_at', 601);
  const busy = await addRunIn('running', sql, userId);
  await at(busy.id, 'updated_at', 599 - 120);
  const over = await addRunIn('failed', sql, userId);
  await at(over.id, 'created_at', 9_000);

  const told = (limit: number, after: string | null = null, until: string | null = null) =>
    sql`select * from runs_to_reconcile('cron', 60, 600, ${limit}, ${after}, ${until})`;
  const common = { user_id: userId, source: 'cron', saved_search_id: null, tick_id: null };
  const expected = [
    { id: waitsLong.id, ...common, boards: 2, status: 'pending', cancel_requested: false },
    { id: quiet.id, ...common, boards: 1, status: 'running', cancel_requested: true },
  ].sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(await told(10)).toEqual(expected);
  const [first, second] = expected.map(({ id }) => id);
  expect((await told(1)).map(({ id }) => id)).toEqual([first]);
  expect((await told(1, first)).map(({ id }) => id)).toEqual([second]);
  expect(await told(1, second)).toEqual([]);
  expect((await told(10, null, first)).map(({ id }) => id)).toEqual([first]);
  expect(await sql`select * from runs_to_reconcile('manual', 60, 600, 10)`).toEqual([]);
});

test('the reconciler is told which runs are over, and which are gone', async () => {
  const over = await addRunIn('failed', sql, userId);
  const justOver = await addRunIn('success', sql, userId);
  const running = await addRunIn('running', sql, userId);
  const gone = randomUUID();
  const runs = [over, justOver, running].map(({ id }) => id);
  // One moment for both: now() is when the transaction began.
  const told = await withoutTriggers(sql, async (past) => {
    await past`update search_runs set completed_at = now() - interval '61 s' where id = ${over.id}`;
    await past`update search_runs set completed_at = now() where id = ${justOver.id}`;
    return past`select * from runs_over(${[...runs, gone]}, 60) order by seconds_over`;
  });
  expect(told).toEqual([
    { id: over.id, seconds_over: 61 },
    { id: gone, seconds_over: null },
  ]);
});
