import type { FetchJson } from './board.js';
import { first, read } from './testing/read.js';

const descriptor = {
  PositionTitle: 'Nurse',
  PositionURI: 'https://www.usajobs.gov:443/job/1',
  OrganizationName: 'Veterans Health Administration',
};
const item = (more: object = {}) => ({
  MatchedObjectId: '1',
  MatchedObjectDescriptor: { ...descriptor, ...more },
});
const answer = (count: unknown, ...items: object[]) => ({
  SearchResult: { SearchResultCountAll: count, SearchResultItems: items },
});

test.each([
  ['97738.0', '138868.0', 'Per Year', { min: 97_738, max: 138_868, currency: 'USD', period: 'year' }],
  ['50000', '60000', 'PA', { min: 50_000, max: 60_000, currency: 'USD', period: 'year' }],
  ['21.5', '28.75', 'PH', { min: 21.5, max: 28.75, currency: 'USD', period: 'hour' }],
  ['0.0', '0.0', 'WC', undefined],
  ['', null, undefined, undefined],
])('pay from %p to %p %p', async (MinimumRange, MaximumRange, RateIntervalCode, salary) => {
  const PositionRemuneration = [{ MinimumRange, MaximumRange, RateIntervalCode }];
  const posting = await first('usajobs', answer(1, item({ PositionRemuneration })));
  expect(posting?.salary).toEqual(salary);
});

test.each([2, '2'])('counts as numbers and as text: %p', async (count) => {
  const page = await read('usajobs', answer(count, item()));
  expect(page.nextCursor).not.toBeNull();
  const last = await read('usajobs', answer(count, { ...item(), MatchedObjectId: '2' }), page.nextCursor);
  expect(last).toMatchObject({ nextCursor: null, postings: [{ boardPostingId: '2' }] });
  expect(last.cutShort).toBeUndefined();
});

test('summary, duties and qualifications make the description', async () => {
  const posting = await first(
    'usajobs',
    answer(
      1,
      item({
        QualificationSummary: 'A licence.',
        UserArea: { Details: { JobSummary: 'You care.', MajorDuties: ['Rounds', 'Reports'] } },
      }),
    ),
  );
  expect(posting?.descriptionText).toBe('You care.\nRounds\nReports\nA licence.');
});

test('remote jobs are told by a mark or by their place', async () => {
  const Details = { RemoteIndicator: true };
  expect(await first('usajobs', answer(1, item({ UserArea: { Details } })))).toMatchObject({
    workMode: 'remote',
  });
  const PositionLocationDisplay = 'Anywhere in the U.S. (remote job)';
  expect(await first('usajobs', answer(1, item({ PositionLocationDisplay })))).toMatchObject({
    workMode: 'remote',
  });
});

test('the key and the address it was given to are headers; outside the USA nobody is asked', async () => {
  const asked: Parameters<FetchJson>[0][] = [];
  const fetchJson: FetchJson = async (request) => {
    asked.push(request);
    return answer(0);
  };
  const readIn = (place: string) =>
    read('usajobs', fetchJson, null, {
      query: { title: 'nurse', place, remoteOnly: true },
      settings: { USAJOBS_API_KEY: 'a-key', USAJOBS_EMAIL: 'who@example.com' },
    });
  await readIn('denver');
  await readIn('leeds, uk');
  expect(asked).toMatchObject([
    {
      url: 'https://data.usajobs.gov/api/search?Keyword=nurse&LocationName=denver&RemoteIndicator=True&Fields=Full&ResultsPerPage=100&Page=1',
      headers: { 'user-agent': 'who@example.com', 'authorization-key': 'a-key' },
    },
  ]);
});
