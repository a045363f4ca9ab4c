import { type Posting, postingSchema } from './posting.js';

const posting: Posting = {
  board: 'greenhouse',
  boardPostingId: '4011',
  companyToken: 'acme',
  url: 'https://boards.greenhouse.io/acme/jobs/4011',
  title: 'Engineer',
  company: 'Acme',
  locations: ['London, United Kingdom'],
  country: 'GB',
  workMode: 'hybrid',
  placeKeys: ['city:2643743', 'region:GB.ENG', 'country:GB', 'area:europe'],
  remoteKeys: [],
  identityKeys: ['greenhouse:4011'],
  salary: { min: 60_000, max: 75_000, currency: 'GBP', period: 'year' },
  postedAt: '2026-01-02T03:04:05Z',
  postedAtPrecision: 'second',
  descriptionHtml: '<p>Build.</p>',
  descriptionText: 'Build.',
  tags: ['typescript'],
  attribution: { name: 'Greenhouse', url: 'https://www.greenhouse.com', followLink: false },
};

test('a whole posting, and one that says no more than it must', () => {
  expect(postingSchema.parse(posting)).toEqual(posting);
  const { companyToken, country, salary, postedAt, postedAtPrecision, ...least } = posting;
  expect(
    postingSchema.parse({ ...least, locations: [], tags: [], descriptionHtml: '', descriptionText: '' }),
  ).toMatchObject({ title: 'Engineer' });
});

test.each<[string, Record<string, unknown>]>([
  ['url', { url: 'javascript:alert(1)' }],
  ['applyUrl', { applyUrl: 'data:text/html,x' }],
  ['board', { board: 'Monster!' }],
  ['boardPostingId', { boardPostingId: '' }],
  ['companyToken', { companyToken: '../x' }],
  ['title', { title: '' }],
  ['company', { company: '' }],
  ['country', { country: 'gb' }],
  ['workMode', { workMode: 'somewhere' }],
  ['postedAt', { postedAt: 'yesterday' }],
  ['salary.min', { salary: { min: 0 } }],
  ['salary.currency', { salary: { max: 1, currency: '£' } }],
  ['salary.period', { salary: { max: 1, period: 'fortnight' } }],
  ['locations.0', { locations: [''] }],
  ['descriptionHtml', { descriptionHtml: 'x'.repeat(100_001) }],
])('%s is refused in %j', (where, wrong) => {
  const { error } = postingSchema.safeParse({ ...posting, ...wrong });
  expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([where]);
});
