import { parse } from 'csv-parse/sync';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { type ApiClient, expectProblem, startApi } from '../testing/api-client.js';
import { completeRun, createRun, endRun, posting, recordPostings } from '../testing/runs.js';

let stack: TestStack;
let asAda: ApiClient;
let asBob: ApiClient;
let run: string;
const csv = (text: string): Record<string, string>[] => parse(text, { columns: true, bom: true });

beforeAll(async () => {
  stack = await startTestStack();
  // As many rows as one asks of the database at a time would hide a page that is left out.
  const { api } = await startApi(stack, { EXPORT_ROWS: '520', EXPORTS_PER_MINUTE: '1000' });
  const [ada, bob] = await Promise.all([stack.createUser(), stack.createUser()]);
  asAda = api.as(ada.accessToken);
  asBob = api.as(bob.accessToken);
  await recordPostings(stack.sql, 'remotive', [
    posting({
      title: '=HYPERLINK("http://evil.example")',
      company: 'Tiler, "Sons" & Co',
      tags: ['tiler'],
      salary: { min: 30_000, currency: 'GBP', period: 'year' },
    }),
    posting({ title: 'Tiler', workMode: 'remote', locations: ['Leeds', 'York'] }),
  ]);
  run = (await createRun(asAda, 'tiler')).id;
  await completeRun(stack.sql, run);
});
afterAll(() => stack?.stop());

test('results as CSV: a column for each fact, and no formula', async () => {
  const { status, headers, text } = await asAda.get(`/runs/${run}/results/export?format=csv`);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(headers.get('content-disposition')).toBe(`attachment; filename="search-${run}.csv"`);
  const rows = csv(text).sort((a, b) => (a.title ?? '').localeCompare(b.title ?? ''));
  expect(rows).toMatchObject([
    {
      title: '\'=HYPERLINK("http://evil.example")',
      company: 'Tiler, "Sons" & Co',
      pay_min: '30000',
      pay_currency: 'GBP',
      new: 'yes',
      saved: 'no',
    },
    { title: 'Tiler', places: 'Leeds; York', work_mode: 'remote', pay_min: '', boards: 'Remotive' },
  ]);
});

test('results as JSON, with the filters of the list', async () => {
  const whole = await asAda.get(`/runs/${run}/results/export?format=json`);
  const list = await asAda.get(`/runs/${run}/results`);
  expect(whole.body.items).toEqual(list.body.items);
  const remote = await asAda.get(`/runs/${run}/results/export?format=json&workMode=remote`);
  expect(remote.body.items.map(({ title }: { title: string }) => title)).toEqual(['Tiler']);
});

test('the history as a file, with its filters', async () => {
  const cancelled = (await createRun(asAda, 'thatcher')).id;
  await endRun(stack.sql, cancelled, 'cancelled');
  const { headers, text } = await asAda.get('/runs/export?format=csv');
  expect(headers.get('content-disposition')).toBe('attachment; filename="search-history.csv"');
  expect(csv(text)).toMatchObject([
    { search: 'thatcher', status: 'cancelled', run_id: cancelled },
    { search: 'tiler', status: 'success', found: '2', trigger: 'manual', run_id: run },
  ]);
  const { body } = await asAda.get('/runs/export?format=json&status=cancelled');
  expect(body.items.map(({ id }: { id: string }) => id)).toEqual([cancelled]);
});

test('more rows than a page has, and not more than the limit', async () => {
  await recordPostings(
    stack.sql,
    'remotive',
    Array.from({ length: 540 }, (_, n) => posting({ title: `Weaver ${n}` })),
  );
  await stack.sql`update service_limits set value = 1000 where name in ('results_per_board', 'postings_ranked')`;
  const { id } = await createRun(asAda, 'weaver');
  await completeRun(stack.sql, id);
  const { body } = await asAda.get(`/runs/${id}/results/export?format=json`);
  const ids = body.items.map(({ postingId }: { postingId: string }) => postingId);
  expect([ids.length, new Set(ids).size]).toEqual([520, 520]);
});

test('a file that did not change is not sent again', async () => {
  for (const path of [`/runs/${run}/results/export?format=csv`, '/runs/export?format=json']) {
    const first = await asAda.get(path);
    const again = await asAda.get(path, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
    expect([first.status, again.status, again.text]).toEqual([200, 304, '']);
  }
});

test("another's run, nobody, and a form that there is not", async () => {
  const path = `/runs/${run}/results/export`;
  expectProblem(await asBob.get(`${path}?format=csv`), 'not-found');
  expectProblem(await asBob.as(undefined).get(`${path}?format=csv`), 'unauthorized');
  expectProblem(await asAda.get(`${path}?format=pdf`), 'invalid-request');
  expect((await asBob.get('/runs/export?format=json')).body).toEqual({ items: [] });
});
