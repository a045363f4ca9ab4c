import type postgres from 'postgres';
import type { Posting } from '../../domain/posting.js';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { waitFor } from '../../local/testing/wait-for.js';
import { addPerson, addRunIn, recordPage, search } from './fixtures.js';
import { copy, other, own, readBroken, readJobs, tell } from './told-jobs.js';

let stack: TestStack;
let sql: postgres.Sql;

beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
});
afterAll(() => stack?.stop());
beforeEach(() => sql`truncate postings cascade`);

const told = (...postings: Posting[]) => tell(sql, postings);
const jobs = () => readJobs(sql);
afterEach(async () => expect(await readBroken(sql)).toEqual([]));

describe('two postings turn out to be one', () => {
  // Told otherwise by each, and tied together by a third.
  const first = copy({ identityKeys: ['url:remotive.com/r1'] });
  const second = other({
    title: 'Engineer of Data',
    company: 'Acme Europe',
    identityKeys: ['greenhouse:400001'],
  });
  const third = own();

  async function found(userId: string, titles: Record<string, { score: number; is_new: boolean }>) {
    const run = await addRunIn('running', sql, userId);
    for (const [title, { score, is_new }] of Object.entries(titles)) {
      await sql`
        insert into search_run_results (run_id, posting_id, user_id, score, is_new)
        select ${run.id}, id, ${userId}, ${score}, ${is_new} from postings where title = ${title}`;
      await sql`
        insert into seen_postings (user_id, posting_id, run_id)
        select ${userId}, id, ${run.id} from postings where title = ${title} on conflict do nothing`;
    }
    return run.id;
  }

  test('what people found and saw of either is of the one, once', async () => {
    await told(first, second);
    const [ada, ben] = [await addPerson(sql), await addPerson(sql)];
    const adas = await found(ada, {
      'Data Engineer': { score: 0.5, is_new: true },
      'Engineer of Data': { score: 0.75, is_new: false },
    });
    const bens = await found(ben, { 'Engineer of Data': { score: 0.25, is_new: true } });
    const adasNext = await found(ada, { 'Data Engineer': { score: 0.5, is_new: true } });

    await told(third);
    expect(await jobs()).toEqual([['Data Engineer', 'greenhouse:g1', 'arbeitnow:a1', 'remotive:r1']]);
    const results = await sql`
      select run_id, score, is_new from search_run_results r join postings p on p.id = r.posting_id`;
    expect(results).toHaveLength(3);
    expect(results).toEqual(
      expect.arrayContaining([
        // One of the two had been seen before.
        { run_id: adas, score: 0.75, is_new: false },
        { run_id: adasNext, score: 0.5, is_new: true },
        { run_id: bens, score: 0.25, is_new: true },
      ]),
    );
    const seen = await sql`select user_id, run_id from seen_postings`;
    expect(seen).toHaveLength(2);
    expect(seen).toEqual(
      expect.arrayContaining([
        { user_id: ada, run_id: adas },
        { user_id: ben, run_id: bens },
      ]),
    );
  });

  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  test.each(orders)('in the order %i %i %i it is one, in the words of the company', async (...order) => {
    const postings = [first, second, third];
    await told(...order.map((n) => postings[n] as Posting));
    expect(await jobs()).toEqual([['Data Engineer', 'greenhouse:g1', 'arbeitnow:a1', 'remotive:r1']]);
    const before = await sql`select xmin::text, id from postings`;
    await told(first, second, third);
    expect(await sql`select xmin::text, id from postings`).toEqual(before);
  });

  test.each([
    ['both fit', ['remotive', 'arbeitnow']],
    ['the one that goes alone does', ['arbeitnow']],
  ])('while a search is being matched it has the one that stays: %s', async (_, boards) => {
    await told(first, second);
    const parameters = search({ title: 'data engineer', boards });
    const run = await addRunIn('running', sql, await addPerson(sql), parameters);
    const isWaiting = async () =>
      (await sql`select from pg_locks where not granted and pid <> pg_backend_pid()`).length > 0;

    let matched: Promise<unknown> = Promise.resolve();
    await sql.begin(async (merging) => {
      await merging`select record_postings_page('greenhouse/acme', ${merging.json([third] as never)})`;
      matched = sql`select match_run_boards(${run.id}, ${boards})`.execute();
      await waitFor(isWaiting, { what: 'the search to wait for what is being merged' });
    });
    await matched;
    const results = await sql`
      select p.title from search_run_results r join postings p on p.id = r.posting_id where r.run_id = ${run.id}`;
    expect(results).toEqual([{ title: 'Data Engineer' }]);
    expect(await sql`select jobs_found from search_runs where id = ${run.id}`).toEqual([{ jobs_found: 1 }]);
  });

  test('a page whose own postings become one', async () => {
    await told(copy({ identityKeys: ['lever:1'] }), own({ boardPostingId: 'g2', title: 'Told otherwise' }));
    const joined = other({ title: 'Tied', identityKeys: ['lever:1', 'greenhouse:400001'] });
    await recordPage(sql, 'arbeitnow', [joined, other({ boardPostingId: 'a2', title: 'Another' })]);
    expect(await jobs()).toEqual([
      ['Another', 'arbeitnow:a2'],
      ['Told otherwise', 'greenhouse:g2', 'arbeitnow:a1', 'remotive:r1'],
    ]);
  });
});

describe('a posting that is told otherwise than before', () => {
  const elsewhere: Partial<Posting> = {
    title: 'Accountant',
    locations: ['Lyon, France'],
    descriptionText: 'Numbers.',
  };

  test('takes nobody with it, when it was joined with others by its words', async () => {
    await told(copy(), other());
    await told(copy(elsewhere));
    expect(await jobs()).toEqual([
      ['Accountant', 'remotive:r1'],
      ['Data Engineer', 'arbeitnow:a1'],
    ]);
    // The other's own text is written when it is read next, changed or not.
    await sql`update postings set description_text = 'old' where title = 'Data Engineer'`;
    expect(await recordPage(sql, 'arbeitnow', [other()])).toMatchObject({ postings_changed: 1 });
    expect(await sql`select description_text from postings where title = 'Data Engineer'`).toEqual([
      { description_text: 'What the job is about.' },
    ]);
    expect(await recordPage(sql, 'arbeitnow', [other()])).toMatchObject({ postings_changed: 0 });
  });

  test('leaves, when it was a copy', async () => {
    await told(own({ identityKeys: [] }), copy());
    await told(copy(elsewhere));
    expect(await jobs()).toEqual([
      ['Accountant', 'remotive:r1'],
      ['Data Engineer', 'greenhouse:g1'],
    ]);
  });

  test('stays, when its number is the same', async () => {
    await told(own(), copy({ identityKeys: ['greenhouse:400001'] }));
    await told(own(elsewhere));
    expect(await jobs()).toEqual([['Accountant', 'greenhouse:g1', 'remotive:r1']]);
  });

  test('goes over to the job that it tells of now', async () => {
    await told(copy(), other(), copy({ board: 'jobicy', boardPostingId: 'j1', ...elsewhere }));
    await told(other(elsewhere));
    expect(await jobs()).toEqual([
      ['Accountant', 'jobicy:j1', 'arbeitnow:a1'],
      ['Data Engineer', 'remotive:r1'],
    ]);
  });

  test('becomes one with that job, when nobody else had it', async () => {
    await told(copy(elsewhere), other());
    await told(other(elsewhere));
    expect(await jobs()).toEqual([['Accountant', 'remotive:r1', 'arbeitnow:a1']]);
  });

  test('and two that exchange their titles exchange nothing else', async () => {
    const [a, b] = [copy({ boardPostingId: 'r1' }), copy({ boardPostingId: 'r2', ...elsewhere })];
    await recordPage(sql, 'remotive', [a, b]);
    await recordPage(sql, 'remotive', [
      { ...a, ...elsewhere },
      { ...b, title: 'Data Engineer', locations: a.locations, descriptionText: a.descriptionText },
    ]);
    expect(await jobs()).toEqual([
      ['Accountant', 'remotive:r1'],
      ['Data Engineer', 'remotive:r2'],
    ]);
  });
});
