import { formatComparedSalary, formatSalary } from './pay-text.js';

test.each([
  [{ min: 65_000, max: 85_000, currency: 'GBP', period: 'year' }, '£65,000 to £85,000 a year'],
  [{ min: 450, currency: 'EUR', period: 'day' }, 'from €450 a day'],
  [{ max: 120_000, currency: 'USD', period: 'year' }, 'up to USD\u00a0120,000 a year'],
  [{ min: 50, max: 50, currency: 'CAD', period: 'hour' }, 'CAD\u00a050 an hour'],
  [{ min: 12.5, currency: 'GBP', period: 'hour' }, 'from £12.50 an hour'],
  [{ min: 40_000, max: 50_000 }, '40,000 to 50,000'],
  [{ raw: ' Competitive ' }, 'Competitive'],
] as const)('%j is %s', (salary, shown) => {
  expect(formatSalary(salary)).toBe(shown);
});

test.each([
  [null],
  [undefined],
  [{}],
  [{ currency: 'GBP' }],
  [{ min: 0, max: 0, currency: 'GBP' }],
  [{ raw: ' ' }],
])('%j is not shown, and never as 0', (salary) => {
  expect(formatSalary(salary)).toBeNull();
});

test('an amount of 0 beside a real one is left out', () => {
  expect(formatSalary({ min: 0, max: 90_000, currency: 'GBP', period: 'year' })).toBe('up to £90,000 a year');
});

test('pay that was compared is about so much a year', () => {
  const compared = { min: 51_200, max: 62_200, currency: 'GBP', ratesOf: '2025-06-30' };
  expect(formatComparedSalary(compared)).toBe('≈ £51,200 to £62,200 a year');
  expect(formatComparedSalary(null)).toBeNull();
});
