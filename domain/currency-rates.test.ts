import { currencyRates, payAYear } from './currency-rates.js';

test.each(Object.entries(currencyRates))('%s has a rate of three figures or so', (code, perEuro) => {
  expect(code).toMatch(/^[A-Z]{3}$/);
  expect(new Intl.NumberFormat('en', { style: 'currency', currency: code }).format(1)).toBeTruthy();
  expect(perEuro).toBeGreaterThan(0.5);
  expect(String(perEuro)).toBe(String(Number(perEuro.toPrecision(4))));
});

test('there are enough for the boards', () => {
  expect(Object.keys(currencyRates).length).toBeGreaterThanOrEqual(35);
});

describe('pay a year', () => {
  test.each([
    [{ min: 70_000, max: 85_000, currency: 'USD', period: 'year' }, 'GBP', { min: 51_200, max: 62_200 }],
    [{ max: 50, currency: 'EUR', period: 'hour' }, 'GBP', { max: 89_000 }],
    [{ min: 500, currency: 'EUR', period: 'day' }, 'USD', { min: 152_000 }],
    [{ min: 1_000, currency: 'EUR', period: 'week' }, 'JPY', { min: 8_790_000 }],
  ] as const)('%j in %s', (salary, currency, compared) =>
    expect(payAYear(salary, currency)).toEqual({ ...compared, currency, ratesOf: '2025-06-30' }),
  );

  test('needs no rate in the same currency', () => {
    expect(payAYear({ min: 3_500, currency: 'EUR', period: 'month' }, 'EUR')).toEqual({
      min: 42_000,
      currency: 'EUR',
    });
  });

  test.each([
    ['what is known as it is', { min: 50_000, currency: 'GBP', period: 'year' }],
    ['an unknown amount', { currency: 'USD', period: 'year', raw: 'competitive' }],
    ['an unknown currency', { min: 50_000, period: 'year' }],
    ['an unknown period', { min: 50, currency: 'USD' }],
    ['a currency without a rate', { min: 50_000, currency: 'XAU', period: 'year' }],
    ['nothing', null],
  ] as const)('is not told of %s', (_what, salary) => expect(payAYear(salary, 'GBP')).toBeNull());
});
