import { currencyRates } from '../../../domain/currency-rates.js';
import type { Posting, Salary } from '../../../domain/posting.js';
import { cleanLine } from './text.js';

type Period = NonNullable<Salary['period']>;

/** Boards' words for a salary's period, letters only. */
const periods: Record<string, Period> = {
  hour: 'hour',
  hourly: 'hour',
  perhourwage: 'hour',
  perhour: 'hour',
  ph: 'hour',
  day: 'day',
  daily: 'day',
  perday: 'day',
  pd: 'day',
  week: 'week',
  weekly: 'week',
  month: 'month',
  monthly: 'month',
  permonthsalary: 'month',
  permonth: 'month',
  pm: 'month',
  year: 'year',
  yearly: 'year',
  annual: 'year',
  annually: 'year',
  peryearsalary: 'year',
  peryear: 'year',
  pa: 'year',
};

/** What can be paid in a period, in euros; the rest is a slip or a joke. Small units count for more, none for less. */
const believable: Record<Period, [from: number, to: number]> = {
  hour: [1, 2_000],
  day: [5, 20_000],
  week: [20, 100_000],
  month: [50, 400_000],
  year: [500, 5_000_000],
};

/** Worth of an amount that nobody is paid by the month, in euros: pay without a period is a year's from here on. */
const yearlyFrom = 15_000;

/** A currency's code, if it is one. */
export const currency = (code: unknown): string | undefined =>
  typeof code === 'string' && /^[a-z]{3}$/i.test(code.trim()) ? code.trim().toUpperCase() : undefined;

export const period = (word: unknown): Period | undefined =>
  typeof word === 'string' ? periods[word.toLowerCase().replace(/[^a-z]/g, '')] : undefined;

/**
 * The period of pay that names none, where it is unmistakable: amounts worth 15,000 euros and more are a year's. Smaller
 * ones are left without: 50 may be an hour's pay, a day's, or thousands a year; 5,000 a month's or a part-time year's.
 */
export const periodOf = (amount: number, code: string | undefined): Period | undefined =>
  amount / (code ? (currencyRates[code] ?? Number.POSITIVE_INFINITY) : 1) >= yearlyFrom ? 'year' : undefined;

/**
 * A salary out of a board's numbers. 0, null, "" and absent all mean unknown; an amount beyond belief is left out; a
 * missing period is told by the amount where it can be. `undefined` when nothing of use is left.
 */
export function salary(given: {
  min?: unknown;
  max?: unknown;
  currency?: string | undefined;
  period?: Period | undefined;
  raw?: string | null | undefined;
}): Posting['salary'] {
  const raw = cleanLine(given.raw ?? '', 200);
  const amounts = [given.min, given.max].map((value) => amount(value, given.currency, given.period));
  const [min, max] = amounts[0] && amounts[1] && amounts[0] > amounts[1] ? amounts.reverse() : amounts;
  const most = max ?? min;
  if (!most) return raw ? { raw } : undefined;
  const per = given.period ?? periodOf(most, given.currency);
  return {
    ...(min && { min }),
    ...(max && { max }),
    ...(given.currency && { currency: given.currency }),
    ...(per && { period: per }),
    ...(raw && { raw }),
  };
}

function amount(value: unknown, code: string | undefined, per: Period | undefined): number | undefined {
  const number = typeof value === 'string' && value.trim() ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || number <= 0) return undefined;
  const [from, to] = per ? believable[per] : [1, believable.year[1]];
  // A currency without a rate may have the smallest unit.
  const factor = code ? Math.max(1, currencyRates[code] ?? 30_000) : 1;
  return number >= from && number <= to * factor ? Math.round(number * 100) / 100 : undefined;
}
