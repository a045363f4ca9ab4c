import type { FetchJson } from './board.js';
import { first, read } from './testing/read.js';

const job = {
  jobId: 39_358_618,
  employerName: 'Acme',
  jobTitle: 'Nurse',
  jobUrl: 'https://www.reed.co.uk/jobs/nurse/39358618',
  locationName: 'Leeds',
  minimumSalary: null,
  maximumSalary: null,
  currency: null,
  expirationDate: '25/12/2026',
  date: '13/11/2026',
  jobDescription: ' Nights &amp; weekends for people who... ',
};
const answer = (...results: object[]) => ({ results, ambiguousLocations: [], totalResults: results.length });

beforeAll(() => jest.useFakeTimers({ now: Date.parse('2026-11-25T12:00:00Z') }));
afterAll(() => jest.useRealTimers());

test('days stand before their months, and a posting is open through its last', async () => {
  expect(await first('reed', answer(job))).toMatchObject({
    postedAt: '2026-11-13T00:00:00.000Z',
    postedAtPrecision: 'day',
    expiresAt: '2026-12-25T23:59:59.000Z',
    descriptionText: 'Nights & weekends for people who...',
  });
});

test.each([
  [null, null, undefined],
  [0, 0, undefined],
  [12_000, 18_000, { min: 12_000, max: 18_000, currency: 'GBP', period: 'year' }],
  [30_000, null, { min: 30_000, currency: 'GBP', period: 'year' }],
  // An hour's, or a day's: the board does not say.
  [12, 14, { min: 12, max: 14, currency: 'GBP' }],
])('pay from %p to %p', async (minimumSalary, maximumSalary, salary) => {
  const posting = await first('reed', answer({ ...job, minimumSalary, maximumSalary, currency: 'GBP' }));
  expect(posting?.salary).toEqual(salary);
});

test('the key is the name in Basic authentication; outside the United Kingdom nobody is asked', async () => {
  const asked: Parameters<FetchJson>[0][] = [];
  const fetchJson: FetchJson = async (request) => {
    asked.push(request);
    return answer(job);
  };
  const readIn = (place: string) =>
    read('reed', fetchJson, null, {
      query: { title: 'nurse', place, remoteOnly: true },
      settings: { REED_API_KEY: 'a-key' },
    });
  await readIn('leeds, uk');
  expect(await readIn('berlin, germany')).toEqual({ postings: [], skipped: 0, nextCursor: null });
  expect(asked).toMatchObject([
    {
      url: 'https://www.reed.co.uk/api/1.0/search?keywords=nurse+remote&locationName=leeds&resultsToTake=100&resultsToSkip=0',
      headers: { authorization: `Basic ${Buffer.from('a-key:').toString('base64')}` },
    },
  ]);
});
