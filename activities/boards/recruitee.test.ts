import type { FetchJson } from './board.js';
import { boardByName } from './registry.js';
import { first, read } from './testing/read.js';

/** What Recruitee has been seen to get wrong, one test a trap. */

const offer = { id: 1, title: 'Engineer', careers_url: 'https://jobs.acme.example/o/engineer' };

test('each company has a host of its own, and no other is asked', async () => {
  const asked: Parameters<FetchJson>[0][] = [];
  await boardByName('recruitee').fetchPage({
    fetchJson: async (request) => {
      asked.push(request);
      return { offers: [] };
    },
    cursor: null,
    settings: {},
    company: { token: 'Acme-NL', name: 'Acme' },
    signal: new AbortController().signal,
  });
  expect(asked).toMatchObject([
    { url: 'https://acme-nl.recruitee.com/api/offers/', hosts: ['acme-nl.recruitee.com'] },
  ]);
});

test.each(['a.b', 'a_b', 'a-', 'x'.repeat(64)])('"%s" cannot be a part of a host', async (token) => {
  const company = { token, name: 'Acme' };
  const { signal } = new AbortController();
  const request = { fetchJson: async () => ({ offers: [] }), cursor: null, settings: {}, company, signal };
  await expect(boardByName('recruitee').fetchPage(request)).rejects.toMatchObject({ errorClass: 'config' });
});

test('dates are not ISO, pay is text, the text lies in two fields', async () => {
  const given = {
    ...offer,
    published_at: '2026-09-18 13:27:28 UTC',
    close_at: '2027-01-31 00:00:00 UTC',
    salary: { min: '3750', max: null, period: 'month', currency: 'EUR' },
    description: '<p>About</p>',
    requirements: '<ul><li>Dutch</li></ul>',
    employment_type_code: 'parttime_fixed_term',
  };
  expect(await first('recruitee', { offers: [given] })).toMatchObject({
    postedAt: '2026-09-18T13:27:28.000Z',
    postedAtPrecision: 'second',
    expiresAt: '2027-01-31T00:00:00.000Z',
    salary: { min: 3_750, currency: 'EUR', period: 'month' },
    descriptionText: 'About\n- Dutch',
    employmentType: 'part_time',
  });
});

test.each([
  [{ remote: true, hybrid: true, on_site: true }, 'remote'],
  [{ remote: false, hybrid: true, on_site: true }, 'hybrid'],
  [{ remote: false, hybrid: false, on_site: true }, 'onsite'],
  [{}, 'unknown'],
])('several work modes may be true: %j', async (modes, workMode) => {
  expect(await first('recruitee', { offers: [{ ...offer, ...modes }] })).toMatchObject({ workMode });
});

test('no pay is unknown, and an offer that is not published is not shown', async () => {
  const salary = { min: null, max: null, period: 'month', currency: 'EUR' };
  const { postings, skipped } = await read('recruitee', {
    offers: [
      { ...offer, salary },
      { ...offer, id: 2, status: 'archived' },
    ],
  });
  expect([postings.length, postings[0]?.salary, skipped]).toEqual([1, undefined, 0]);
});

test('the recruiter’s mailbox is not kept', async () => {
  const posting = await first('recruitee', { offers: [{ ...offer, mailbox_email: 'job.1@acme.example' }] });
  expect(JSON.stringify(posting)).not.toContain('@');
});
