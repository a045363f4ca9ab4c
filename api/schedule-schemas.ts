import { z } from 'zod';
import { crowdedTimes } from '../domain/next-run.js';
import {
  scheduleBounds,
  scheduleKindSchema,
  timeOfDaySchema,
  timeZoneSchema,
  weekdays,
} from '../domain/schedule.js';

const times = z.array(timeOfDaySchema);
const day = z.literal(weekdays);

/** When a saved search runs by itself: at the service's times, at its own, or never. */
export const scheduleSchema = z
  .object({
    kind: scheduleKindSchema,
    /** Its own times by the clock of `timeZone`, kept while it follows others or none. */
    times,
    /** Days of the week, 1 is Monday. */
    days: z.array(day),
    timeZone: z.string().nullable(),
  })
  .meta({ id: 'Schedule' });

/** `own` needs the three others; for the rest they are what it goes back to. */
export const writeScheduleSchema = z
  .object({
    kind: scheduleKindSchema,
    times: times.min(1, { error: 'needs at least one time' }).max(scheduleBounds.timesADay, {
      error: `has at most ${scheduleBounds.timesADay} times a day`,
    }),
    days: z.array(day).min(1, { error: 'needs at least one day' }).max(7),
    timeZone: timeZoneSchema,
  })
  .partial({ times: true, days: true, timeZone: true })
  .superRefine(({ kind, times, days, timeZone }, context) => {
    const wrong = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (kind === 'own') {
      if (!times) wrong(['times'], 'needs at least one time');
      if (!days) wrong(['days'], 'needs at least one day');
      if (!timeZone) wrong(['timeZone'], 'needs a time zone, such as Europe/London');
    }
    for (const crowded of crowdedTimes(times ?? [], scheduleBounds.minutesApart)) {
      wrong(
        ['times', times?.lastIndexOf(crowded) ?? 0],
        `is less than ${scheduleBounds.minutesApart} minutes from another time`,
      );
    }
  })
  .meta({ id: 'WriteSchedule' });
export type WriteSchedule = z.infer<typeof writeScheduleSchema>;

export const digestChoices = ['each_tick', 'daily', 'off'] as const;

const settings = z.object({
  /** What quiet hours and the daily digest go by. */
  timeZone: timeZoneSchema,
  /** From one time to the other no scheduled search starts and no mail goes out; they may go over midnight. */
  quietHours: z.object({ from: timeOfDaySchema, to: timeOfDaySchema }).nullable(),
  /** Mail with what is new: after each of the schedule's times, once a day, or never. */
  digest: z.enum(digestChoices),
  /** When the daily digest goes out. */
  digestAt: timeOfDaySchema,
});

export const writeSettingsSchema = settings
  .refine(({ quietHours }) => quietHours === null || quietHours.from !== quietHours.to, {
    path: ['quietHours', 'to'],
    error: 'is when they begin: give another time, or no quiet hours',
  })
  .meta({ id: 'WriteSettings' });
export type WriteSettings = z.infer<typeof writeSettingsSchema>;

export const settingsSchema = settings
  .extend({
    /** Saved searches that never run at their own times, since all of them lie in the quiet hours. */
    silencedSearches: z.array(z.object({ id: z.uuid(), name: z.string() })),
  })
  .meta({ id: 'Settings' });

export const serviceScheduleListSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        times,
        days: z.array(day),
        timeZone: z.string(),
        nextRunAt: z.iso.datetime({ offset: true }).nullable(),
      }),
    ),
  })
  .meta({ id: 'ServiceScheduleList' });
