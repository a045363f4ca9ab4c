import { Context, heartbeat, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import { minuteName, type Timetable, tickId, weekdays } from '../domain/schedule.js';
import { timesBetween } from '../domain/schedule-times.js';
import type { AlertChannel } from './alerts/channel.js';
import { lookAtRules, type RuleDependencies } from './alerts/look-at-rules.js';
import { tellAlerts } from './alerts/tell-alerts.js';
import { heartbeating } from './heartbeat.js';

/** What Temporal says of a schedule. */
export interface ScheduleState {
  paused: boolean;
  createdAt: Date;
}

export interface WatchDependencies extends RuleDependencies {
  /** The service's schedules, as they are defined. */
  serviceSchedules: readonly ({ id: string } & Timetable)[];
  /** `undefined`: there is none now; it is missed all the same. */
  stateOf(schedule: string): Promise<ScheduleState | undefined>;
  /** A tick that is not completed so many seconds after it was due is an alert. */
  graceSeconds: number;
  /** Nobody is told of ticks that were due longer ago than this, in seconds. */
  lookbackSeconds: number;
  /** Saved searches with times of their own that one call reads. */
  limit: number;
  /** Where alerts are told. */
  channels: readonly AlertChannel[];
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
/** All schedules of saved searches are watched as one. */
const ownWatch = 'saved-search';

export type WatchActivities = ReturnType<typeof createWatchActivities>;

/**
 * The watchdog: compares what was due with what was completed, looks at what the rules name (`domain/alert-rules.ts`), and
 * tells the operator.
 */
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

  async function watchTicks(): Promise<void> {
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
  }

  return {
    /**
     * @returns how many notices were told, over all channels.
     * @throws ApplicationFailure of type `watchdog` naming what could not be done, after everything else was.
     */
    async watchSchedules(): Promise<{ told: number }> {
      const failed: string[] = [];
      // What fails keeps nothing else from being seen and told.
      const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
        try {
          await work();
        } catch (error) {
          log.error('the watchdog did not do all', { what, error });
          failed.push(what);
        }
      };
      let told = 0;
      await heartbeating(
        () => undefined,
        async () => {
          await attempt('ticks', watchTicks);
          await attempt('rules', async () => {
            const { runId = '' } = Context.current().info.workflowExecution ?? {};
            failed.push(...(await lookAtRules(deps, runId)));
          });
          for (const channel of deps.channels) {
            await attempt(channel.name, async () => {
              told += await tellAlerts(rpc, channel);
            });
          }
        },
      );
      if (failed.length > 0) {
        throw ApplicationFailure.create({
          type: 'watchdog',
          message: `Not done: ${failed.join(', ')}`,
        });
      }
      return { told };
    },
  };
}
