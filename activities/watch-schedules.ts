import { heartbeat, log } from '@temporalio/activity';
import { z } from 'zod';
import { minuteName, type Timetable, tickId, weekdays } from '../domain/schedule.js';
import { timesBetween } from '../domain/schedule-times.js';
import type { Mailer } from './mail/mailer.js';
import type { Rpc } from './rpc.js';

/** What Temporal says of a schedule. */
export interface ScheduleState {
  paused: boolean;
  createdAt: Date;
}

export interface WatchDependencies {
  rpc: Rpc;
  /** The service's schedules, as they are defined. */
  serviceSchedules: readonly ({ id: string } & Timetable)[];
  /** `undefined`: there is none now; it is missed all the same. */
  stateOf(schedule: string): Promise<ScheduleState | undefined>;
  /** A tick that is not completed so many seconds after it was due is an alert. */
  graceSeconds: number;
  /** Nobody is told of ticks that were due longer ago than this, in seconds. */
  lookbackSeconds: number;
  /** Saved searches with times of their own that one call reads, and alerts that one mail tells. */
  limit: number;
  /** Both are there, or the log alone tells. */
  mailer: Mailer | undefined;
  alertEmail: string | undefined;
}

const momentSchema = z.iso.datetime({ offset: true }).transform((at) => new Date(at));
const ownTimetablesSchema = z.array(
  z.object({
    id: z.uuid(),
    times: z.array(z.string()),
    days: z.array(z.literal(weekdays)),
    timeZone: z.string(),
    changed_at: momentSchema,
  }),
);
const alertsSchema = z.array(
  z.object({
    id: z.uuid(),
    kind: z.string(),
    message: z.string(),
    raised_at: z.string(),
    resolved_at: z.string().nullable(),
  }),
);
type Alert = z.infer<typeof alertsSchema>[number];

/** All schedules of saved searches are watched as one. */
const ownWatch = 'saved-search';

export type WatchActivities = ReturnType<typeof createWatchActivities>;

/** Sees to it that a tick which did not happen is noticed: compares what was due with what was completed. */
export function createWatchActivities(deps: WatchDependencies) {
  const { rpc } = deps;
  const dueTick = (schedule: string) => (dueAt: Date) => ({
    tick: tickId(schedule, dueAt),
    schedule,
    due: minuteName(dueAt),
  });
  const watchedUntil = (schedule: string, since: Date) =>
    rpc(
      'watched_until',
      { p_schedule: schedule, p_since: since.toISOString(), p_lookback_seconds: deps.lookbackSeconds },
      momentSchema,
    );
  const report = (schedule: string, until: Date, ticks: ReturnType<ReturnType<typeof dueTick>>[]) =>
    rpc('watch_ticks', { p_schedule: schedule, p_until: until.toISOString(), p_ticks: ticks }, z.null());

  async function watchService(now: Date, until: Date): Promise<void> {
    for (const { id, ...timetable } of deps.serviceSchedules) {
      const state = await deps.stateOf(id);
      const from = await watchedUntil(id, state?.createdAt ?? now);
      // What an operator keeps from happening is not missed.
      if (state?.paused) await report(id, now, []);
      else await report(id, until, timesBetween(timetable, from, until).map(dueTick(id)));
    }
  }

  async function watchOwn(now: Date, until: Date): Promise<void> {
    const from = await watchedUntil(ownWatch, now);
    if (from >= until) return;
    for (let after: string | null = null; ; ) {
      heartbeat();
      const page: z.infer<typeof ownTimetablesSchema> = await rpc(
        'own_timetables',
        { p_after: after, p_limit: deps.limit },
        ownTimetablesSchema,
      );
      const due = page.flatMap(({ id, changed_at, ...timetable }) => {
        const since = new Date(Math.max(changed_at.getTime(), from.getTime()));
        return since < until ? timesBetween(timetable, since, until).map(dueTick(`${ownWatch}/${id}`)) : [];
      });
      // Not looked at as a whole before the last page.
      if (due.length > 0) await report(ownWatch, from, due);
      after = page.at(-1)?.id ?? null;
      if (page.length < deps.limit || after === null) break;
    }
    await report(ownWatch, until, []);
  }

  async function tell(alerts: Alert[]): Promise<void> {
    if (alerts.length === 0) return;
    const raised = alerts.filter(({ resolved_at }) => resolved_at === null);
    const resolved = alerts.filter(({ resolved_at }) => resolved_at !== null);
    for (const { kind, message } of raised) log.error(message, { alert: kind });
    for (const { kind, message } of resolved) log.info('an alert is over', { alert: kind, message });
    if (deps.mailer && deps.alertEmail) {
      await deps.mailer.deliver({
        id: `alerts-${alerts[0]?.id}-${raised.length}-${resolved.length}`,
        to: deps.alertEmail,
        subject: [
          raised.length > 0 && `${raised.length} ${raised.length === 1 ? 'alert' : 'alerts'}`,
          resolved.length > 0 && `${resolved.length} resolved`,
        ]
          .filter(Boolean)
          .join(', '),
        text: [
          ...raised.map(({ message }) => message),
          ...resolved.map(({ message }) => `Over: ${message}`),
          '',
          'What to do: docs/OPERATIONS.md, "A tick was missed".',
        ].join('\n'),
      });
    }
    await rpc('alerts_told', { p_alerts: alerts.map(({ id }) => id) }, z.null());
  }

  return {
    /** @returns how many alerts were told, raised and resolved ones. */
    async watchSchedules(): Promise<{ told: number }> {
      const now = new Date();
      const until = new Date(now.getTime() - deps.graceSeconds * 1_000);
      await watchService(now, until);
      await watchOwn(now, until);
      await rpc(
        'settle_tick_alerts',
        {
          p_grace_seconds: deps.graceSeconds,
          p_lookback_seconds: deps.lookbackSeconds,
          p_schedules: deps.serviceSchedules.map(({ id }) => id),
        },
        z.null(),
      );
      let told = 0;
      for (;;) {
        const alerts = await rpc('alerts_to_tell', { p_limit: deps.limit }, alertsSchema);
        await tell(alerts);
        told += alerts.length;
        if (alerts.length < deps.limit) return { told };
      }
    },
  };
}
