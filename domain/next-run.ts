import { isQuiet, type QuietHours, type ScheduleKind, serviceSchedules, type Timetable } from './schedule.js';
import { nextTimes } from './schedule-times.js';

/** How a saved search is to run by itself. */
export interface RunSchedule {
  kind: ScheduleKind;
  /** Its own times; kept, though not followed, while it follows others or none. */
  own: Timetable | null;
  paused: boolean;
  quietHours: QuietHours | null;
}

/** More than a week of times: every day that a timetable names is among them. */
const coming = (timetable: Timetable, after: Date) => nextTimes(timetable, after, timetable.times.length * 8);

/** When a saved search runs by itself next, and by which zone's clock; null when it does not. */
export function nextRun(
  { kind, own, paused, quietHours }: RunSchedule,
  after: Date,
): { at: Date; timeZone: string } | null {
  if (paused) return null;
  const timetables: readonly Timetable[] =
    kind === 'service' ? serviceSchedules : kind === 'own' && own ? [own] : [];
  const runs = timetables.flatMap((timetable) => {
    const at = coming(timetable, after).find((moment) => !quietHours || !isQuiet(quietHours, moment));
    return at ? [{ at, timeZone: timetable.timeZone }] : [];
  });
  return runs.sort((a, b) => a.at.getTime() - b.at.getTime())[0] ?? null;
}

/** Those of a timetable's times that lie in quiet hours on each of its days, from a moment on. */
export function quietTimes(timetable: Timetable, quietHours: QuietHours, after: Date): string[] {
  return timetable.times.filter((time) =>
    coming({ ...timetable, times: [time] }, after).every((moment) => isQuiet(quietHours, moment)),
  );
}

/** Those of some times that follow another one of the same day, or of the day before, too closely. */
export function crowdedTimes(times: readonly string[], minutesApart: number): string[] {
  const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const aDay = 24 * 60;
  return times.filter((time, index) =>
    times.some((other, before) => {
      const apart = Math.abs(minutesOf(time) - minutesOf(other));
      return before < index && Math.min(apart, aDay - apart) < minutesApart;
    }),
  );
}
