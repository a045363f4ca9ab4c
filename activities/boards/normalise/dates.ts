import type { Posting } from '../../../domain/posting.js';

const day = 86_400_000;
/** Below this a number is epoch seconds, above it milliseconds (the year 2001 in one, 33658 in the other). */
const millisecondsFrom = 1e12;

/**
 * When a posting was published. Boards write epoch seconds, epoch milliseconds, ISO 8601 with an offset, without
 * one (then UTC), with " UTC" behind it, or a day alone. A date before 2005 or more than two days ahead cannot be true and is left out.
 */
export function postedAt(
  value: unknown,
  now: number = Date.now(),
): Pick<Posting, 'postedAt' | 'postedAtPrecision'> {
  const time = instant(value);
  if (time === undefined || time < Date.UTC(2005, 0) || time > now + 2 * day) return {};
  return { postedAt: new Date(time).toISOString(), postedAtPrecision: isDayOnly(value) ? 'day' : 'second' };
}

/** When a posting ends; left out when it lies before 2005 or more than three years ahead. */
export function expiresAt(value: unknown, now: number = Date.now()): Pick<Posting, 'expiresAt'> {
  const time = instant(value);
  if (time === undefined || time < Date.UTC(2005, 0) || time > now + 3 * 365 * day) return {};
  return { expiresAt: new Date(time).toISOString() };
}

/** A day as British boards write it, dd/MM/yyyy, as ISO 8601 has it; anything else as it is. */
export const dayFirst = (text: string | null | undefined) =>
  text?.trim().replace(/^(\d\d)\/(\d\d)\/(\d{4})$/, '$3-$2-$1');

/** The last second of a day, where a posting stays open until then; anything else as it is. */
export const endOfDay = (day: string | undefined) => day?.replace(/^\d{4}-\d\d-\d\d$/, '$&T23:59:59Z');

const isDayOnly = (value: unknown) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value.trim());

function instant(value: unknown): number | undefined {
  if (typeof value === 'number') {
    return Number.isFinite(value) && value > 0 ? value * (value < millisecondsFrom ? 1_000 : 1) : undefined;
  }
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^\d{9,13}$/.test(text)) return instant(Number(text));
  const iso = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z| UTC|[+-]\d\d:?\d\d)?)?$/i.exec(
    text,
  );
  if (!iso) return undefined;
  const [, date, time = '00:00', offset = 'Z'] = iso;
  const zone = / utc/i.test(offset) ? 'Z' : offset.replace(/^(...)(\d\d)$/, '$1:$2');
  const parsed = Date.parse(`${date}T${time}${zone}`);
  return Number.isNaN(parsed) ? undefined : parsed;
}
