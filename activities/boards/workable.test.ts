import { first, read } from './testing/read.js';

/** What Workable's widget has been seen to get wrong, one test a trap. */

const job = { shortcode: '81B46579FE', title: 'Engineer', url: 'https://apply.workable.com/j/81B46579FE' };

test('a job in several places comes several times, and is one with all of them', async () => {
  const jobs = [
    { ...job, city: 'Paris', state: 'Île-de-France', country: 'France' },
    { ...job, shortcode: 'OTHER', city: 'Rome', country: 'Italy' },
    { ...job, locations: [{ city: 'Berlin', region: 'Berlin', country: 'Germany', hidden: false }] },
  ];
  const { postings, skipped } = await read('workable', { name: 'Acme', jobs });
  expect(skipped).toBe(0);
  expect(postings.map(({ boardPostingId, locations }) => [boardPostingId, locations])).toEqual([
    ['81B46579FE', ['Paris, Île-de-France, France', 'Berlin, Germany']],
    ['OTHER', ['Rome, Italy']],
  ]);
});

test('a hidden place is not told, its country is', async () => {
  const locations = [{ city: 'Lyon', region: 'Rhône', country: 'France', hidden: true }];
  expect(await first('workable', { jobs: [{ ...job, locations }] })).toMatchObject({
    locations: ['France'],
    country: 'FR',
    company: 'Acme',
  });
});

test('dates are days', async () => {
  expect(await first('workable', { jobs: [{ ...job, published_on: '2026-05-29' }] })).toMatchObject({
    postedAt: '2026-05-29T00:00:00.000Z',
    postedAtPrecision: 'day',
  });
});

test.each([
  [{ telecommuting: true }, 'remote'],
  [{ telecommuting: false }, 'onsite'],
  [{ telecommuting: true, title: 'Engineer (Hybrid)' }, 'hybrid'],
  [{}, 'unknown'],
])('the work mode of %j', async (fields, workMode) => {
  expect(await first('workable', { jobs: [{ ...job, ...fields }] })).toMatchObject({ workMode });
});

test('many accounts are parked without a job', async () => {
  expect(await read('workable', { name: 'Acme', description: null, jobs: [] })).toEqual({
    postings: [],
    skipped: 0,
    nextCursor: null,
  });
});
