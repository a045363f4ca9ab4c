import { z } from 'zod';
import { serviceSchedules, tickCauses } from '../domain/schedule.js';
import { nextTimes, timesBetween } from '../domain/schedule-times.js';
import type { scheduleFiguresSchema } from './admin-schemas.js';
import { timestamp } from './rows.js';

const scheduleFiguresRow = z.object({
  since: timestamp,
  until: timestamp,
  ticks: z.array(
    z.object({
      id: z.string(),
      schedule: z.string(),
      due_at: timestamp,
      cause: z.enum(tickCauses),
      begun_at: timestamp,
      completed_at: timestamp.nullable(),
      runs_created: z.number(),
      left_out: z.number(),
    }),
  ),
  first_ticks: z.record(z.string(), timestamp.nullable()),
  own: z.object({ begun: z.number(), completed: z.number() }),
  alerts: z.array(
    z.object({
      id: z.uuid(),
      kind: z.string(),
      message: z.string(),
      raised_at: timestamp,
      resolved_at: timestamp.nullable(),
    }),
  ),
});

/** A tick that has not begun so long after it was due is missed, in milliseconds. */
const graceMs = 10 * 60_000;

/** What should have been run of the service's schedules, by their timetables, beside what was. */
export function toScheduleFigures(data: unknown, now: Date): z.infer<typeof scheduleFiguresSchema> {
  const row = scheduleFiguresRow.parse(data);
  return {
    from: row.since,
    until: row.until,
    schedules: serviceSchedules.map((schedule) => {
      const begun = row.ticks
        .filter((tick) => tick.schedule === schedule.id)
        .map((tick) => ({
          id: tick.id,
          dueAt: tick.due_at,
          state: tick.completed_at === null ? ('unfinished' as const) : ('completed' as const),
          cause: tick.cause,
          runs: tick.runs_created,
          leftOut: tick.left_out,
          tookSeconds:
            tick.completed_at === null
              ? null
              : Math.round((Date.parse(tick.completed_at) - Date.parse(tick.begun_at)) / 1_000),
        }));
      const first = row.first_ticks[schedule.id] ?? row.until;
      const from = new Date(Math.max(Date.parse(row.since), Date.parse(first)) - 1);
      const until = new Date(now.getTime() - graceMs);
      const times = timesBetween(schedule, from, until).map((time) => time.toISOString());
      const missed = times
        .filter((time) => !begun.some(({ dueAt }) => dueAt === time))
        .map((dueAt) => ({
          id: null,
          dueAt,
          state: 'missed' as const,
          cause: null,
          runs: 0,
          leftOut: 0,
          tookSeconds: null,
        }));
      const ticks = [...begun, ...missed].sort((a, b) => b.dueAt.localeCompare(a.dueAt));
      const inState = (state: string) => ticks.filter((tick) => tick.state === state).length;
      return {
        id: schedule.id,
        due: times.length,
        completed: inState('completed'),
        unfinished: inState('unfinished'),
        missed: missed.length,
        runs: ticks.reduce((sum, { runs }) => sum + runs, 0),
        leftOut: ticks.reduce((sum, { leftOut }) => sum + leftOut, 0),
        nextAt: nextTimes(schedule, now, 1)[0]?.toISOString() ?? null,
        ticks,
      };
    }),
    own: row.own,
    alerts: row.alerts.map((alert) => ({
      id: alert.id,
      kind: alert.kind,
      message: alert.message,
      raisedAt: alert.raised_at,
      resolvedAt: alert.resolved_at,
    })),
  };
}
