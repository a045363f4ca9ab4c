import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { type ApiClient, expectProblem, expectWrongField, startApi } from '../testing/api-client.js';
import { type EventStream, openEvents } from '../testing/event-stream.js';
import { posting, recordPostings } from '../testing/runs.js';

let stack: TestStack;
let api: ApiClient;
let asAda: ApiClient;
let asBob: ApiClient;
let open: EventStream[] = [];

beforeAll(async () => {
  stack = await startTestStack();
  ({ api } = await startApi(stack));
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  await stack.sql`truncate company_boards, source_syncs, postings cascade`;
  const people = await Promise.all([stack.createUser(), stack.createUser()]);
  [asAda, asBob] = people.map(({ accessToken }) => api.as(accessToken)) as [ApiClient, ApiClient];
});
afterEach(() => {
  for (const stream of open) stream.close();
  open = [];
});

const follow = (client: ApiClient, address: string) => client.post('/companies/follow', { address });
const finishCheck = (token: string, state = 'open', errorClass: string | null = null) =>
  stack.sql`select finish_company_check('greenhouse', ${token}, ${state}, null, ${errorClass},
    ${errorClass && 'words of the service'})`;
const companies = async (client: ApiClient, query = '') => (await client.get(`/companies${query}`)).body;

test('a company is followed by an address: accepted while it is checked, also with Temporal away', async () => {
  const answer = await follow(asAda, ' https://boards.greenhouse.io/Acme-Labs/jobs/7?x=1 ');
  const checking = {
    board: 'greenhouse',
    label: 'Greenhouse',
    token: 'acme-labs',
    name: 'Acme Labs',
    address: 'https://boards.greenhouse.io/acme-labs',
    state: 'checking',
    error: null,
    openPostings: 0,
    followedAt: expect.any(String),
    checkedAt: null,
    syncedAt: null,
  };
  expect([answer.status, answer.body]).toEqual([202, checking]);
  expect(answer.headers.get('location')).toBe('/companies/greenhouse/acme-labs/postings');
  expect((await follow(asAda, 'boards.greenhouse.io/acme-labs')).status).toBe(202);
  expect(await companies(asAda)).toEqual({ items: [checking], nextCursor: null });
  expect(await companies(asBob)).toEqual({ items: [], nextCursor: null });

  await finishCheck('acme-labs');
  const known = await follow(asBob, 'boards.greenhouse.io/acme-labs');
  expect([known.status, known.body.state]).toEqual([201, 'open']);
});

test('what is no address of a company’s is refused with the reason', async () => {
  for (const address of ['Acme Ltd', 'https://acme.example/careers', 'https://jobs.eu.lever.co/acme', '']) {
    const answer = await follow(asAda, address);
    expectWrongField(answer, '/address');
    expect(answer.body.detail).toBe(answer.body.errors[0].detail);
  }
  expectWrongField(await follow(asAda, 'x'.repeat(2_001)), '/address');
  expectWrongField(await asAda.post('/companies/follow', {}), '/address');
  expect((await companies(asAda)).items).toEqual([]);
});

test('limits are told, with when to come back', async () => {
  const limit = (name: string, value: number) =>
    stack.sql`update service_limits set value = ${value} where name = ${name}`;
  await limit('companies_per_user', 1);
  await follow(asAda, 'boards.greenhouse.io/one');
  const full = await follow(asAda, 'boards.greenhouse.io/two');
  expectProblem(full, 'too-many-companies');
  expect(full.body.detail).toBe('At most 1 companies can be followed.');
  await limit('companies_per_user', 50);
  await limit('company_checks_per_hour', 1);
  const many = await follow(asAda, 'boards.greenhouse.io/two');
  expectProblem(many, 'too-many-checks');
  expect(Number(many.headers.get('retry-after'))).toBeGreaterThan(3_000);
  await limit('company_checks_per_hour', 20);
});

test('the list goes page by page, the last followed first, and a company is let go', async () => {
  for (const token of ['a.b', 'c', 'd']) await follow(asAda, `boards.greenhouse.io/${token}`);
  const first = await companies(asAda, '?limit=2');
  const second = await companies(asAda, `?limit=2&cursor=${first.nextCursor}`);
  expect([first, second].map(({ items }) => items.map((c: { token: string }) => c.token))).toEqual([
    ['d', 'c'],
    ['a.b'],
  ]);
  expect(second.nextCursor).toBeNull();
  expectWrongField(await asAda.get('/companies?cursor=x'), 'query/cursor');

  expectProblem(await asBob.request('DELETE', '/companies/greenhouse/c'), 'not-found');
  const gone = await asAda.request('DELETE', '/companies/greenhouse/c');
  expect([gone.status, gone.text]).toEqual([204, '']);
  expectProblem(await asAda.request('DELETE', '/companies/greenhouse/c'), 'not-found');
  expectProblem(await asAda.request('DELETE', '/companies/greenhouse/%2e%2e%2f'), 'not-found');
  expect((await companies(asAda)).items).toHaveLength(2);
});

test('how a company is doing is told in full: not found, or not to be read at the moment', async () => {
  await follow(asAda, 'boards.greenhouse.io/acme');
  await finishCheck('acme', 'not_found', 'not_found');
  expect((await companies(asAda)).items).toMatchObject([
    { state: 'not_found', error: { class: 'not_found', message: 'words of the service' } },
  ]);
  await follow(asAda, 'boards.greenhouse.io/acme');
  await finishCheck('acme');
  await stack.sql`select fail_source_sync('greenhouse/acme', 'blocked', 'captcha', 60)`;
  expect((await companies(asAda)).items).toMatchObject([
    { state: 'open', error: { class: 'blocked', message: 'captcha' }, syncedAt: null },
  ]);
});

test('its open postings, newest first, page by page, with their links back', async () => {
  await follow(asAda, 'boards.greenhouse.io/acme');
  await finishCheck('acme');
  const days = ['2026-11-02', '2026-11-01', '2026-11-03'];
  await recordPostings(
    stack.sql,
    'greenhouse/acme',
    days.map((day) =>
      posting({ title: day, board: 'greenhouse', companyToken: 'acme', postedAt: `${day}T00:00:00.000Z` }),
    ),
  );
  await stack.sql`select finish_source_sync('greenhouse/acme', 1, 3, 3, 0, false)`;
  expect((await companies(asAda)).items).toMatchObject([{ openPostings: 3, syncedAt: expect.any(String) }]);

  const path = '/companies/greenhouse/acme/postings?limit=2';
  const first = (await asAda.get(path)).body;
  expect(first).toMatchObject({
    company: { board: 'greenhouse', label: 'Greenhouse', token: 'acme', name: 'Acme' },
    total: 3,
    items: [
      { title: '2026-11-03', closedAt: null, sources: [{ board: 'greenhouse' }] },
      { title: '2026-11-02' },
    ],
  });
  expect(Object.keys(first.items[0])).not.toContain('isNew');
  const second = (await asAda.get(`${path}&cursor=${first.nextCursor}`)).body;
  expect(second).toMatchObject({ total: 3, items: [{ title: '2026-11-01' }], nextCursor: null });
  expectProblem(await asAda.get('/companies/greenhouse/unknown/postings'), 'not-found');
});

test('followers hear of the check and of the first sync; who opens the page late, or was away, hears of it then', async () => {
  const live = async (client: ApiClient) => {
    const stream = await openEvents(client, '/events');
    open.push(stream);
    return stream;
  };
  await follow(asAda, 'boards.greenhouse.io/acme');
  await follow(asBob, 'boards.greenhouse.io/other');
  const stream = await live(asAda);
  const checking = await stream.next('the check under way');
  expect(checking).toMatchObject({
    id: '',
    event: 'company',
    data: expect.objectContaining({ state: 'checking' }),
  });
  await finishCheck('acme');
  expect(await stream.next('the outcome')).toMatchObject({
    event: 'company',
    data: { state: 'open', syncedAt: null },
  });
  await recordPostings(stack.sql, 'greenhouse/acme', [posting({ title: 'Baker', board: 'greenhouse' })]);
  await stack.sql`select finish_source_sync('greenhouse/acme', 1, 1, 1, 0, false)`;
  expect(await stream.next('the first sync')).toMatchObject({ data: { token: 'acme', openPostings: 1 } });

  const late = await live(asAda);
  expect(await late.next('what has just changed')).toMatchObject({
    data: { token: 'acme', openPostings: 1 },
  });
  expect(stream.events.map(({ data }) => (data as unknown as { token: string }).token)).not.toContain(
    'other',
  );
});
