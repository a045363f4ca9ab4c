import { readHiringComment } from './hiring-comment.js';

const read = (line: string) => readHiringComment(`${line}<p>More about us.`);

test('the convention', () => {
  expect(
    read(
      'Acme (https:&#x2F;&#x2F;acme.example) | Senior Engineer | Berlin, Germany | ONSITE | Full-time | €70k - €90k',
    ),
  ).toEqual({
    company: 'Acme',
    roles: ['Senior Engineer'],
    locations: ['Berlin, Germany'],
    workMode: 'onsite',
    employmentType: 'full_time',
    salary: { min: 70_000, max: 90_000, currency: 'EUR', period: 'year', raw: '€70k - €90k' },
  });
});

test.each([
  [
    'in another order',
    'Acme | London | Backend Engineer | Hybrid',
    ['Backend Engineer'],
    ['London'],
    'hybrid',
  ],
  [
    'in two parts',
    'Acme | Designer | Data Scientist | Paris',
    ['Designer', 'Data Scientist'],
    ['Paris'],
    'unknown',
  ],
  [
    'as a list',
    'Acme | Platform & DevOps Engineer, Designer (UX), Engineer II | REMOTE',
    ['Platform & DevOps Engineer', 'Designer (UX)', 'Engineer II'],
    [],
    'remote',
  ],
  [
    'with a team behind it',
    'Acme | Engineering Manager, Payments | NYC',
    ['Engineering Manager, Payments'],
    ['NYC'],
    'unknown',
  ],
  ['unlike any title', 'Acme | Wizard of light bulbs | Oslo', ['Wizard of light bulbs'], ['Oslo'], 'unknown'],
  [
    'not at all',
    'Acme | REMOTE (US) | VISA | https://acme.example',
    ['Various roles'],
    ['REMOTE (US)'],
    'remote',
  ],
])('roles named %s', (_how, line, roles, locations, workMode) => {
  expect(read(line)).toMatchObject({ company: 'Acme', roles, locations, workMode });
});

test.each([
  ['NYC or SF or Remote (US)', ['NYC', 'SF', 'Remote (US)'], 'remote'],
  ['Onsite in London', ['London'], 'onsite'],
  ['HYBRID (Utrecht)', ['Utrecht'], 'hybrid'],
  ['Fully remote, anywhere', [], 'remote'],
  ['Remote, PT/ET hours preferred', [], 'remote'],
])('the place "%s"', (place, locations, workMode) => {
  expect(read(`Acme | Engineer | ${place}`)).toMatchObject({ locations, workMode });
});

test('pay and kind of employment stand anywhere', () => {
  expect(
    read('Acme (YC W21) | $150 - 210K USD + equity | Engineer | Contract or Part-time | Leeds'),
  ).toMatchObject({
    company: 'Acme',
    roles: ['Engineer'],
    locations: ['Leeds'],
    employmentType: 'contract',
    salary: { min: 150_000, max: 210_000, currency: 'USD' },
  });
});

test.each([
  '',
  'Is this thread sorted by date?',
  '| |',
  'https://acme.example | Engineer',
  'Acme | https://acme.example',
])('the comment "%s" is no posting', (line) => expect(read(line)).toBeUndefined());

test('a comment offers at most ten jobs', () => {
  const roles = Array.from({ length: 30 }, (_, index) => `Senior${index} Engineer`).join(', ');
  expect(read(`Acme | ${roles} | Rome`)?.roles).toHaveLength(10);
});
