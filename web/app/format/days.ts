const parts = (timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });

/** How far a zone's clocks are ahead of UTC at a moment, in ms. */
function zoneOffset(at: number, timeZone: string): number {
  const told = Object.fromEntries(
    parts(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>;
  const { year, month, day, hour, minute, second } = told;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

const aDay = 24 * 60 * 60 * 1000;
const asDay = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a day of the calendar, `2026-11-25`. */
export const isDay = (text: string) =>
  asDay.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;

/** Whether a text names a time zone that is known here. */
export function isTimeZone(text: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en-GB', { timeZone: text }));
  } catch {
    return false;
  }
}

/**
 * When a day (`2026-11-25`) begins in a zone, in ms since 1970. Clocks may go forward or back on that day; where they
 * skip midnight, the day begins with the first moment that it has.
 */
export function startOfDay(day: string, timeZone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // The offset is that of shortly before or of shortly after; the earlier moment that is on this day is its start.
  const offsets = [zoneOffset(midnight - aDay, timeZone), zoneOffset(midnight + aDay, timeZone)];
  const moments = offsets.map((offset) => midnight - offset).sort((a, b) => a - b);
  const isOnDay = (at: number) => at + zoneOffset(at, timeZone) >= midnight;
  return moments.find(isOnDay) ?? midnight;
}

/** When a day ends: the next one's start. */
export const endOfDay = (day: string, timeZone: string) =>
  startOfDay(new Date(Date.parse(`${day}T00:00:00Z`) + aDay).toISOString().slice(0, 10), timeZone);
