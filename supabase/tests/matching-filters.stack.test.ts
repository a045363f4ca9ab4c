import type postgres from 'postgres';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { type Asked, matches, recordCatalogue } from './matching-catalogue.js';

let stack: TestStack;
let sql: postgres.Sql;

beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
  await recordCatalogue(sql);
});
afterAll(() => stack?.stop());

const titles = async (asked: Asked) => (await matches(sql, asked)).map(({ title }) => title);
const companies = async (asked: Asked) => (await matches(sql, asked)).map(({ company }) => company).sort();

describe('places', () => {
  const remoteForAll = ['Anywhere', 'Nowhere'];
  test.each([
    ['Austin', ['Austin']],
    ['austin, TEXAS', ['Austin']],
    ['US', ['Austin', 'York']],
    ['Austria', ['Vienna']],
    ['York', ['York']],
    ['Boston', ['York']],
    ['Australia', ['FarAway']],
    ['Atlantis', []],
    ['%', []],
    ['_', []],
    ['.*', []],
    ['\\', []],
    ["')", []],
  ])('%s: there, or remote for everybody', async (place, there) => {
    expect(await companies({ title: 'welder', place })).toEqual([...there, ...remoteForAll].sort());
  });

  test('accents and case do not count, in any script', async () => {
    expect(await companies({ title: 'ruby', place: 'ZURICH' })).toEqual(['Acme']);
    expect(await companies({ title: 'инженер', place: 'київ' })).toEqual(['Acme']);
  });

  test('signs in a place are themselves', async () => {
    expect(await titles({ title: 'baker', place: '100%_here' })).toEqual(['100%_remote \\ Baker']);
    expect(await titles({ title: 'baker', place: '100__here' })).toEqual([]);
  });

  test('remote only', async () => {
    expect(await companies({ title: 'welder', remoteOnly: true })).toEqual([
      'Anywhere',
      'FarAway',
      'Nowhere',
    ]);
    expect(await companies({ title: 'welder', remoteOnly: true, place: 'Sydney' })).toEqual([
      'Anywhere',
      'FarAway',
      'Nowhere',
    ]);
  });
});

test('least pay: what is known in the same currency must reach it, all else stays', async () => {
  const salaryFloor = { amount: 50_000, currency: 'GBP' };
  const kept = ['Hourly', 'LeastOnly', 'NoCurrency', 'NoPeriod', 'OtherCurrency', 'Unknown', 'Within'];
  expect(await companies({ title: 'pilot', salaryFloor })).toEqual(kept);
  const all = [...kept, 'Below', 'HourlyBelow'].sort();
  expect(await companies({ title: 'pilot' })).toEqual(all);
  expect(await companies({ title: 'pilot', salaryFloor: { amount: 1, currency: 'USD' } })).toEqual(all);
});

test('age: postings without a date stay, expired ones never', async () => {
  expect(await companies({ title: 'gardener', maxAgeDays: 7 })).toEqual(['LastWeek', 'NoDate', 'Today']);
  expect(await companies({ title: 'gardener', maxAgeDays: 1 })).toEqual(['NoDate', 'Today']);
  expect(await companies({ title: 'gardener' })).toEqual([
    'LastMonth',
    'LastWeek',
    'NoDate',
    'NotExpired',
    'Today',
  ]);
});

test('boards: what any of the asked ones has', async () => {
  expect(await companies({ title: '"react developer"', boards: ['arbeitnow'] })).toEqual(['Elsewhere']);
  expect(await companies({ title: '"react developer" -senior', boards: ['remotive', 'arbeitnow'] })).toEqual([
    'Elsewhere',
    'Globex',
  ]);
  expect(await companies({ title: 'welder', place: 'Austin', boards: ['arbeitnow'] })).toEqual(['Austin']);
  expect(await companies({ title: 'react', boards: ['lever'] })).toEqual([]);
});

describe('words to leave out are whole words of title or company, and signs are themselves', () => {
  test.each<[string, string, string[], string[]]>([
    ['a word of the title', 'react developer', ['SENIOR'], ['Developer Advocate', 'React Developer']],
    ['a company', 'react developer', ['initech'], ['Developer Advocate', 'React Developer']],
    [
      'no part of a word',
      'react developer',
      ['dev', 'react developers'],
      ['Developer Advocate', 'React Developer', 'Senior React Developer'],
    ],
    ['c++ and nothing else', '"c programmer" or c# or c++', ['c++'], ['C Programmer', 'C# Programmer']],
    [
      'a dot is a dot',
      '"c programmer" or c# or c++',
      ['.', '...', 'c.'],
      ['C Programmer', 'C# Programmer', 'C++ Programmer'],
    ],
    ['(m/w/d)', 'pflegefachkraft', ['(m/w/d)'], []],
    [
      '[, (, { and * are no pattern',
      'pflegefachkraft',
      ['[', '(', '{1}', '*', '+?', '^$', '\\', 'a|b', '(?i)', '***='],
      ['Pflegefachkraft (m/w/d)'],
    ],
    ['quotes and ampersands', 'baker', ['o\'reilly & "sons"'], []],
  ])('%s', async (_what, title, excludeWords, expected) => {
    expect((await titles({ title, excludeWords })).sort()).toEqual(expected);
  });
});

test('the order is the same each time: best first, ties by id', async () => {
  const asked = { title: 'welder or pilot or gardener' };
  const first = await matches(sql, asked);
  expect(first.length).toBeGreaterThan(15);
  const ids = first.map(({ posting_id }) => posting_id);
  // Scores move with the clock, all at the same pace.
  expect((await matches(sql, asked)).map(({ posting_id }) => posting_id)).toEqual(ids);
  const sorted = [...first].sort((a, b) => b.score - a.score || (a.posting_id < b.posting_id ? -1 : 1));
  expect(ids).toEqual(sorted.map(({ posting_id }) => posting_id));
});
