import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { nextRun, quietTimes } from '../domain/next-run.js';
import { type QuietHours, scheduleKindSchema, type Timetable, weekdays } from '../domain/schedule.js';
import { dataOf } from './plugins/supabase.js';
import { Problem } from './problem.js';
import type { WriteSchedule } from './schedule-schemas.js';

// The database's columns of schedules as they come, and what the API makes of them.

export const scheduleColumns = 'schedule,own_times,own_days,time_zone,paused_at';
export const scheduleRowSchema = z.object({
  schedule: scheduleKindSchema,
  own_times: z.array(z.string()).nullable(),
  own_days: z.array(z.literal(weekdays)).nullable(),
  time_zone: z.string().nullable(),
  paused_at: z.string().nullable(),
});
type ScheduleRow = z.infer<typeof scheduleRowSchema>;

export const ownTimetable = ({ own_times, own_days, time_zone }: ScheduleRow): Timetable | null =>
  own_times && own_days && time_zone ? { times: own_times, days: own_days, timeZone: time_zone } : null;

/** What a saved search says of when it runs, and when that is next. */
export function toSchedule(row: ScheduleRow, quietHours: QuietHours | null, now = new Date()) {
  const own = ownTimetable(row);
  const paused = row.paused_at !== null;
  const next = nextRun({ kind: row.schedule, own, paused, quietHours }, now);
  return {
    schedule: {
      kind: row.schedule,
      times: row.own_times ?? [],
      days: row.own_days ?? [],
      timeZone: row.time_zone,
    },
    paused,
    nextRunAt: next?.at.toISOString() ?? null,
    nextRunZone: next?.timeZone ?? null,
  };
}

/** The columns that a schedule is written to; those of times that are not given stay as they are. */
export const toScheduleColumns = ({ kind, times, days, timeZone }: WriteSchedule) => ({
  schedule: kind,
  ...(times && { own_times: [...times].sort() }),
  ...(days && { own_days: [...new Set(days)].sort() }),
  ...(timeZone && { time_zone: timeZone }),
});

export const hoursInWords = ({ timeZone, from, to }: QuietHours) => `${from} to ${to}, ${timeZone}`;

/**
 * Refuses own times that would never come: in a zone that the database does not know, or in quiet hours.
 * @throws Problem with the field named.
 */
export async function checkSchedule(
  { kind, times, days, timeZone }: WriteSchedule,
  quietHours: QuietHours | null,
  supabase: SupabaseClient,
): Promise<void> {
  if (timeZone !== undefined) await checkTimeZone(timeZone, '/schedule/timeZone', supabase);
  if (kind !== 'own' || !times || !days || !timeZone || !quietHours) return;
  const quiet = quietTimes({ times, days, timeZone }, quietHours, new Date());
  if (quiet.length === 0) return;
  throw new Problem(
    'invalid-request',
    `Times in your quiet hours (${hoursInWords(quietHours)}) would never run.`,
    {
      errors: quiet.map((time) => ({
        pointer: `/schedule/times/${times.indexOf(time)}`,
        detail: `${time} is in your quiet hours (${hoursInWords(quietHours)})`,
      })),
    },
  );
}

/** @throws Problem when the database does not know the zone: its list is another one than this runtime's. */
export async function checkTimeZone(zone: string, pointer: string, supabase: SupabaseClient): Promise<void> {
  if (dataOf(await supabase.rpc('is_time_zone', { zone }))) return;
  const detail = 'is not a time zone, such as Europe/London';
  throw new Problem('invalid-request', `${pointer}: ${detail}`, { errors: [{ pointer, detail }] });
}
