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

/** The moment itself with its zone: `24 Nov 2026, 14:05 UTC`. */
export const absoluteTime = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  }).format(at);

/** A date without a time of day: `24 Nov 2026`. */
export const absoluteDay = (at: number) =>
  new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(at);

export const clockTime = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(at);

/** The calendar day of a moment in a zone, as `2026-11-25`. */
const dayKey = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }).format(
    at,
  );

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
  const sameYear = key.slice(0, 4) === dayKey(now, timeZone).slice(0, 4);
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: sameYear ? undefined : 'numeric',
    timeZone,
  }).format(at);
}
