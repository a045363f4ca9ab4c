import type { FetchJson } from './board.js';
import { first, read } from './testing/read.js';

/** What Himalayas has been seen to get wrong, one test a trap. */

const job = {
  guid: 'https://himalayas.app/companies/acme/jobs/engineer-1',
  title: 'Engineer',
  companyName: 'Acme',
  companySlug: 'acme',
  description: '<p>a</p>',
};
const numbered = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...job, guid: `${job.guid}${from + index}` }));

const addressesOf = async (list: unknown[], envelope: (from: number, length: number) => object) => {
  const asked: URLSearchParams[] = [];
  let from = 0;
  const answer: FetchJson = async ({ url }) => {
    asked.push(new URL(url).searchParams);
    // Fewer than were asked for.
    const jobs = list.slice(from, from + 8);
    from += jobs.length;
    return { jobs, ...envelope(from, list.length) };
  };
  let cursor: string | null = null;
  let cutShort: boolean | undefined;
  do {
    ({ nextCursor: cursor, cutShort } = await read('himalayas', answer, cursor));
  } while (cursor !== null);
  return { asked: asked.map(String), cutShort };
};

test('the board’s cursor is sent back as it came, until there is none', async () => {
  const { asked, cutShort } = await addressesOf(numbered(0, 20), (from, total) => ({
    totalCount: total,
    nextCursor: from < total ? `a+b/${from}` : null,
  }));
  expect(asked).toEqual(['limit=20&offset=0', 'limit=20&cursor=a%2Bb%2F8', 'limit=20&cursor=a%2Bb%2F16']);
  expect(cutShort).toBeUndefined();
});

test('without a cursor the next page starts after what came', async () => {
  const { asked } = await addressesOf(numbered(0, 20), (_from, totalCount) => ({ totalCount }));
  expect(asked).toEqual(['limit=20&offset=0', 'limit=20&offset=8', 'limit=20&offset=16']);
});

test('a total that is not told ends with an empty page', async () => {
  const { asked } = await addressesOf(numbered(0, 8), () => ({}));
  expect(asked).toEqual(['limit=20&offset=0', 'limit=20&offset=8']);
});

test('nobody reads a hundred thousand postings: the newest do', async () => {
  const { asked, cutShort } = await addressesOf(numbered(0, 1_000), (from) => ({ nextCursor: `${from}` }));
  expect(asked).toHaveLength(25);
  expect(cutShort).toBe(true);
});

test.each([
  ['name', 'acme-and-sons', 'Acme And Sons'],
  ['', 'acme', 'Acme'],
  [null, 'élan-vital', 'Élan Vital'],
  ['Acme GmbH', 'acme', 'Acme GmbH'],
])('a company called "%s" is told by its slug %s', async (companyName, companySlug, company) => {
  expect(await first('himalayas', { jobs: [{ ...job, companyName, companySlug }] })).toMatchObject({
    company,
  });
});

test('a company without any name is no posting', async () => {
  const nameless = { ...job, companyName: 'name', companySlug: null };
  expect(await read('himalayas', { jobs: [nameless] })).toMatchObject({ postings: [], skipped: 1 });
});

test.each([
  ['names', ['United States', 'Canada']],
  ['objects', [{ name: 'United States', slug: 'us' }, { name: 'Canada' }]],
])('places come as %s', async (_how, locationRestrictions) => {
  expect(await first('himalayas', { jobs: [{ ...job, locationRestrictions }] })).toMatchObject({
    locations: ['United States', 'Canada'],
    workMode: 'remote',
  });
});

test.each([
  ['seconds', 1],
  ['milliseconds', 1_000],
])('dates come in %s', async (_unit, factor) => {
  const dates = { pubDate: 1_786_813_232 * factor, expiryDate: 1_789_405_232 * factor };
  expect(await first('himalayas', { jobs: [{ ...job, ...dates }] })).toMatchObject({
    postedAt: '2026-08-15T17:00:32.000Z',
    expiresAt: '2026-09-14T17:00:32.000Z',
  });
});

test('pay has a period that is not documented; time zones are numbers', async () => {
  const pay = { minSalary: 60, maxSalary: null, salaryPeriod: 'hourly', currency: 'USD' };
  expect(
    await first('himalayas', {
      jobs: [{ ...job, ...pay, timezoneRestrictions: [5.5], employmentType: 'Intern' }],
    }),
  ).toMatchObject({ salary: { min: 60, currency: 'USD', period: 'hour' }, employmentType: 'internship' });
});
