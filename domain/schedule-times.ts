import { DateTime } from 'luxon';
import type { Timetable, Weekday } from './schedule.js';

/**
 * The first moments after `after` at which a timetable is due, earliest first, at most `count`. None for a timetable
 * without times or days.
 */
export function nextTimes(timetable: Timetable, after: Date, count: number): Date[] {
  if (timetable.times.length === 0 || timetable.days.length === 0) return [];
  const found: Date[] = [];
  for (const moment of momentsFrom(timetable, after)) {
    if (found.length >= count) break;
    if (moment > after) found.push(moment);
  }
  return found;
}

/** The moments after `from`, up to and with `to`, at which a timetable is due, earliest first. */
export function timesBetween(timetable: Timetable, from: Date, to: Date): Date[] {
  if (timetable.times.length === 0 || timetable.days.length === 0) return [];
  const found: Date[] = [];
  for (const moment of momentsFrom(timetable, from)) {
    if (moment > to) break;
    if (moment > from) found.push(moment);
  }
  return found;
}

/** A timetable's moments without end, in order, from the day of `start` in its zone. */
function* momentsFrom({ timeZone, times, days }: Timetable, start: Date): Generator<Date> {
  // Counted in UTC, where every day is there and has 24 hours.
  let day = DateTime.fromISO(DateTime.fromJSDate(start, { zone: timeZone }).toISODate() ?? '', {
    zone: 'utc',
  });
  for (; ; day = day.plus({ days: 1 })) {
    if (!days.includes(day.weekday as Weekday)) continue;
    const moments = times.flatMap((time) => momentsOf(`${day.toISODate()}T${time}`, timeZone));
    yield* [...new Set(moments)].sort((a, b) => a - b).map((moment) => new Date(moment));
  }
}

/**
 * When a zone's clocks show a local time, as Temporal's schedules see it: never where the clocks jump over its hour, and
 * so much later where they jump over a part of it (Lord Howe Island). Where they are set back and show it twice, both
 * times west of Greenwich, and the second time elsewhere.
 *
 * In that night the server's own reckoning is less regular east of Greenwich: a time in the hour before the repeated one
 * comes up again an hour later, and of several times in these two hours some may be left out.
 */
function momentsOf(localTime: string, timeZone: string): number[] {
  const read = DateTime.fromISO(localTime, { zone: timeZone });
  if (read.toFormat("yyyy-MM-dd'T'HH") !== localTime.slice(0, 13)) return [];
  const all = read.getPossibleOffsets();
  const last = all.at(-1);
  return (last && last.offset >= 0 ? [last] : all).map((moment) => moment.toMillis());
}
