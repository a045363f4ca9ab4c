import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';

/** As zones are spelled, which the database holds to as well; runtimes take other spellings too. */
const zoneName = /^(UTC|[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z0-9_+-]*){1,2})$/;

/** An IANA time zone that this runtime knows: `Europe/London`, `UTC`. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .refine((zone) => zoneName.test(zone) && IANAZone.isValidZone(zone), {
    error: 'is not a time zone, such as Europe/London',
  });

/** A time by the clock, `HH:MM`. */
export const timeOfDaySchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time such as 08:00' });

/** Days of the week: 1 is Monday, 7 is Sunday. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
export type Weekday = (typeof weekdays)[number];

/** Times by the clock of a zone, on some days of the week. */
export interface Timetable {
  timeZone: string;
  times: readonly string[];
  days: readonly Weekday[];
}

/** Bounds that the site shows and that the API and the database hold. */
export const scheduleBounds = { timesADay: 12, minutesApart: 30 } as const;

/** What a saved search follows: the service's times, its own, or none. */
export const scheduleKinds = ['service', 'own', 'none'] as const;
export const scheduleKindSchema = z.enum(scheduleKinds);
export type ScheduleKind = z.infer<typeof scheduleKindSchema>;

/** Hours without scheduled searches and mail, by the clock of a zone. They may go over midnight. */
export interface QuietHours {
  timeZone: string;
  from: string;
  to: string;
}

export function isQuiet({ timeZone, ...hours }: QuietHours, moment: Date): boolean {
  return isWithin(hours, DateTime.fromJSDate(moment).setZone(timeZone).toFormat('HH:mm'));
}

/** Whether a time of the day lies in hours that may go over midnight. */
export const isWithin = ({ from, to }: { from: string; to: string }, time: string): boolean =>
  from < to ? time >= from && time < to : time >= from || time < to;

/**
 * The service's own schedules: every saved search that follows the service is searched at these times. Adding or
 * removing one here is all; the workers bring Temporal up to date when they start.
 */
export const serviceSchedules: readonly ({ id: string } & Timetable)[] = [
  {
    id: 'refresh-all',
    timeZone: 'Europe/London',
    times: ['08:00', '10:00', '14:00', '16:00', '16:45', '22:00'],
    days: weekdays,
  },
];

/** What began a tick: its schedule, an operator, or a request from outside. */
export const tickCauses = ['schedule', 'operator', 'request'] as const;
export type TickCause = (typeof tickCauses)[number];

/** The minute that a moment lies in. */
export const toMinute = (moment: Date) => new Date(Math.floor(moment.getTime() / 60_000) * 60_000);

/** A minute in UTC as ticks are named by: `2026-11-25T14:00Z`. */
export const minuteName = (moment: Date) => `${moment.toISOString().slice(0, 16)}Z`;

/** Reads such a name. */
export const minuteSchema = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/, { error: 'must be a minute in UTC such as 2026-11-25T14:00Z' })
  .transform((name) => new Date(name))
  .refine((moment) => !Number.isNaN(moment.getTime()), { error: 'is no date and time' });

/** The id of a tick: its schedule and the minute it was due, in UTC. */
export const tickId = (schedule: string, dueAt: Date) => `${schedule}/${minuteName(dueAt)}`;
