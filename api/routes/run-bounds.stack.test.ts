import { boards } from '../../activities/boards/registry.js';
import { searchBounds } from '../../domain/search.js';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { type ApiClient, expectProblem, expectWrongField, startApi } from '../testing/api-client.js';

let stack: TestStack;
let asAda: ApiClient;

beforeAll(async () => {
  stack = await startTestStack();
  const { api } = await startApi(stack);
  asAda = api.as((await stack.createUser()).accessToken);
});
afterAll(() => stack?.stop());

const good = { title: 'baker' };
const floor = (amount: unknown, currency: unknown = 'GBP') => ({ salaryFloor: { amount, currency } });

test.each<[string, string, Record<string, unknown>]>([
  ['no title', '/title', { title: undefined }],
  ['a title of white space', '/title', { title: ' \t\n ' }],
  ['a title that is no text', '/title', { title: 7 }],
  ['a title too long', '/title', { title: 'x'.repeat(searchBounds.titleCharacters + 1) }],
  ['an empty place', '/place', { place: '' }],
  ['a place too long', '/place', { place: 'x'.repeat(searchBounds.placeCharacters + 1) }],
  ['remoteOnly that is a word', '/remoteOnly', { remoteOnly: 'yes' }],
  ['a salary of nothing', '/salaryFloor/amount', floor(0)],
  ['a salary below nothing', '/salaryFloor/amount', floor(-1)],
  ['a broken salary', '/salaryFloor/amount', floor(10.5)],
  ['a salary beyond its bound', '/salaryFloor/amount', floor(searchBounds.salary + 1)],
  ['a salary in text', '/salaryFloor/amount', floor('40000')],
  ['a currency in small letters', '/salaryFloor/currency', floor(1, 'gbp')],
  ['a salary without a currency', '/salaryFloor/currency', { salaryFloor: { amount: 1 } }],
  ['an age of no days', '/maxAgeDays', { maxAgeDays: 0 }],
  ['an age beyond its bound', '/maxAgeDays', { maxAgeDays: searchBounds.ageDays + 1 }],
  ['no boards at all', '/boards', { boards: [] }],
  ['a board that is not known', '/boards/1', { boards: ['lever', 'monster'] }],
  ['boards that are no list', '/boards', { boards: 'lever' }],
  ['too many words to leave out', '/excludeWords', { excludeWords: Array(21).fill('night') }],
  ['an empty word to leave out', '/excludeWords/0', { excludeWords: [' '] }],
  ['a word to leave out that is too long', '/excludeWords/0', { excludeWords: ['x'.repeat(41)] }],
])('%s is refused by a pointer to it', async (_what, pointer, wrong) => {
  expectWrongField(await asAda.post('/runs', { parameters: { ...good, ...wrong } }), `/parameters${pointer}`);
  expectWrongField(
    await asAda.post('/saved-searches', { name: 'Baking', parameters: { ...good, ...wrong } }),
    `/parameters${pointer}`,
  );
});

test('what stands right on the bounds is accepted', async () => {
  const parameters = {
    title: 'x'.repeat(searchBounds.titleCharacters),
    place: 'y'.repeat(searchBounds.placeCharacters),
    remoteOnly: true,
    salaryKnownOnly: false,
    salaryFloor: { amount: searchBounds.salary, currency: 'GBP' },
    maxAgeDays: searchBounds.ageDays,
    boards: boards.map(({ name }) => name),
    excludeWords: Array.from({ length: searchBounds.excludeWords }, (_, n) =>
      String(n).padEnd(searchBounds.excludeWordCharacters, 'z'),
    ),
  };
  const answer = await asAda.post('/runs', { parameters });
  expect(answer.status).toBe(202);
  expect(answer.body.run.parameters).toEqual(parameters);
});

test('several wrong fields are all named', async () => {
  const answer = await asAda.post('/runs', { parameters: { title: '', maxAgeDays: -3 } });
  expectProblem(answer, 'invalid-request');
  expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
    '/parameters/maxAgeDays',
    '/parameters/title',
  ]);
});

test.each<[string, string, unknown]>([
  ['neither parameters nor a saved search', '', {}],
  ['a list', '', []],
  ['a saved search whose id is none', '/savedSearchId', { savedSearchId: 'mine' }],
  [
    'a device that is not known',
    '/clientContext/device',
    { parameters: good, clientContext: { device: 'fridge' } },
  ],
  [
    'a browser with a long name',
    '/clientContext/browser',
    { parameters: good, clientContext: { device: 'phone', browser: 'x'.repeat(41) } },
  ],
])('%s is refused', async (_what, pointer, body) => {
  expectWrongField(await asAda.post('/runs', body), pointer);
});

test.each<[string, string]>([
  ['/runs?limit=0', 'query/limit'],
  ['/runs?limit=101', 'query/limit'],
  ['/runs?limit=many', 'query/limit'],
  ['/runs?status=done', 'query/status'],
  ['/runs?active=perhaps', 'query/active'],
  ['/runs?savedSearchId=mine', 'query/savedSearchId'],
  ['/runs?cursor=abc', 'query/cursor'],
  [`/runs?cursor=${'x'.repeat(301)}`, 'query/cursor'],
  [`/runs?cursor=${Buffer.from('["2026-01-01T00:00:00Z),or(","x"]').toString('base64url')}`, 'query/cursor'],
  ['/saved-searches?limit=101', 'query/limit'],
  ['/saved-searches?cursor=abc', 'query/cursor'],
  ['/runs/00000000-0000-4000-8000-000000000000/results?board=Monster!', 'query/board'],
  ['/runs/00000000-0000-4000-8000-000000000000/results?workMode=sometimes', 'query/workMode'],
  ['/runs/00000000-0000-4000-8000-000000000000/results?onlyNew=perhaps', 'query/onlyNew'],
  ['/runs/00000000-0000-4000-8000-000000000000/results?limit=1000', 'query/limit'],
  ['/runs/00000000-0000-4000-8000-000000000000/results?cursor=WzEsMl0', 'query/cursor'],
])('%s is refused', async (path, pointer) => {
  expectWrongField(await asAda.get(path), pointer);
});

test('text that Postgres cannot hold is refused, not a failure', async () => {
  const nul = String.fromCharCode(0);
  const answers = await Promise.all([
    asAda.post('/runs', { parameters: good, clientContext: { device: 'phone', browser: `a${nul}b` } }),
    asAda.post('/runs', { parameters: { title: 'half a pair \ud83d' } }),
    asAda.post('/saved-searches', { name: `a${nul}b`, parameters: good }),
  ]);
  for (const answer of answers) expectProblem(answer, 'invalid-request');
});

test('a cursor beyond what a score can be is refused, not a failure', async () => {
  const { body } = await asAda.post('/runs', { parameters: good });
  const cursor = Buffer.from(JSON.stringify([1e300, body.run.id])).toString('base64url');
  expectProblem(await asAda.get(`/runs/${body.run.id}/results?cursor=${cursor}`), 'invalid-request');
});
