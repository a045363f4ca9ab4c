import { randomUUID } from 'node:crypto';
import { digestReason, digestSchema, digestSubject, factsOf, mailLinks } from './digest.js';
import { digestText } from './digest-text.js';

const posting = {
  title: 'Baker',
  company: 'Crumb & Sons',
  locations: ['London'],
  work_mode: 'hybrid',
  salary_min: 30_000,
  salary_max: null,
  salary_currency: 'GBP',
  salary_period: 'year',
  salary_raw: null,
  sources: [
    {
      url: 'https://board.example/1',
      attribution: { name: 'Board', url: 'https://board.example', followLink: true },
    },
  ],
};
const links = mailLinks('https://jobs.example', 'secret');

function digest(changes: object = {}, searches = [{ name: 'Bakers', total: 1, postings: [posting] }]) {
  return digestSchema.parse({
    mail_id: randomUUID(),
    address: 'ann@example.com',
    unsubscribe_token: 'secret',
    digest: 'each_tick',
    total: 1,
    searches_total: searches.length,
    searches: searches.map((search) => ({ ...search, run_id: randomUUID() })),
    ...changes,
  });
}
const facts = (changes: object) =>
  digest({}, [{ name: 'Bakers', total: 1, postings: [{ ...posting, ...changes }] }]).searches.flatMap(
    ({ postings }) => postings.flatMap(factsOf),
  );

test('the subject counts, and names the search when it is one', () => {
  expect(digestSubject(digest())).toBe('1 new job for Bakers');
  expect(digestSubject(digest({ total: 7, searches_total: 3 }))).toBe('7 new jobs in 3 of your searches');
});

test('a posting’s facts are those that are known', () => {
  expect(facts({})).toEqual(['London', 'Hybrid', 'from £30,000 a year']);
  expect(facts({ locations: [], work_mode: 'unknown', salary_min: null })).toEqual([]);
  expect(facts({ locations: ['Remote'], work_mode: 'remote', salary_min: null })).toEqual(['Remote']);
  expect(facts({ locations: ['A', 'B', 'C', 'D', 'E'] })[0]).toBe('A; B; C and 2 more');
  expect(facts({ salary_min: null, salary_raw: 'Competitive' })).toContain('Competitive');
});

test('the text says what is shown, credits boards, counts the rest, and says why it came and how it ends', () => {
  const some = digest({ total: 12, searches_total: 2 }, [{ name: 'Bakers', total: 9, postings: [posting] }]);
  const text = digestText(some, links);
  expect(text).toContain('Bakers (9 new)\n==============\n');
  expect(text).toContain(
    '* Baker\n  Crumb & Sons · London · Hybrid · from £30,000 a year\n  https://board.example/1\n  From Board (https://board.example)',
  );
  expect(text).toContain(`And 8 more: https://jobs.example/runs/${some.searches[0]?.run_id}?onlyNew=true`);
  expect(text).toContain('1 more search found something new: https://jobs.example/history');
  expect(text).toContain(digestReason({ digest: 'each_tick' }));
  expect(text).toContain('No more mail: https://jobs.example/unsubscribe/secret');
  expect(digestText(digest({ digest: 'daily' }), links)).toContain('once a day');
});

test('a posting whose link leads to no web page is left out, and counted', () => {
  const bad = { ...posting, sources: [{ ...posting.sources[0], url: 'javascript:alert(1)' }] };
  const text = digestText(
    digest({}, [{ name: 'Bakers', total: 2, postings: [bad, posting] } as never]),
    links,
  );
  expect(text).not.toContain('javascript:');
  expect(text).toContain('And 1 more: ');
});
