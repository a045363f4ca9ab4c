import { period, salary } from './salary.js';
import { salaryIn } from './salary-text.js';

describe('numbers', () => {
  test.each([0, null, undefined, '', '0', -5, Number.NaN, 'much'])('%p is unknown, never 0', (amount) => {
    expect(salary({ min: amount, max: amount, currency: 'USD', period: 'year' })).toBeUndefined();
  });

  test('are kept with their currency and period', () => {
    expect(salary({ min: '97738.0', max: 115_000, currency: 'USD', period: 'year' })).toEqual({
      min: 97_738,
      max: 115_000,
      currency: 'USD',
      period: 'year',
    });
    expect(salary({ min: 0, max: 50, currency: 'EUR', period: 'hour' })).toEqual({
      max: 50,
      currency: 'EUR',
      period: 'hour',
    });
  });

  test('the wrong way round are turned', () => {
    expect(salary({ min: 90_000, max: 60_000 })).toEqual({ min: 60_000, max: 90_000, period: 'year' });
  });

  test('beyond belief are left out', () => {
    expect(
      salary({ min: 9_999_999_999, max: 99_999_999_999, currency: 'USD', period: 'year' }),
    ).toBeUndefined();
    expect(salary({ min: 120, max: 160, currency: 'USD', period: 'year' })).toBeUndefined();
    expect(salary({ min: 90_000, max: 120_000, currency: 'EUR', period: 'hour' })).toBeUndefined();
  });

  test.each([
    [60_000, 'GBP', 'year'],
    [60_000, undefined, 'year'],
    [1_800_000, 'INR', 'year'],
    [12_000, 'PLN', undefined],
    [350_000, 'JPY', undefined],
    [4_500, 'EUR', undefined],
    [50, 'USD', undefined],
    [1_000_000, 'XXX', undefined],
  ])('%d %s without a period is by the %s', (min, currency, period) => {
    expect(salary({ min, currency })).toEqual({
      min,
      ...(currency && { currency }),
      ...(period && { period }),
    });
  });

  test('a period that the board names stands', () => {
    expect(salary({ min: 20_000, currency: 'EUR', period: 'month' })?.period).toBe('month');
  });

  test.each(['hour', 'day', 'week', 'month', 'year'] as const)('by the %s are kept', (per) => {
    const paid = { min: 600, max: 700, currency: 'EUR', period: period(per) };
    expect(salary(paid)).toEqual({ ...paid, period: per });
  });

  test('of a small unit may be large', () => {
    const rupiah = { min: 180_000_000, max: 240_000_000, currency: 'IDR', period: 'year' as const };
    expect(salary(rupiah)).toEqual(rupiah);
  });
});

describe('words', () => {
  test.each([
    ['$31,2k- $52k', { min: 31_200, max: 52_000, currency: 'USD', period: 'year' }],
    ['OTE $25k - $35k', { min: 25_000, max: 35_000, currency: 'USD', period: 'year' }],
    ['€110K - €185K', { min: 110_000, max: 185_000, currency: 'EUR', period: 'year' }],
    ['£45,000 to £55,000 per annum', { min: 45_000, max: 55_000, currency: 'GBP', period: 'year' }],
    ['60.000 – 70.000 €', { min: 60_000, max: 70_000, currency: 'EUR', period: 'year' }],
    ['31 - 52k USD', { min: 31_000, max: 52_000, currency: 'USD', period: 'year' }],
    ['$60 - $80 /hour', { min: 60, max: 80, currency: 'USD', period: 'hour' }],
    ['C$4,500 per month', { min: 4_500, max: 4_500, currency: 'CAD', period: 'month' }],
    ['up to $140k', { max: 140_000, currency: 'USD', period: 'year' }],
    ['from 80k EUR', { min: 80_000, currency: 'EUR', period: 'year' }],
    ['$100k+', { min: 100_000, currency: 'USD', period: 'year' }],
    ['$1.2M', { min: 1_200_000, max: 1_200_000, currency: 'USD', period: 'year' }],
    ['12 000 PLN', { min: 12_000, max: 12_000, currency: 'PLN' }],
    ['2500 PLN', { min: 2_500, max: 2_500, currency: 'PLN' }],
  ])('%s', (text, expected) => expect(salaryIn(text)).toEqual({ ...expected, raw: text }));

  test.each(['Pay per task', 'Competitive', 'Level 3, 4 or 5, $1 to $2', '$9,999,999,999,999'])(
    '%s is kept as words',
    (text) => {
      expect(salaryIn(text)).toEqual({ raw: text });
    },
  );

  test.each(['', '  ', null, undefined])('%p is nothing', (text) => expect(salaryIn(text)).toBeUndefined());

  test('are cut when long', () => {
    expect(salaryIn(`Pay ${'and more '.repeat(50)}`)?.raw).toHaveLength(200);
  });
});
