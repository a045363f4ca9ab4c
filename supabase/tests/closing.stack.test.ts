import type postgres from 'postgres';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { addPerson, addRunIn, posting, recordPage } from './fixtures.js';

let stack: TestStack;
let sql: postgres.Sql;

beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
});
afterAll(() => stack?.stop());
beforeEach(() => sql`truncate postings, source_syncs, source_sync_pages cascade`);

const numbered = (...numbers: number[]) =>
  numbers.map((n) => posting({ boardPostingId: `${n}`, title: `Job ${n}`, company: `Company ${n}` }));
const upTo = (last: number) => Array.from({ length: last }, (_, n) => n + 1);

/** A sync of a source as the worker does it: it begins, reads its pages, is done. Returns how many it closed. */
async function sync(source: string, pages: number[][], whole = true): Promise<number> {
  await sql`select begin_source_sync(${source}, 0)`;
  for (const page of pages) {
    await recordPage(sql, source, numbered(...page));
    await sql`select report_sync_progress(${source}, ${page.map(String)})`;
  }
  const [row] = await sql`select finish_source_sync(${source}, 1, 1, 1, 0, ${whole}) as closed`;
  return row?.closed;
}

const open = async () =>
  (await sql`select title from postings where closed_at is null order by length(title), title`).map(
    ({ title }) => Number(title.split(' ')[1]),
  );

test('what a whole list does not name any more is closed, on whichever page it was', async () => {
  expect(
    await sync('remotive', [
      [1, 2],
      [3, 4],
    ]),
  ).toBe(0);
  expect(await sync('remotive', [[1], [3, 5]])).toBe(2);
  expect(await open()).toEqual([1, 3, 5]);
  const closed = await sql`
    select title, facets @@ '''open''' as open, facets @@ '''board:remotive''' as on_board
    from postings where closed_at is not null order by title`;
  expect(closed.map(({ title, ...facets }) => [title, facets])).toEqual([
    ['Job 2', { open: false, on_board: false }],
    ['Job 4', { open: false, on_board: false }],
  ]);
});

test('a list that is a part of the board closes nothing', async () => {
  await sync('remotive', [[1, 2]]);
  expect(await sync('remotive', [[1]], false)).toBe(0);
  expect(await open()).toEqual([1, 2]);
});

test('another source’s postings are its own affair', async () => {
  await sync('remotive', [[1, 2]]);
  expect(await sync('greenhouse/acme', [])).toBe(0);
  expect(await open()).toEqual([1, 2]);
});

test('a posting that is named again is open again, changed or not', async () => {
  await sync('remotive', [[1, 2]]);
  await sync('remotive', [[1]]);
  expect(await open()).toEqual([1]);
  expect(await sync('remotive', [[1, 2]])).toBe(0);
  expect(await open()).toEqual([1, 2]);
});

test('a posting is closed when every board that had it says so', async () => {
  const both = posting({ boardPostingId: '1', title: 'Shared', company: 'Acme' });
  await recordPage(sql, 'remotive', [both]);
  await recordPage(sql, 'jobicy', [{ ...both, board: 'jobicy', url: 'https://jobicy.com/1' }]);
  const isOpen = async () => (await sql`select from postings where closed_at is null`).length === 1;
  await sql`select close_source_postings('jobicy', '{1}')`;
  expect(await isOpen()).toBe(true);
  await sql`select close_source_postings('remotive', '{1}')`;
  expect(await isOpen()).toBe(false);
  expect((await sql`select close_source_postings('remotive', '{1}') as closed`)[0]?.closed).toBe(0);
});

describe('a list that lacks most of what there was', () => {
  test('is doubted once and believed when it says so again', async () => {
    await sync('remotive', [upTo(40)]);
    expect(await sync('remotive', [upTo(5)])).toBe(0);
    expect(await open()).toHaveLength(40);
    expect(await sync('remotive', [upTo(5)])).toBe(35);
    expect(await open()).toEqual(upTo(5));
  });

  test('is forgotten when the next one is as usual', async () => {
    await sync('remotive', [upTo(40)]);
    await sync('remotive', [[]]);
    await sync('remotive', [upTo(40)]);
    expect(await sync('remotive', [[]])).toBe(0);
    expect(await open()).toHaveLength(40);
  });

  test('is believed at once where there were few', async () => {
    await sync('remotive', [upTo(10)]);
    expect(await sync('remotive', [[1]])).toBe(9);
  });

  test('is doubted however few there were when it is empty, as of a company that its board does not know', async () => {
    await sync('smartrecruiters/Acme', [upTo(3)]);
    expect(await sync('smartrecruiters/Acme', [])).toBe(0);
    expect(await open()).toEqual(upTo(3));
    const doubted = await sql`select source from source_syncs where doubted`;
    expect(doubted).toEqual([{ source: 'smartrecruiters/Acme' }]);
    expect(await sync('smartrecruiters/Acme', [])).toBe(3);
    // Nothing is left to be doubted about.
    expect(await sync('smartrecruiters/Acme', [])).toBe(0);
    expect(await sql`select from source_syncs where doubted`).toHaveLength(0);
  });
});

test('a sync that goes on after a failure keeps what its first pages named', async () => {
  await sync('remotive', [[1, 2, 3]]);
  await sql`select begin_source_sync('remotive', 0)`;
  await sql`select report_sync_progress('remotive', '{1}')`;
  await sql`select report_sync_progress('remotive', '{2}')`;
  expect(await sql`select missing_postings('remotive', 10) as id`).toEqual([{ id: '3' }]);
  await sql`select finish_source_sync('remotive', 2, 2, 0, 0, true)`;
  expect(await open()).toEqual([1, 2]);
  expect(await sql`select from source_sync_pages`).toHaveLength(0);
});

test('a source that is fresh is not begun again', async () => {
  await sync('remotive', [[1]]);
  expect((await sql`select begin_source_sync('remotive', 3600) as begun`)[0]?.begun).toBe(false);
  expect((await sql`select begin_source_sync('remotive', 0) as begun`)[0]?.begun).toBe(true);
});

describe('sweeping', () => {
  const closeOld = async (limit = 100): Promise<number> =>
    (await sql`select close_old_postings(30, ${limit}) as closed`)[0]?.closed;
  const purge = async (limit = 100): Promise<number> =>
    (await sql`select purge_postings(90, ${limit}) as removed`)[0]?.removed;

  test('what no list named for long is closed, so many at a time', async () => {
    await sync('jobicy', [upTo(5)], false);
    await sql`update posting_sources set read_at = now() - interval '31 days' where board_posting_id <> '5'`;
    expect(await closeOld(3)).toBe(3);
    expect(await closeOld(3)).toBe(1);
    expect(await closeOld(3)).toBe(0);
    expect(await open()).toEqual([5]);
  });

  test('what a list names counts as read, written down at most once a week', async () => {
    await sync('jobicy', [[1, 2]], false);
    await sql`update posting_sources set read_at = now() - interval '20 days' where board_posting_id = '1'`;
    const [before] = await sql`select xmin from posting_sources where board_posting_id = '2'`;
    await sync('jobicy', [[1, 2]], false);
    const rows = await sql`
      select board_posting_id as id, xmin, read_at > now() - interval '1 day' as lately from posting_sources order by 1`;
    expect(rows.map(({ lately }) => lately)).toEqual([true, true]);
    expect(rows[1]?.xmin).toBe(before?.xmin);
  });

  test('a posting past its date is closed by that date', async () => {
    await recordPage(sql, 'remotive', [
      posting({ title: 'Past', expiresAt: '2099-01-01T00:00:00Z' }),
      posting({ title: 'To come', expiresAt: '2099-01-01T00:00:00Z' }),
    ]);
    await sql`update postings set expires_at = '2026-01-01T00:00:00Z' where title = 'Past'`;
    expect(await closeOld()).toBe(1);
    expect(await closeOld()).toBe(0);
    const [closed] = await sql`select title, closed_at from postings where closed_at is not null`;
    expect(closed).toEqual({ title: 'Past', closed_at: new Date('2026-01-01T00:00:00Z') });
  });

  test('nothing is removed under a person’s results; the rest goes after its time', async () => {
    const userId = await addPerson(sql);
    const run = await addRunIn('running', sql, userId);
    await sync('remotive', [[1, 2, 3]]);
    await sync('remotive', [[3]]);
    await sql`update postings set closed_at = now() - interval '91 days' where title <> 'Job 3'`;
    await sql`
      insert into search_run_results (run_id, posting_id, user_id, score, is_new)
      select ${run.id}, id, ${userId}, 1, true from postings where title = 'Job 1'`;
    expect(await purge()).toBe(1);
    expect((await sql`select title from postings order by 1`).map(({ title }) => title)).toEqual([
      'Job 1',
      'Job 3',
    ]);
    expect(await sql`select from search_run_results where run_id = ${run.id}`).toHaveLength(1);
  });

  test('what syncs and queries left behind goes', async () => {
    const userId = await addPerson(sql);
    const [over, under] = [await addRunIn('success', sql, userId), await addRunIn('running', sql, userId)];
    await sql`insert into source_sync_waiters (source, run_id) values ('remotive', ${over.id}), ('remotive', ${under.id})`;
    await sql`
      insert into board_queries (source, board, query, last_asked_at)
      values ('adzuna/old', 'adzuna', '{}', now() - interval '31 days'), ('adzuna/new', 'adzuna', '{}', now())`;
    await sql`insert into source_syncs (source, board) values ('adzuna/old', 'adzuna'), ('adzuna/new', 'adzuna')`;
    await sql`
      insert into source_sync_pages (source, posting_ids, logged_at)
      values ('a', '{1}', now() - interval '2 days'), ('b', '{1}', now())`;
    expect((await sql`select purge_sync_leftovers(30) as gone`)[0]?.gone).toBe(4);
    expect(await sql`select source from board_queries`).toEqual([{ source: 'adzuna/new' }]);
    expect(await sql`select source from source_syncs`).toEqual([{ source: 'adzuna/new' }]);
    expect(await sql`select source from source_sync_pages`).toEqual([{ source: 'b' }]);
    expect(await sql`select run_id from source_sync_waiters`).toEqual([{ run_id: under.id }]);
  });
});

test('a run’s results tell what is closed since, and leave it out when asked', async () => {
  const userId = await addPerson(sql);
  const run = await addRunIn('running', sql, userId);
  await sync('remotive', [[1, 2]]);
  await sql`
    insert into search_run_results (run_id, posting_id, user_id, score, is_new)
    select ${run.id}, id, ${userId}, 1, true from postings`;
  await sync('remotive', [[2]]);
  const results = async (onlyOpen: boolean | null) => {
    const [row] = await sql`select run_results(${run.id}, p_only_open => ${onlyOpen}) as page`;
    return row?.page as { total: number; items: { title: string; closed_at: string | null }[] };
  };
  const all = await results(null);
  expect(all.items.map(({ title, closed_at }) => [title, closed_at !== null]).sort()).toEqual([
    ['Job 1', true],
    ['Job 2', false],
  ]);
  expect(await results(true)).toMatchObject({ total: 1, items: [{ title: 'Job 2' }] });
});
