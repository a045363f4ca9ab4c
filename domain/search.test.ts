import { describeSearch, searchBounds, searchParametersSchema } from './search.js';

const boards = ['remotive', 'lever'];
const parse = (input: Record<string, unknown>) =>
  searchParametersSchema.parse({ title: 'engineer', boards, ...input });
const problems = (input: Record<string, unknown>) =>
  searchParametersSchema
    .safeParse({ title: 'engineer', boards, ...input })
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

test('a title and boards are a whole search: nothing is left out', () => {
  expect(parse({})).toEqual({
    title: 'engineer',
    remoteOnly: false,
    salaryKnownOnly: false,
    boards,
    excludeWords: [],
  });
});

describe('words are stored as one line', () => {
  test.each([
    ['white space around and inside', '  react \t developer\n', 'react developer'],
    ['control characters', 'react\u0000\u0007developer', 'react developer'],
    ['no-break and ideographic spaces', 'react\u00a0\u3000developer', 'react developer'],
    ['letters put together from parts', 'de\u0301veloppeur', 'd\u00e9veloppeur'],
  ])('%s', (_what, typed, stored) => {
    expect(parse({ title: typed }).title).toBe(stored);
    expect(parse({ place: typed }).place).toBe(stored);
    expect(parse({ excludeWords: [typed] }).excludeWords).toEqual([stored]);
  });

  test('the length counts after folding', () => {
    const longest = 'x'.repeat(searchBounds.titleCharacters);
    expect(parse({ title: `   ${longest}   ` }).title).toBe(longest);
    expect(problems({ title: `${longest}x` })).toEqual(['title: must be at most 120 characters']);
  });
});

describe('refused', () => {
  test.each<[string, Record<string, unknown>]>([
    ['title', { title: '' }],
    ['title', { title: ' \n\t ' }],
    ['title', { title: 7 }],
    ['place', { place: '' }],
    ['place', { place: 'x'.repeat(101) }],
    ['remoteOnly', { remoteOnly: 'yes' }],
    ['salaryFloor.amount', { salaryFloor: { amount: 0, currency: 'GBP' } }],
    ['salaryFloor.amount', { salaryFloor: { amount: 50_000.5, currency: 'GBP' } }],
    ['salaryFloor.amount', { salaryFloor: { amount: searchBounds.salary + 1, currency: 'GBP' } }],
    ['salaryFloor.currency', { salaryFloor: { amount: 1, currency: 'gbp' } }],
    ['salaryFloor.currency', { salaryFloor: { amount: 1 } }],
    ['maxAgeDays', { maxAgeDays: 0 }],
    ['maxAgeDays', { maxAgeDays: 1.5 }],
    ['maxAgeDays', { maxAgeDays: searchBounds.ageDays + 1 }],
    ['boards', { boards: [] }],
    ['boards.0', { boards: ['Monster!'] }],
    ['excludeWords', { excludeWords: Array(21).fill('x') }],
    ['excludeWords.0', { excludeWords: ['x'.repeat(41)] }],
    ['excludeWords.0', { excludeWords: ['  '] }],
  ])('%s in %j', (where, input) => {
    expect(problems(input)).toEqual([
      expect.stringMatching(new RegExp(`^${where.replaceAll('.', '\\.')}: `)),
    ]);
  });
});

test('what is stored parses to itself', () => {
  const stored = parse({
    title: ' "site reliability"  -manager ',
    place: ' London ',
    salaryFloor: { amount: searchBounds.salary, currency: 'GBP' },
    maxAgeDays: searchBounds.ageDays,
    boards: ['ashby'],
    excludeWords: ['(m/w/d)'],
  });
  expect(searchParametersSchema.parse(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
});

test.each<[Record<string, unknown>, string]>([
  [{}, 'engineer'],
  [{ place: 'London', remoteOnly: true }, 'engineer · London · remote'],
  [
    { salaryFloor: { amount: 65_000, currency: 'GBP' }, maxAgeDays: 7 },
    'engineer · from 65,000 GBP · last 7 days',
  ],
  [{ salaryKnownOnly: true }, 'engineer · with stated pay'],
  [{ maxAgeDays: 1, excludeWords: ['senior'] }, 'engineer · last 1 day'],
])('%j in a few words', (input, summary) => {
  expect(describeSearch(parse(input))).toBe(summary);
});
