import type { ScheduleSpec, ScheduleSpecDescription } from '@temporalio/client';
import { type Timetable, type Weekday, weekdays } from '../domain/schedule.js';

const dayNames = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;

/** A timetable as a Temporal Schedule has it: one calendar a time, in the timetable's zone. */
export function scheduleSpec({ timeZone, times, days }: Timetable): ScheduleSpec {
  return {
    timezone: timeZone,
    calendars: times.map((time) => ({
      hour: Number(time.slice(0, 2)),
      minute: Number(time.slice(3)),
      dayOfWeek: days.map((day) => dayNames[day - 1] as (typeof dayNames)[number]),
    })),
  };
}

/** The timetable that a Temporal Schedule follows, or null where it has anything that a timetable cannot say. */
export function timetableOf(spec: ScheduleSpecDescription): Timetable | null {
  const { calendars = [], intervals = [], skip = [], startAt, endAt, timezone } = spec;
  const [first] = calendars;
  if (!first || !timezone || intervals.length > 0 || skip.length > 0 || startAt || endAt) return null;
  const days = daysOf(first);
  const times: string[] = [];
  for (const calendar of calendars) {
    const [hour, minute, second] = [calendar.hour, calendar.minute, calendar.second].map(onlyOne);
    const whole = calendar.year.length === 0 && isAll(calendar.dayOfMonth, 1, 31) && isEveryMonth(calendar);
    if (hour === undefined || minute === undefined || second !== 0 || !whole) return null;
    if (daysOf(calendar).join() !== days.join()) return null;
    times.push(`${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
  }
  return { timeZone: timezone, times, days };
}

/** Whether two timetables are due at the same times. */
export function isSameTimetable(a: Timetable | null, b: Timetable): boolean {
  return (
    a !== null &&
    a.timeZone === b.timeZone &&
    [...a.times].sort().join() === [...b.times].sort().join() &&
    [...a.days].sort().join() === [...b.days].sort().join()
  );
}

type Calendar = NonNullable<ScheduleSpecDescription['calendars']>[number];
type Ranges<Unit> = readonly { start: Unit; end: Unit; step: number }[];

const isAll = <Unit>([range, ...more]: Ranges<Unit>, start: Unit, end: Unit) =>
  more.length === 0 && range?.start === start && range.end === end && range.step === 1;
const isEveryMonth = ({ month }: Calendar) => isAll(month, 'JANUARY', 'DECEMBER');

function onlyOne([range, ...more]: Ranges<number>): number | undefined {
  return range && more.length === 0 && range.start === range.end ? range.start : undefined;
}

/** Days of the week of a calendar; the server puts `*` as Sunday to Saturday and everything else day by day. */
function daysOf({ dayOfWeek }: Calendar): Weekday[] {
  if (isAll(dayOfWeek, 'SUNDAY', 'SATURDAY')) return [...weekdays];
  const named = dayOfWeek.flatMap(({ start, end }) =>
    start === end ? [(dayNames.indexOf(start) + 1) as Weekday] : [],
  );
  return named.sort((a, b) => a - b);
}
