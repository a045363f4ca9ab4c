import type { Salary } from './posting.js';

/** The day of the rates below. */
export const currencyRatesDate = '2025-06-30';

/**
 * Units of a currency for one euro (ISO 4217), rounded to three figures. Good for telling whether pay in one currency is
 * about as much as pay in another; nothing is paid by them. Rates drift by a few per cent a year (the Argentine peso, the
 * lira and the naira by far more): whoever renews them changes the date with them. Dated, so that people see it.
 */
export const currencyRates: Readonly<Record<string, number>> = {
  AED: 4.3,
  ARS: 1_400,
  AUD: 1.79,
  BDT: 144,
  BGN: 1.96,
  BRL: 6.44,
  CAD: 1.6,
  CHF: 0.935,
  CLP: 1_095,
  CNY: 8.4,
  COP: 4_790,
  CRC: 592,
  CZK: 24.7,
  DKK: 7.46,
  DOP: 69.5,
  EGP: 58.2,
  EUR: 1,
  GBP: 0.856,
  GEL: 3.19,
  GHS: 12.1,
  HKD: 9.2,
  HUF: 400,
  IDR: 19_000,
  ILS: 3.95,
  INR: 101,
  ISK: 142,
  JPY: 169,
  KES: 151,
  KRW: 1_590,
  KZT: 610,
  LKR: 352,
  MAD: 10.6,
  MXN: 22.1,
  MYR: 4.94,
  NGN: 1_800,
  NOK: 11.8,
  NZD: 1.93,
  PEN: 4.15,
  PHP: 66.1,
  PKR: 333,
  PLN: 4.24,
  PYG: 9_350,
  QAR: 4.27,
  RON: 5.08,
  RSD: 117,
  RUB: 92,
  SAR: 4.4,
  SEK: 11.1,
  SGD: 1.49,
  THB: 38.1,
  TRY: 46.6,
  TWD: 34.5,
  TZS: 3_090,
  UAH: 48.9,
  UGX: 4_210,
  USD: 1.17,
  UYU: 47.1,
  VND: 30_600,
  ZAR: 20.8,
};

/** How often a year what is paid by the hour, day, week or month is paid, at full time; the database counts the same. */
const timesAYear: Record<NonNullable<Salary['period']>, number> = {
  hour: 2_080,
  day: 260,
  week: 52,
  month: 12,
  year: 1,
};

export interface ComparedPay {
  min?: number;
  max?: number;
  currency: string;
  /** The day of the rates; absent when none was needed. */
  ratesOf?: string;
}

/**
 * Pay as an amount a year in another currency, to two figures after the first (`≈ £62,000`). `null` when the pay is
 * already a year's in that currency, or its amount, currency, period or rate is not known.
 */
export function payAYear(salary: Salary | null, currency: string): ComparedPay | null {
  if (!salary?.currency || !salary.period || !(salary.min || salary.max)) return null;
  const isOtherCurrency = salary.currency !== currency;
  if (!isOtherCurrency && salary.period === 'year') return null;
  const given = currencyRates[salary.currency];
  const wanted = currencyRates[currency];
  if (isOtherCurrency && (!given || !wanted)) return null;
  const factor = timesAYear[salary.period] * (isOtherCurrency && given && wanted ? wanted / given : 1);
  const roughly = (amount: number) => Number((amount * factor).toPrecision(3));
  return {
    ...(salary.min && { min: roughly(salary.min) }),
    ...(salary.max && { max: roughly(salary.max) }),
    currency,
    ...(isOtherCurrency && { ratesOf: currencyRatesDate }),
  };
}
