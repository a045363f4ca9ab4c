import type postgres from 'postgres';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { refusal } from './fixtures.js';
import { matches, recordCatalogue } from './matching-catalogue.js';

let stack: TestStack;
let sql: postgres.Sql;

beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
  await recordCatalogue(sql);
});
afterAll(() => stack?.stop());

const titles = async (title: string) => (await matches(sql, { title })).map((match) => match.title);
const mended = async (words: string) => (await sql`select mend_search_words(${words}) as words`)[0]?.words;

describe('words', () => {
  test('in the title come before words in the description; a mere mention is no match', async () => {
    expect(await titles('react developer')).toEqual([
      'React Developer',
      'Senior React Developer',
      'Developer Advocate',
    ]);
  });

  test.each([
    [
      'a plural is its singular',
      'react developers',
      ['React Developer', 'Senior React Developer', 'Developer Advocate'],
    ],
    ['a tag counts as the title', 'kubernetes', ['Site Reliability Engineer']],
    [
      'without quotes words may be apart',
      'site reliability',
      ['Site Reliability Engineer', 'Reliability Engineer for our Site in Leeds'],
    ],
    ['a phrase in quotes stays together', '"site reliability"', ['Site Reliability Engineer']],
    ['a word with a minus is left out', 'react developer -senior', ['React Developer', 'Developer Advocate']],
    [
      'and a phrase',
      'reliability engineer -"site reliability"',
      ['Reliability Engineer for our Site in Leeds'],
    ],
    ['either of two', 'ruby or kubernetes', ['Développeur Ruby', 'Site Reliability Engineer']],
    ['accents do not count', 'developpeur RUBY', ['Développeur Ruby']],
    ['letter case does not, in any script', 'инженер', ['Инженер-программист']],
    ['a part of a name with a dot', 'node', ['Node.js Engineer']],
    ['the name without its dot', 'node js', ['Node.js Engineer']],
    ['the name with it', 'node.js', ['Node.js Engineer']],
    ['C++ is C++', 'c++ programmer', ['C++ Programmer']],
    ['C# is C#', 'c# programmer', ['C# Programmer']],
    ['C is C', 'c programmer', ['C Programmer']],
  ])('%s: %s', async (_what, title, expected) => {
    expect((await titles(title)).sort()).toEqual([...expected].sort());
  });
});

describe('mistyped words are mended', () => {
  test.each([
    ['raect developr', 'react developer'],
    ['Raect Developr', 'react developer'],
    ['enginere', 'engineer'],
    ['pflegefachkaft', 'pflegefachkraft'],
  ])('%s', async (typed, meant) => {
    expect(await mended(typed)).toBe(meant);
    expect(await titles(typed)).toEqual(await titles(meant));
  });

  test('what the stem forgives finds the same anyway', async () => {
    expect(await titles('enginer')).toEqual(await titles('engineer'));
  });

  test.each([
    'react',
    'with',
    'zzzzqqqq',
    // In a tag, but in no title: what is not known stays as it was typed.
    'kubernetse',
    '"raect developer"',
    '-raect',
    'pilto-x',
    'pilot or welder',
  ])('left as it is: %s', async (typed) => {
    expect(await mended(typed)).toBe(typed);
  });
});

describe('what is no word finds nothing and breaks nothing', () => {
  test.each([
    'the',
    'and or not',
    '???',
    '-react',
    '"',
    '""',
    "'",
    '\\',
    '%',
    '_',
    '& | ! ( ) : * <->',
    "'; drop table postings; --",
    '🦊',
    '-'.repeat(120),
    '- '.repeat(60),
    ' -react'.repeat(17),
    '"'.repeat(119),
    "''':A*''",
  ])('%s', async (title) => {
    expect(await titles(title)).toEqual([]);
  });

  test('signs around words are no obstacle', async () => {
    expect(await titles("%react_ \\developer' :* & |!")).toEqual(await titles('react developer'));
  });

  test('a NUL is refused before it gets anywhere', async () => {
    const asked = sql`select * from matching_postings('{"title": "a\\u0000b"}', '{remotive}', null, null, 1)`;
    expect((await refusal(asked)).code).toBe('22P05');
  });
});
