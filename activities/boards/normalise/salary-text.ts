import type { Posting, Salary } from '../../../domain/posting.js';
import { salary } from './salary.js';

const symbols: Record<string, string> = {
  US$: 'USD',
  C$: 'CAD',
  CA$: 'CAD',
  A$: 'AUD',
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '₹': 'INR',
  '¥': 'JPY',
  zł: 'PLN',
};
const codes =
  'USD|EUR|GBP|CHF|CAD|AUD|NZD|SGD|HKD|INR|JPY|PLN|CZK|HUF|RON|BRL|MXN|ZAR|SEK|NOK|DKK|ILS|AED|PHP';

const periodWords: [Salary['period'], RegExp][] = [
  ['hour', /\b(per|an|a)? ?hour(ly)?\b|\/ ?h(r|our)?\b|\bp\.?h\.?\b/i],
  ['day', /\b(per|a) day\b|\bdaily\b|\/ ?d(ay)?\b/i],
  ['week', /\b(per|a) week\b|\bweekly\b|\/ ?w(ee)?k\b/i],
  ['month', /\b(per|a) month\b|\bmonthly\b|\/ ?mo(nth)?\b/i],
  ['year', /\b(per|a) (year|annum)\b|\b(yearly|annual(ly)?)\b|\/ ?(yr|year)\b|\bp\.?a\b/i],
];

const number = String.raw`(\d{1,3}(?:[ ,.']\d{3})+|\d+(?:[.,]\d{1,2})?)\s*([km])?(?![\d%])`;

/**
 * Reads pay out of free text: "$31,2k- $52k", "€110K - €185K", "£45,000 a year", "up to $60/hour". What cannot be
 * read ("Pay per task") is kept as `raw` alone. A missing period is told as for numbers.
 */
export function salaryIn(text: string | null | undefined): Posting['salary'] {
  const raw = text?.trim();
  if (!raw) return undefined;
  const found = [...raw.matchAll(new RegExp(number, 'gi'))].map((match) => ({
    value: toNumber(match[1] as string),
    unit: match[2]?.toLowerCase(),
  }));
  const range = found.slice(0, 2);
  if (found.length === 0 || found.length > 2) return salary({ raw });

  // "31 - 52k": the unit stands once, for both.
  const lastUnit = range.at(-1)?.unit;
  const amounts = range.map(({ value, unit = value < 1_000 ? lastUnit : undefined }) =>
    Math.round(value * (unit === 'k' ? 1_000 : unit === 'm' ? 1_000_000 : 1)),
  );
  const [first = 0, second] = amounts;
  const only = second === undefined;
  const open = /\b(from|starting|at least|min(imum)?)\b|\d\s*k?\+/i.test(raw);
  const capped = /\b(up to|max(imum)?)\b/i.test(raw);
  const period = periodWords.find(([, words]) => words.test(raw))?.[0];
  return salary({
    min: only && capped ? undefined : first,
    max: only ? (open ? undefined : first) : second,
    currency: currencyIn(raw),
    period,
    raw,
  });
}

function currencyIn(text: string): string | undefined {
  const code = new RegExp(`\\b(${codes})\\b`, 'i').exec(text)?.[1];
  if (code) return code.toUpperCase();
  const symbol = Object.keys(symbols).find((sign) => text.includes(sign));
  return symbol && symbols[symbol];
}

/** "45,000", "45.000" and "45 000" are thousands; "31,2" and "31.5" are decimals. */
function toNumber(text: string): number {
  const grouped = /^\d{1,3}(?:[ ,.']\d{3})+$/.test(text);
  return Number(grouped ? text.replace(/[ ,.']/g, '') : text.replace(',', '.'));
}
