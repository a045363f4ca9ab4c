import { zonedFormat } from './zoned-format.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const plural = (n: number, unit: string) => `${n} ${unit}${n === 1 ? '' : 's'}`;

/** Milliseconds as a stop-watch shows them: `0:07`, `12:40`, `1:02:03`. Never negative. */
export function stopwatch(ms: number): string {
  const total = Math.max(0, Math.floor(ms / second));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const tail = String(seconds).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/** Milliseconds in words, for screen readers and sentences: `7 seconds`, `1 minute 5 seconds`, `2 hours`. */
export function duration(ms: number): string {
  const total = Math.max(0, Math.floor(ms / second));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  if (hours > 0) return plural(hours, 'hour') + (minutes > 0 ? ` ${plural(minutes, 'minute')}` : '');
  if (minutes > 0) return plural(minutes, 'minute') + (seconds > 0 ? ` ${plural(seconds, 'second')}` : '');
  return plural(seconds, 'second');
}

/** A moment seen from `now` (both in ms since 1970): `just now`, `5 minutes ago`, `yesterday`, `3 weeks ago`. */
export function ago(at: number, now: number): string {
  const past = now - at;
  if (past < minute) return 'just now';
  if (past < hour) return `${plural(Math.floor(past / minute), 'minute')} ago`;
  if (past < day) return `${plural(Math.floor(past / hour), 'hour')} ago`;
  return daysAgo(Math.floor(past / day));
}

/** The same for a date without a time of day: whole days apart, in UTC as boards give them. */
export const agoByDay = (at: number, now: number) =>
  daysAgo(Math.max(0, Math.floor(now / day) - Math.floor(at / day)));

function daysAgo(days: number): string {
  if (days === 0) return 'today';
  if (days === 1) return 'yesterday';
  if (days < 14) return `${days} days ago`;
  if (days < 60) return `${Math.floor(days / 7)} weeks ago`;
  if (days < 365) return `${Math.floor(days / 30)} months ago`;
  return `over ${plural(Math.floor(days / 365), 'year')} ago`;
}

const formatIn = zonedFormat({
  weekday: 'long',
  day: '2-digit',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'short',
});

/**
 * A moment's numbers in a zone. The words around them are ours: server and browsers carry different versions of
 * the locale's own patterns, and the first rendering must be the same on both.
 */
function partsOf(at: number, timeZone: string) {
  const parts = Object.fromEntries(
    formatIn(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return { ...parts, day: String(Number(parts.day)) } as Record<
    'weekday' | 'day' | 'month' | 'year' | 'hour' | 'minute' | 'timeZoneName',
    string
  >;
}

/** The moment itself with its zone: `24 November 2026, 14:05 UTC`. */
export function absoluteTime(at: number, timeZone: string): string {
  const { day, month, year, hour, minute: minutes, timeZoneName } = partsOf(at, timeZone);
  return `${day} ${month} ${year}, ${hour}:${minutes} ${timeZoneName}`;
}

/** A date without a time of day: `24 November 2026`. */
export function absoluteDay(at: number): string {
  const { day, month, year } = partsOf(at, 'UTC');
  return `${day} ${month} ${year}`;
}

/** `14:05` */
export function clockTime(at: number, timeZone: string): string {
  const { hour, minute: minutes } = partsOf(at, timeZone);
  return `${hour}:${minutes}`;
}

/** The calendar day of a moment in a zone, for telling days apart. */
function dayKey(at: number, timeZone: string): string {
  const { day, month, year } = partsOf(at, timeZone);
  return `${day}-${month}-${year}`;
}

/** A moment to come as people say it, by the clock of a zone: `tomorrow 08:00`, `Monday 08:00`, `30 November 08:00`. */
export function upcoming(at: number, now: number, timeZone: string): string {
  const { weekday, day: date, month } = partsOf(at, timeZone);
  const days = Math.round((calendarDay(at, timeZone) - calendarDay(now, timeZone)) / day);
  const on = days === 0 ? 'today' : days === 1 ? 'tomorrow' : days < 7 ? weekday : `${date} ${month}`;
  return `${on} ${clockTime(at, timeZone)}`;
}

/** The calendar day of a moment in a zone, as that day's start in UTC. */
function calendarDay(at: number, timeZone: string): number {
  const { day: date, month, year } = partsOf(at, timeZone);
  return Date.parse(`${date} ${month} ${year} UTC`);
}

export interface DayGroup<Item> {
  key: string;
  label: string;
  items: Item[];
}

/** Items that come newest first, put together by calendar day: Today, Yesterday, Monday 23 November. */
export function groupByDay<Item>(
  items: readonly Item[],
  momentOf: (item: Item) => number,
  now: number,
  timeZone: string,
): DayGroup<Item>[] {
  const groups: DayGroup<Item>[] = [];
  for (const item of items) {
    const at = momentOf(item);
    const key = dayKey(at, timeZone);
    const last = groups.at(-1);
    if (last?.key === key) last.items.push(item);
    else groups.push({ key, label: dayLabel(at, now, timeZone), items: [item] });
  }
  return groups;
}

function dayLabel(at: number, now: number, timeZone: string): string {
  const key = dayKey(at, timeZone);
  if (key === dayKey(now, timeZone)) return 'Today';
  if (key === dayKey(now - day, timeZone)) return 'Yesterday';
  const { weekday, day: date, month, year } = partsOf(at, timeZone);
  const thisYear = year === partsOf(now, timeZone).year;
  return `${weekday} ${date} ${month}${thisYear ? '' : ` ${year}`}`;
}
