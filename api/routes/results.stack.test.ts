import { currencyRatesDate } from '../../domain/currency-rates.js';
import { startTestStack, type TestStack, type TestUser } from '../../local/testing/stack.js';
import type { Result } from '../result-schemas.js';
import { type ApiClient, expectProblem, startApi } from '../testing/api-client.js';
import { beginRun, completeRun, createRun, endRun, posting, recordPostings } from '../testing/runs.js';

let stack: TestStack;
let ada: TestUser;
let asAda: ApiClient;
let run: string;

beforeAll(async () => {
  stack = await startTestStack();
  const { api } = await startApi(stack);
  ada = await stack.createUser();
  asAda = api.as(ada.accessToken);

  await recordPostings(stack.sql, 'remotive', [
    posting({ title: 'Baker', boardPostingId: 'plain', descriptionText: 'bread '.repeat(100) }),
    posting({ title: 'Baker', boardPostingId: 'remote', workMode: 'remote', locations: [] }),
    posting({
      title: 'Head Baker',
      boardPostingId: 'paid',
      salary: { min: 30_000, currency: 'GBP', period: 'year' },
    }),
    posting({ title: 'Baker at night', boardPostingId: 'words', salary: { raw: 'well paid' } }),
    posting({ title: 'Welder', boardPostingId: 'other' }),
    posting({
      title: 'Pastry Baker',
      boardPostingId: 'shared',
      company: 'Crumb Ltd',
      employmentType: 'part_time',
    }),
  ]);
  await recordPostings(stack.sql, 'greenhouse/crumb', [
    posting({
      board: 'greenhouse',
      title: 'Pastry Baker',
      boardPostingId: 'original',
      company: 'Crumb',
      companyToken: 'crumb',
      employmentType: 'part_time',
      applyUrl: 'https://example.com/apply',
      postedAt: '2026-11-20T00:00:00Z',
      postedAtPrecision: 'day',
      attribution: { name: 'Greenhouse', url: 'https://www.greenhouse.com/', followLink: false },
    }),
  ]);
  run = (await createRun(asAda, 'baker')).id;
  await completeRun(stack.sql, run);
});
afterAll(() => stack?.stop());

const results = async (
  query = '',
  of = run,
): Promise<{ total: number; items: Result[]; nextCursor: string | null }> => {
  const answer = await asAda.get(`/runs/${of}/results${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
};
const byUrl = (items: Result[], id: string) =>
  items.find(({ sources }) => sources.some(({ url }) => url.endsWith(`/${id}`)));

test('tell pay in the currency that the search asks for', async () => {
  const pays = async (parameters: Record<string, unknown>) => {
    const { body } = await asAda.post('/runs', {
      parameters: { title: 'head baker', boards: ['remotive'], ...parameters },
    });
    await completeRun(stack.sql, body.run.id);
    return byUrl((await results('', body.run.id)).items, 'paid');
  };
  const inEuros = await pays({ salaryFloor: { amount: 20_000, currency: 'EUR' } });
  expect(inEuros).toMatchObject({
    salary: { min: 30_000, currency: 'GBP', period: 'year' },
    salaryCompared: { min: 35_000, currency: 'EUR', ratesOf: currencyRatesDate },
  });
  expect((await pays({ salaryFloor: { amount: 20_000, currency: 'GBP' } }))?.salaryCompared).toBeNull();
  expect((await pays({}))?.salaryCompared).toBeNull();
});

test('come best first, each once, and never another job', async () => {
  const { total, items, nextCursor } = await results();
  expect(total).toBe(5);
  expect(nextCursor).toBeNull();
  expect(new Set(items.map(({ postingId }) => postingId)).size).toBe(5);
  expect(items.map(({ title }) => title)).not.toContain('Welder');
  const scores = items.map(({ score }) => score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  expect((await asAda.get(`/runs/${run}`)).body).toMatchObject({ status: 'success', found: 5, new: 5 });
});

test('have the shape that is told: pay is absent rather than 0, days are marked, text is short', async () => {
  const { items } = await results();
  expect(byUrl(items, 'plain')).toEqual({
    postingId: expect.any(String),
    title: 'Baker',
    company: 'Company plain',
    locations: ['London'],
    workMode: 'onsite',
    employmentType: null,
    salary: null,
    salaryCompared: null,
    postedAt: null,
    postedAtPrecision: null,
    firstSeenAt: expect.stringMatching(/Z$/),
    closedAt: null,
    excerpt: 'bread '.repeat(100).slice(0, 300),
    isNew: true,
    mark: null,
    hiddenBy: [],
    score: expect.any(Number),
    sources: [
      {
        board: 'remotive',
        label: 'Remotive',
        url: 'https://example.com/jobs/plain',
        applyUrl: null,
        attribution: { name: 'Remotive', url: 'https://remotive.com/', followLink: true },
        closedAt: null,
      },
    ],
  });
  expect(byUrl(items, 'paid')?.salary).toEqual({ min: 30_000, currency: 'GBP', period: 'year' });
  expect(byUrl(items, 'words')?.salary).toEqual({ raw: 'well paid' });
  for (const { salary } of items) expect([salary?.min, salary?.max]).not.toContain(0);
});

test("name every board that has the job, the company's own first, each with its attribution", async () => {
  const shared = byUrl((await results()).items, 'original');
  expect(shared).toMatchObject({
    company: 'Crumb',
    employmentType: 'part_time',
    postedAt: '2026-11-20T00:00:00.000Z',
    postedAtPrecision: 'day',
  });
  expect(shared?.sources).toMatchObject([
    {
      board: 'greenhouse',
      label: 'Greenhouse',
      applyUrl: 'https://example.com/apply',
      attribution: { name: 'Greenhouse', followLink: false },
    },
    { board: 'remotive', attribution: { name: 'Remotive', followLink: true } },
  ]);
});

test('can be narrowed, and the total counts what is left', async () => {
  const shown = async (query: string) => {
    const { total, items } = await results(query);
    expect(total).toBe(items.length);
    return items.map(({ sources }) => sources.at(-1)?.url.split('/').at(-1)).sort();
  };
  expect(await shown('?workMode=remote')).toEqual(['remote']);
  expect(await shown('?workMode=hybrid')).toEqual([]);
  expect(await shown('?withSalary=true')).toEqual(['paid']);
  expect(await shown('?withSalary=false')).toHaveLength(5);
  expect(await shown('?board=greenhouse')).toEqual(['shared']);
  expect(await shown('?board=lever')).toEqual([]);
  expect(await shown('?board=remotive&workMode=onsite&withSalary=true')).toEqual(['paid']);
  expect(await shown('?onlyNew=true')).toHaveLength(5);
});

test('of a second run of the same search are not new again', async () => {
  const second = (await createRun(asAda, 'baker')).id;
  await recordPostings(stack.sql, 'remotive', [posting({ title: 'Baker', boardPostingId: 'just-in' })]);
  await completeRun(stack.sql, second);
  const { total, items } = await results('?onlyNew=true', second);
  expect(total).toBe(1);
  expect(byUrl(items, 'just-in')?.isNew).toBe(true);
  expect((await results('', second)).total).toBe(6);
  // What the first run found, and what was new to it, stays.
  expect((await results('?onlyNew=true')).total).toBe(5);
});

test('come page by page, with equal scores neither twice nor never', async () => {
  const many = (await createRun(asAda, 'of equal score')).id;
  await stack.sql`
    with made as (
      insert into postings (title, company, work_mode, search)
      select 'Tie ' || n, 'Company', 'remote', '' from generate_series(1, 25) n returning id, title
    ), sourced as (
      insert into posting_sources (board, board_posting_id, posting_id, source, url, attribution, is_original, content_hash)
      select 'remotive', title, id, 'remotive', 'https://example.com/' || id,
        '{"name": "Remotive", "url": "https://remotive.com/", "followLink": true}', true, '' from made
    )
    insert into search_run_results (run_id, posting_id, user_id, score, is_new)
    select ${many}, id, ${ada.id}, case when title < 'Tie 2' then 1.1 else 0.123456789 end, title < 'Tie 2' from made`;

  const all = await results('?limit=100', many);
  const read: Result[] = [];
  let cursor: string | null = null;
  do {
    const page = await results(`?limit=4${cursor ? `&cursor=${cursor}` : ''}`, many);
    expect(page.total).toBe(25);
    read.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  expect(read).toEqual(all.items);
  expect(new Set(read.map(({ postingId }) => postingId)).size).toBe(25);

  const first = await results('?limit=4&onlyNew=true', many);
  const second = await results(`?limit=100&onlyNew=true&cursor=${first.nextCursor}`, many);
  expect(first.items.length + second.items.length).toBe(first.total);
});

test('appear while the run goes on, and stay when it is cancelled', async () => {
  const { id } = await createRun(asAda, 'baker', 'greenhouse');
  await beginRun(stack.sql, id);
  expect((await asAda.get(`/runs/${id}`)).body).toMatchObject({ status: 'running', found: 1 });
  expect((await results('', id)).total).toBe(1);
  await endRun(stack.sql, id, 'cancelled');
  expect((await results('', id)).total).toBe(1);
});

test('of a run that found nothing are an empty list', async () => {
  const { id } = await createRun(asAda, 'astronaut');
  expect(await results('', id)).toEqual({ total: 0, hidden: 0, items: [], nextCursor: null });
  await completeRun(stack.sql, id);
  expect(await results('', id)).toEqual({ total: 0, hidden: 0, items: [], nextCursor: null });
});

test('a cursor of another list is refused', async () => {
  await createRun(asAda, 'one more');
  const { nextCursor } = (await asAda.get('/runs?limit=1')).body;
  expectProblem(await asAda.get(`/runs/${run}/results?cursor=${nextCursor}`), 'invalid-request');
});
