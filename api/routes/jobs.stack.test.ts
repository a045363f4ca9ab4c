import { randomUUID } from 'node:crypto';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import type { Job } from '../job-schemas.js';
import { type ApiClient, expectProblem, expectWrongField, startApi } from '../testing/api-client.js';
import { completeRun, createRun, posting, recordPostings } from '../testing/runs.js';

let stack: TestStack;
let api: ApiClient;
let asAda: ApiClient;
let asBob: ApiClient;

beforeAll(async () => {
  stack = await startTestStack();
  ({ api } = await startApi(stack));
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  await stack.sql`truncate postings cascade`;
  const people = await Promise.all([stack.createUser(), stack.createUser()]);
  [asAda, asBob] = people.map(({ accessToken }) => api.as(accessToken)) as [ApiClient, ApiClient];
});

const put = (client: ApiClient, path: string, body?: unknown) => client.request('PUT', path, { body });
const remove = (client: ApiClient, path: string) => client.request('DELETE', path);
async function add(...titles: string[]): Promise<string[]> {
  await recordPostings(
    stack.sql,
    'remotive',
    titles.map((title) => posting({ title, company: `${title} Ltd` })),
  );
  const rows = await stack.sql`select id, title from postings`;
  return titles.map((title) => rows.find((row) => row.title === title)?.id);
}
const jobs = async (client: ApiClient, query = '') => (await client.get(`/jobs${query}`)).body;
const unmarked = {
  savedAt: null,
  hiddenAt: null,
  appliedOn: null,
  note: null,
  updatedAt: expect.any(String),
};

test('save, hide, apply and note, each again and taken back', async () => {
  const [id = ''] = await add('Baker');
  const saved = await put(asAda, `/jobs/${id}/saved`);
  expect([saved.status, saved.body]).toEqual([200, { ...unmarked, savedAt: expect.any(String) }]);
  const { savedAt } = saved.body;
  expect((await put(asAda, `/jobs/${id}/saved`)).body).toMatchObject({ savedAt });
  expect((await put(asAda, `/jobs/${id}/hidden`)).body).toMatchObject({
    savedAt,
    hiddenAt: expect.any(String),
  });
  const today = new Date().toISOString().slice(0, 10);
  expect((await put(asAda, `/jobs/${id}/applied`, {})).body.appliedOn >= today).toBe(true);
  const applied = await put(asAda, `/jobs/${id}/applied`, { on: '2026-02-03', note: 'By mail' });
  expect(applied.body).toMatchObject({ savedAt, appliedOn: '2026-02-03', note: 'By mail' });
  expect((await put(asAda, `/jobs/${id}/note`, { note: 'Called back' })).body).toMatchObject({
    note: 'Called back',
  });

  expect(await jobs(asAda, '?mark=applied')).toEqual({
    items: [
      expect.objectContaining({
        postingId: id,
        title: 'Baker',
        closedAt: null,
        mark: expect.objectContaining({ note: 'Called back' }),
      }),
    ],
    nextCursor: null,
    counts: { saved: 1, applied: 1, hidden: 1 },
  });
  for (const mark of ['saved', 'hidden', 'applied', 'applied']) {
    const gone = await remove(asAda, `/jobs/${id}/${mark}`);
    expect([gone.status, gone.text]).toEqual([204, '']);
  }
  expect(await jobs(asAda)).toEqual({
    items: [],
    nextCursor: null,
    counts: { saved: 0, applied: 0, hidden: 0 },
  });
});

test('what cannot be is refused by the field, or is not there', async () => {
  const [id = '', other] = await add('Baker', 'Welder');
  for (const on of ['1999-12-31', '2999-01-01', '31.1.2026', '2026-02-30'])
    expectWrongField(await put(asAda, `/jobs/${id}/applied`, { on }), '/on');
  expectWrongField(await put(asAda, `/jobs/${id}/applied`, { note: 'x'.repeat(2_001) }), '/note');
  expectWrongField(await put(asAda, `/jobs/${id}/note`, {}), '/note');
  expectProblem(await put(asAda, `/jobs/${id}/note`, { note: 'x' }), 'not-found');
  expectProblem(await put(asAda, `/jobs/${randomUUID()}/saved`), 'not-found');
  expectProblem(await put(asAda, '/jobs/7/saved'), 'not-found');
  expectProblem(await remove(asAda, `/jobs/${id}/liked`), 'not-found');
  expectWrongField(await asAda.get('/jobs?mark=liked'), 'query/mark');
  expectWrongField(await asAda.get('/jobs?cursor=x'), 'query/cursor');
  expectProblem(await put(api, `/jobs/${id}/saved`), 'unauthorized');
  await stack.sql`update service_limits set value = 1 where name = 'marked_jobs_per_user'`;
  await put(asAda, `/jobs/${other}/saved`);
  const full = await put(asAda, `/jobs/${id}/saved`);
  expectProblem(full, 'too-many-jobs');
  expect(full.body.detail).toBe('At most 1 jobs can be marked.');
  await stack.sql`update service_limits set value = 5000 where name = 'marked_jobs_per_user'`;
});

test('the list goes page by page, is each person’s own, and keeps what is closed', async () => {
  const ids = await add('A', 'B', 'C');
  for (const id of ids) await put(asAda, `/jobs/${id}/saved`);
  await put(asBob, `/jobs/${ids[0]}/saved`);
  await remove(asBob, `/jobs/${ids[1]}/saved`);
  await stack.sql`update postings set closed_at = '2026-01-01' where title = 'B'`;
  await stack.sql`select purge_postings(1, 100)`;
  const first = await jobs(asAda, '?limit=2');
  const second = await jobs(asAda, `?limit=2&cursor=${first.nextCursor}`);
  expect(
    [first, second].map(({ items }) => items.map(({ title, closedAt }: Job) => [title, closedAt])),
  ).toEqual([
    [
      ['C', null],
      ['B', '2026-01-01T00:00:00.000Z'],
    ],
    [['A', null]],
  ]);
  expect(second.nextCursor).toBeNull();
  expect((await jobs(asBob)).items.map(({ title }: Job) => title)).toEqual(['A']);
});

test('companies and words are hidden, the same once, listed page by page, and shown again', async () => {
  const acme = await put(asAda, '/hidden-terms', { kind: 'company', text: ' The Acme  Inc. ' });
  expect([acme.status, acme.body]).toEqual([
    200,
    { id: expect.any(String), kind: 'company', text: 'The Acme Inc.', createdAt: expect.any(String) },
  ]);
  expect((await put(asAda, '/hidden-terms', { kind: 'company', text: 'ACME' })).body).toEqual(acme.body);
  for (const text of ['night', 'shift']) await put(asAda, '/hidden-terms', { kind: 'word', text });
  const list = async (client: ApiClient, query = '') => (await client.get(`/hidden-terms${query}`)).body;
  const first = await list(asAda, '?limit=2');
  const second = await list(asAda, `?limit=2&cursor=${first.nextCursor}`);
  expect([first, second].map(({ items }) => items.map((term: { text: string }) => term.text))).toEqual([
    ['shift', 'night'],
    ['The Acme Inc.'],
  ]);
  expect(await list(asBob)).toEqual({ items: [], nextCursor: null });

  await remove(asBob, `/hidden-terms/${acme.body.id}`);
  expect((await list(asAda)).items).toHaveLength(3);
  for (let time = 0; time < 2; time += 1)
    expect((await remove(asAda, `/hidden-terms/${acme.body.id}`)).status).toBe(204);
  expect((await list(asAda)).items).toHaveLength(2);

  for (const body of [
    { kind: 'company', text: ' ' },
    { kind: 'word', text: 'x'.repeat(41) },
  ])
    expectWrongField(await put(asAda, '/hidden-terms', body), '/text');
  expectWrongField(await put(asAda, '/hidden-terms', { kind: 'city', text: 'London' }), '/kind');
  await stack.sql`update service_limits set value = 2 where name = 'hidden_words_per_user'`;
  expectProblem(await put(asAda, '/hidden-terms', { kind: 'word', text: 'third' }), 'too-many-hidden-terms');
  await stack.sql`update service_limits set value = 100 where name = 'hidden_words_per_user'`;
});

test('results say what is marked, leave out what is hidden, and show it with why when asked', async () => {
  const ids = await add('Baker', 'Baker at night', 'Baker by day');
  const run = (await createRun(asAda, 'baker')).id;
  await completeRun(stack.sql, run);
  await put(asAda, `/jobs/${ids[0]}/saved`);
  await put(asAda, `/jobs/${ids[1]}/hidden`);
  const day = (await put(asAda, '/hidden-terms', { kind: 'word', text: 'day' })).body;

  const shown = (await asAda.get(`/runs/${run}/results`)).body;
  expect(shown).toMatchObject({
    total: 1,
    hidden: 2,
    items: [{ title: 'Baker', isNew: true, hiddenBy: [], mark: { savedAt: expect.any(String) } }],
  });
  const hidden = (await asAda.get(`/runs/${run}/results?hidden=true`)).body;
  expect(hidden).toMatchObject({ total: 2, hidden: 2 });
  expect(hidden.items).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        title: 'Baker at night',
        hiddenBy: [],
        mark: expect.objectContaining({ hiddenAt: expect.any(String) }),
      }),
      expect.objectContaining({ title: 'Baker by day', hiddenBy: [day], mark: null }),
    ]),
  );
  await remove(asAda, `/hidden-terms/${day.id}`);
  await remove(asAda, `/jobs/${ids[1]}/hidden`);
  expect((await asAda.get(`/runs/${run}/results`)).body).toMatchObject({ total: 3, hidden: 0 });
});
