import type postgres from 'postgres';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { addPerson, addRunIn, asPerson, posting, readRun, recordPage, refusal, search } from './fixtures.js';

let stack: TestStack;
let sql: postgres.Sql;
let me: string;

beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  me = await addPerson(sql);
  await sql`truncate postings, hidden_terms cascade`;
});

interface Term {
  id: string;
  kind: string;
  key: string;
  text: string;
}
const hide = (kind: string, text: string, who = me) =>
  asPerson(sql, who, async (my) => (await my<Term[]>`select * from hide_term(${kind}, ${text})`)[0]);
const showAgain = (text: string, who = me) =>
  asPerson(sql, who, (my) => my`delete from hidden_terms where text = ${text}`);
const terms = () =>
  asPerson(sql, me, (my) => my<Term[]>`select * from hidden_terms order by created_at, key`);
const hideJob = (title: string) =>
  asPerson(sql, me, (my) => my`select mark_job(id, 'hidden') from postings where title = ${title}`);

/** Runs a search to its end and returns it with the titles that it found. */
async function run(title: string, parameters: Parameters<typeof search>[0] = {}, who = me) {
  const { id } = await addRunIn('running', sql, who, search({ title, ...parameters }));
  await sql`select match_run_boards(${id}, ${parameters.boards ?? ['remotive']})`;
  await sql`update search_runs set status = 'success' where id = ${id}`;
  return { ...(await readRun(sql, id)), titles: await titlesOf(id) };
}
const titlesOf = async (id: string) =>
  (
    await sql`select p.title from search_run_results r join postings p on p.id = r.posting_id where r.run_id = ${id}
    order by p.title`
  ).map(({ title }) => title);
const results = (id: string, hidden: boolean | null = null, onlyNew: boolean | null = null, who = me) =>
  asPerson(sql, who, async (my) => {
    const [row] =
      await my`select run_results(${id}, p_hidden => ${hidden}, p_only_new => ${onlyNew}) as page`;
    return row?.page as {
      total: number;
      hidden: number;
      items: { title: string; hidden_by: Term[]; mark: unknown }[];
    };
  });
const shown = async (id: string, hidden: boolean | null = null) => {
  const { items, total } = await results(id, hidden);
  expect(total).toBe(items.length);
  return items.map(({ title }) => title).sort();
};

const bakers = () =>
  recordPage(sql, 'remotive', [
    posting({ title: 'Baker', company: 'Acme, Inc.' }),
    posting({ title: 'Baker of Bread', company: 'ACME' }),
    posting({ title: 'Senior Baker', company: 'Acme Bakeries' }),
    posting({ title: 'Baker (seniority: any)', company: 'Other' }),
  ]);

describe('hiding a company or a word', () => {
  test('the same, spelled otherwise, is the same', async () => {
    const first = await hide('company', '  The Acme   Inc. ');
    expect(first).toMatchObject({ kind: 'company', key: 'acme', text: 'The Acme Inc.' });
    expect(await hide('company', 'ACME')).toEqual(first);
    expect(await hide('word', 'Night  Shift')).toMatchObject({ key: 'night shift', text: 'Night Shift' });
    await hide('word', 'NIGHT SHIFT');
    expect((await terms()).map(({ text }) => text)).toEqual(['The Acme Inc.', 'Night Shift']);
    for (const [kind, text] of [
      ['city', 'London'],
      ['word', ' '],
      ['word', 'x'.repeat(41)],
      ['company', 'x'.repeat(201)],
    ] as const)
      expect((await refusal(hide(kind, text))).code).toBe('23514');
  });

  test('a person hides so many of each, sees their own only, and takes them along', async () => {
    await sql`update service_limits set value = 1 where name in ('hidden_companies_per_user', 'hidden_words_per_user')`;
    await hide('word', 'one');
    await hide('word', 'One');
    await hide('company', 'one');
    for (const kind of ['word', 'company'])
      expect(await refusal(hide(kind, 'two'))).toMatchObject({
        code: 'PT409',
        message: 'too_many_hidden_terms',
        detail: '1',
      });
    const other = await addPerson(sql);
    await hide('word', 'theirs', other);
    await showAgain('theirs');
    expect((await terms()).map(({ text }) => text)).toEqual(['one', 'one']);
    expect(await sql`select from hidden_terms`).toHaveLength(3);
    await sql`delete from auth.users where id = ${other}`;
    expect(await sql`select from hidden_terms`).toHaveLength(2);
    await sql`update service_limits set value = 500 where name = 'hidden_companies_per_user'`;
    await sql`update service_limits set value = 100 where name = 'hidden_words_per_user'`;
  });
});

describe('what is hidden', () => {
  test('is left out of results at once, told apart with why, and back when it is taken back', async () => {
    await bakers();
    const { id, jobs_found } = await run('baker');
    expect(jobs_found).toBe(4);
    await hide('company', 'Acme');
    await hide('word', 'senior');
    await hideJob('Baker');
    expect(await shown(id)).toEqual(['Baker (seniority: any)']);
    expect((await results(id)).hidden).toBe(3);

    const { items } = await results(id, true);
    const reasons = Object.fromEntries(
      items.map(({ title, hidden_by, mark }) => [
        title,
        [...hidden_by.map(({ text }) => text), mark !== null],
      ]),
    );
    expect(reasons).toEqual({
      Baker: ['Acme', true],
      'Baker of Bread': ['Acme', false],
      'Senior Baker': ['senior', false],
    });

    await showAgain('Acme');
    expect(await shown(id)).toEqual(['Baker (seniority: any)', 'Baker of Bread']);
    await showAgain('senior');
    await asPerson(sql, me, (my) => my`select unmark_job(id, 'hidden') from postings where title = 'Baker'`);
    expect(await results(id)).toMatchObject({ total: 4, hidden: 0 });
    // The run's own counts are what it was told when it ran.
    expect(await readRun(sql, id)).toMatchObject({ jobs_found: 4 });
  });

  test('is left out of the next runs: of results, found, new, and each board’s counts', async () => {
    await bakers();
    await hide('company', 'Acme Ltd');
    await hide('word', 'senior');
    const { id, titles, jobs_found, jobs_new } = await run('baker');
    expect([titles, jobs_found, jobs_new]).toEqual([['Baker (seniority: any)'], 1, 1]);
    expect(await sql`select found, new from search_run_boards where run_id = ${id}`).toEqual([
      { found: 1, new: 1 },
    ]);
    // Another person sees everything.
    expect((await run('baker', {}, await addPerson(sql))).jobs_found).toBe(4);

    // It was never shown: it is new when it is.
    await showAgain('Acme Ltd');
    const next = await run('baker');
    expect([next.titles, next.jobs_new]).toEqual([['Baker', 'Baker (seniority: any)', 'Baker of Bread'], 2]);
    await hideJob('Baker');
    expect((await run('baker')).titles).toEqual(['Baker (seniority: any)', 'Baker of Bread']);
    expect((await results(next.id, null, true)).items.map(({ title }) => title)).toEqual(['Baker of Bread']);
  });

  test('a word is a whole word of title or company, like the words that a search leaves out; signs are signs', async () => {
    await recordPage(sql, 'remotive', [
      posting({ title: 'Baker, night shift' }),
      posting({ title: 'Baker, nightshift' }),
      posting({ title: 'Baker in C++' }),
      posting({ title: 'Baker in C' }),
      posting({ title: 'Baker at night', company: 'Night Shift Ltd' }),
    ]);
    const { id } = await run('baker');
    await hide('word', 'night shift');
    await hide('word', 'c++');
    const left = ['Baker in C', 'Baker, nightshift'];
    expect(await shown(id)).toEqual(left);
    expect((await run('baker')).titles).toEqual(left);
    expect((await run('baker', { excludeWords: ['c'] })).titles).toEqual(['Baker, nightshift']);
  });

  test('a job on several boards is hidden on all of them', async () => {
    const job = { title: 'Baker', company: 'Acme' };
    await recordPage(sql, 'remotive', [posting(job)]);
    await recordPage(sql, 'jobicy', [posting({ ...job, board: 'jobicy' })]);
    await hideJob('Baker');
    expect((await run('baker', { boards: ['remotive', 'jobicy'] })).jobs_found).toBe(0);
  });
});

describe('who hides much sees as many as who hides nothing', () => {
  const limits = (ranked: number, hidden: number) => sql`
    update service_limits set value = case name when 'postings_ranked' then ${ranked}::int else ${hidden}::int end
    where name in ('postings_ranked', 'hidden_postings_ranked')`;
  afterEach(() => limits(500, 2_000));

  /** The newest are all of one company, or hidden one by one. */
  async function fill(hidden: number, others: number) {
    const at = (minutesAgo: number) => new Date(Date.now() - minutesAgo * 60_000).toISOString();
    await recordPage(sql, 'remotive', [
      ...Array.from({ length: hidden }, (_, n) =>
        posting({ title: `Baker ${n}`, company: 'Loud', postedAt: at(n), locations: [`Place ${n}`] }),
      ),
      ...Array.from({ length: others }, (_, n) =>
        posting({ title: `Baker ${n}`, company: `Quiet ${n}`, postedAt: at(60 * 24 * 30 + n) }),
      ),
    ]);
  }

  test('a company’s postings that fill what is ranked are passed over', async () => {
    await limits(10, 100);
    await fill(40, 12);
    expect((await run('baker')).jobs_found).toBe(10);
    await hide('company', 'loud');
    const { id, jobs_found } = await run('baker');
    expect(jobs_found).toBeGreaterThanOrEqual(10);
    expect(
      await sql`select from search_run_results r join postings p on p.id = r.posting_id
      where r.run_id = ${id} and p.company = 'Loud'`,
    ).toHaveLength(0);
    // The wider look was this match's alone.
    expect((await sql`select service_limit('postings_ranked') as value`)[0]?.value).toBe(10);
  });

  test('jobs hidden one by one are passed over too, up to a bound', async () => {
    await limits(10, 100);
    await fill(40, 12);
    await asPerson(sql, me, (my) => my`select mark_job(id, 'hidden') from postings where company = 'Loud'`);
    expect((await run('baker')).jobs_found).toBeGreaterThanOrEqual(10);
    await limits(10, 20);
    expect((await run('baker')).jobs_found).toBe(0);
    await limits(10, 45);
    expect((await run('baker')).jobs_found).toBeGreaterThanOrEqual(10);
  });
});
