import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { waitFor } from '../../local/testing/wait-for.js';
import { addPerson, addRun, addRunIn, asPerson, posting, readRun, recordPage, search } from './fixtures.js';

let stack: TestStack;
let sql: postgres.Sql;
let userId: string;
/** A word that only this test's postings have. */
let word: string;

beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  userId = await addPerson(sql);
  word = randomUUID().replaceAll('-', '').replace(/\d/g, 'x');
});

const searchFor = (boards: Parameters<typeof search>[0] = {}) => search({ title: word, ...boards });
const match = (run: string, ...boards: string[]) => sql`select match_run_boards(${run}, ${boards})`;

interface Item {
  posting_id: string;
  score: number;
  is_new: boolean;
  title: string;
  company: string;
  sources: { board: string; url: string }[];
}
interface Asked {
  board?: string;
  onlyNew?: boolean;
  workMode?: string;
  withSalary?: boolean;
  after?: Item;
  limit?: number;
}
async function results(
  run: string,
  asked: Asked = {},
  by = userId,
): Promise<{ total: number; items: Item[] }> {
  const { board = null, onlyNew = null, workMode = null, withSalary = null, after, limit = 1000 } = asked;
  return asPerson(sql, by, async (me) => {
    const [row] = await me`select run_results(${run}, ${board}, ${onlyNew}, ${workMode}, ${withSalary},
      ${after?.score ?? null}::real, ${after?.posting_id ?? null}::uuid, ${limit}) as page`;
    return row?.page;
  });
}
const boardsOf = (run: string) => sql`
  select board, found, new from search_run_boards where run_id = ${run} order by board`;

describe('what is new', () => {
  test('is what a person was never shown: by run, by step, and told the same when a step is repeated', async () => {
    const early = [posting({ title: `${word} one` }), posting({ title: `${word} two` })];
    await recordPage(sql, 'remotive', early);
    const first = await addRunIn('running', sql, userId, searchFor());
    await match(first.id, 'remotive');
    expect(await readRun(sql, first.id)).toMatchObject({ jobs_found: 2, jobs_new: 2 });

    // A retried activity: the same answer.
    await match(first.id, 'remotive');
    expect(await readRun(sql, first.id)).toMatchObject({ jobs_found: 2, jobs_new: 2 });
    expect(await boardsOf(first.id)).toEqual([{ board: 'remotive', found: 2, new: 2 }]);
    await sql`update search_runs set status = 'success' where id = ${first.id}`;

    await recordPage(sql, 'remotive', [...early, posting({ title: `${word} three` })]);
    const second = await addRunIn('running', sql, userId, searchFor());
    await match(second.id, 'remotive');
    expect(await readRun(sql, second.id)).toMatchObject({ jobs_found: 3, jobs_new: 1 });
    expect((await results(second.id, { onlyNew: true })).items.map(({ title }) => title)).toEqual([
      `${word} three`,
    ]);
    expect((await results(first.id, { onlyNew: true })).total).toBe(2);
  });

  test("is each person's own", async () => {
    await recordPage(sql, 'remotive', [posting({ title: word })]);
    const other = await addPerson(sql);
    for (const person of [userId, other]) {
      const run = await addRunIn('running', sql, person, searchFor());
      await match(run.id, 'remotive');
      expect(await readRun(sql, run.id)).toMatchObject({ jobs_found: 1, jobs_new: 1 });
    }
  });

  test('is counted with the board that has it; a job on two boards once in the run', async () => {
    const job = { title: word, company: 'Acme' };
    await recordPage(sql, 'remotive', [posting(job), posting({ title: `${word} here only` })]);
    await recordPage(sql, 'arbeitnow', [posting({ ...job, board: 'arbeitnow' })]);
    const run = await addRunIn('running', sql, userId, searchFor({ boards: ['remotive', 'arbeitnow'] }));
    await match(run.id, 'remotive');
    await match(run.id, 'arbeitnow');
    expect(await boardsOf(run.id)).toEqual([
      { board: 'arbeitnow', found: 1, new: 1 },
      { board: 'remotive', found: 2, new: 2 },
    ]);
    expect(await readRun(sql, run.id)).toMatchObject({ jobs_found: 2, jobs_new: 2 });
    const { items } = await results(run.id, { board: 'arbeitnow' });
    expect(items.map(({ sources }) => sources.map(({ board }) => board))).toEqual([
      ['remotive', 'arbeitnow'],
    ]);
  });

  test('two runs of one person that rank alike postings the other way round do not lock each other out', async () => {
    const old = { postedAt: '2020-01-01T00:00:00Z' };
    await recordPage(sql, 'remotive', [
      posting({ title: `${word} alpha`, tags: ['beta'], ...old }),
      posting({ title: `${word} beta`, tags: ['alpha'], ...old }),
      posting({ title: `${word} between`, tags: ['alpha', 'beta'], postedAt: new Date().toISOString() }),
    ]);
    const runs = await Promise.all(
      ['alpha', 'beta'].map((also) => addRunIn('running', sql, userId, search({ title: `${word} ${also}` }))),
    );
    const [between] = await sql`select id from postings where title = ${`${word} between`}`;
    const many = postgres(stack.databaseUrl, { max: 2, onnotice: () => undefined });
    try {
      // Both stop half way at a row that a third transaction holds.
      let matched: Promise<unknown> = Promise.resolve();
      await sql.begin(async (holder) => {
        await holder`insert into seen_postings (user_id, posting_id) values (${userId}, ${between?.id})`;
        matched = Promise.all(runs.map(({ id }) => many`select match_run_boards(${id}, '{remotive}')`));
        matched.catch(() => undefined);
        const waiting = async () =>
          (
            await sql`
          select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
          ).length;
        await waitFor(async () => (await waiting()) === 2, { what: 'both runs to wait' });
      });
      await matched;
    } finally {
      await many.end({ timeout: 5 });
    }
    const found =
      await sql`select posting_id, run_id from search_run_results where user_id = ${userId} and is_new`;
    expect(new Set(found.map(({ posting_id }) => posting_id)).size).toBe(2);
    expect(found).toHaveLength(2);
  });
});

describe('pages of results', () => {
  test.each([1, 3, 7, 100])(
    'of %i cover all once, best first, also where scores are equal',
    async (limit) => {
      await recordPage(
        sql,
        'remotive',
        Array.from({ length: 17 }, () => posting({ title: word })),
      );
      await recordPage(
        sql,
        'remotive',
        Array.from({ length: 4 }, () => posting({ tags: [word] })),
      );
      const run = await addRunIn('running', sql, userId, searchFor());
      await match(run.id, 'remotive');

      const whole = await results(run.id);
      expect(whole.items).toHaveLength(21);
      expect(new Set(whole.items.map(({ score }) => score)).size).toBe(2);

      const read: Item[] = [];
      for (let after: Item | undefined; ; after = read.at(-1)) {
        const { total, items } = await results(run.id, { after, limit });
        expect(total).toBe(21);
        read.push(...items);
        if (items.length < limit) break;
      }
      expect(read).toEqual(whole.items);
      expect(read.map(({ score }) => score)).toEqual(read.map(({ score }) => score).sort((a, b) => b - a));
    },
  );

  test('filters narrow the list and its total alike', async () => {
    const pay = { min: 10, max: 20, currency: 'GBP', period: 'hour' } as const;
    await recordPage(sql, 'remotive', [
      posting({ title: word, company: 'A', workMode: 'remote', salary: pay }),
      posting({ title: word, company: 'B', workMode: 'remote', salary: { raw: 'competitive' } }),
      posting({ title: word, company: 'C', workMode: 'onsite', salary: { max: 20 } }),
    ]);
    await recordPage(sql, 'arbeitnow', [
      posting({ board: 'arbeitnow', title: word, company: 'C', workMode: 'onsite' }),
    ]);
    const run = await addRunIn('running', sql, userId, searchFor({ boards: ['remotive', 'arbeitnow'] }));
    await match(run.id, 'remotive', 'arbeitnow');

    const companies = async (asked: Asked) => {
      const { total, items } = await results(run.id, asked);
      expect(total).toBe(items.length);
      return items.map(({ company }) => company).sort();
    };
    expect(await companies({})).toEqual(['A', 'B', 'C']);
    expect(await companies({ workMode: 'remote' })).toEqual(['A', 'B']);
    expect(await companies({ withSalary: true })).toEqual(['A', 'C']);
    expect(await companies({ workMode: 'remote', withSalary: true })).toEqual(['A']);
    expect(await companies({ board: 'arbeitnow' })).toEqual(['C']);
    expect(await companies({ board: 'lever' })).toEqual([]);
    expect(await companies({ onlyNew: true, board: 'remotive' })).toEqual(['A', 'B', 'C']);
    expect(await companies({ onlyNew: false, withSalary: false })).toEqual(['A', 'B', 'C']);
  });

  test("a run that found nothing, and a run that is another's", async () => {
    const run = await addRun(sql, userId);
    expect(await results(run.id)).toEqual({ total: 0, hidden: 0, items: [] });
    await recordPage(sql, 'remotive', [posting({ title: word })]);
    const found = await addRunIn('running', sql, userId, searchFor());
    await match(found.id, 'remotive');
    expect((await results(found.id)).total).toBe(1);
    expect(await results(found.id, {}, await addPerson(sql))).toEqual({ total: 0, hidden: 0, items: [] });
  });

  test('an item carries what is shown of it: its words, and every board with its link and attribution', async () => {
    const job = posting({
      title: word,
      descriptionText: 'x'.repeat(500),
      applyUrl: 'https://acme.example/apply',
    });
    await recordPage(sql, 'remotive', [job]);
    const run = await addRunIn('running', sql, userId, searchFor());
    await match(run.id, 'remotive');
    const { items } = await results(run.id);
    expect(items).toEqual([
      expect.objectContaining({
        title: word,
        company: 'Acme',
        locations: job.locations,
        work_mode: 'onsite',
        salary_min: null,
        posted_at: null,
        closed_at: null,
        is_new: true,
        mark: null,
        hidden_by: [],
        excerpt: 'x'.repeat(300),
        sources: [
          {
            board: 'remotive',
            url: job.url,
            apply_url: job.applyUrl,
            attribution: job.attribution,
            closed_at: null,
          },
        ],
      }),
    ]);
  });
});
