import type { Salary } from './posting.js';

const perPeriod: Record<NonNullable<Salary['period']>, string> = {
  hour: 'an hour',
  day: 'a day',
  week: 'a week',
  month: 'a month',
  year: 'a year',
};

/**
 * Pay as people write it: `£65,000 to £85,000 a year`, `from €450 a day`, else the board's own words.
 * Null when nothing is known: an unknown amount is not shown, and never as 0.
 */
export function formatSalary(salary: Salary | null | undefined): string | null {
  if (!salary) return null;
  const { currency, period } = salary;
  const amount = (value: number) => formatAmount(value, currency);
  const min = salary.min || undefined;
  const max = salary.max || undefined;
  const range =
    min && max && min !== max
      ? `${amount(min)} to ${amount(max)}`
      : min && max
        ? amount(min)
        : min
          ? `from ${amount(min)}`
          : max
            ? `up to ${amount(max)}`
            : null;
  if (!range) return salary.raw?.trim() || null;
  return period ? `${range} ${perPeriod[period]}` : range;
}

/** The same pay a year in the currency that was asked for: `≈ £62,000 a year`. */
export function formatComparedSalary(
  compared: { min?: number; max?: number; currency: string } | null,
): string | null {
  const text = formatSalary(compared && { ...compared, period: 'year' });
  return text && `≈ ${text}`;
}

function formatAmount(value: number, currency: string | undefined): string {
  return amountFormat(currency, Number.isInteger(value) ? 0 : 2).format(value);
}

/** By currency and digits: making a format takes a hundred times as long as using it. */
const formats = new Map<string, Intl.NumberFormat>();

function amountFormat(currency: string | undefined, maximumFractionDigits: number): Intl.NumberFormat {
  const key = `${currency}/${maximumFractionDigits}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat('en-GB', {
      maximumFractionDigits,
      ...(currency && {
        style: 'currency',
        currency,
        // One dollar sign is not told from another's: only the pound, the euro and the yen go by their sign.
        currencyDisplay: ['GBP', 'EUR', 'JPY'].includes(currency) ? 'narrowSymbol' : 'code',
        minimumFractionDigits: maximumFractionDigits,
      }),
    });
    formats.set(key, format);
  }
  return format;
}
