import { heartbeat, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { Semaphore } from 'async-mutex';
import { z } from 'zod';
import { type Timetable, weekdays } from '../domain/schedule.js';
import type { Rpc } from './rpc.js';

const wantedScheduleSchema = z.object({
  timeZone: z.string(),
  times: z.array(z.string()),
  days: z.array(z.literal(weekdays)),
  paused: z.boolean(),
});
/** What the Schedule of a saved search should be. */
export type WantedSchedule = Timetable & { paused: boolean };

const ownScheduleSchema = z.object({
  saved_search_id: z.uuid(),
  wanted: wantedScheduleSchema.nullable(),
  revision: z.number(),
});
type OwnSchedule = z.infer<typeof ownScheduleSchema>;

/** What had to be done for a Schedule to be as wanted. */
export type ScheduleChange = 'created' | 'updated' | 'removed' | 'none';

/** The Temporal Schedules of saved searches. */
export interface OwnSchedules {
  /** Makes the Schedule of a saved search as wanted (null: there is none), whatever there was before. */
  apply(savedSearchId: string, wanted: WantedSchedule | null): Promise<ScheduleChange>;
  /** What follows the prefix in the id of every Schedule of theirs, by Temporal's list, which may lag. */
  all(): AsyncIterable<string>;
  /** Removes one that has no saved search's id. */
  remove(name: string): Promise<void>;
}

export interface ReconcileSchedulesDependencies {
  rpc: Rpc;
  schedules: OwnSchedules;
  /** Schedules asked of the database in one call. */
  limit: number;
  /** Schedules looked up in Temporal side by side. */
  lookupsAtATime: number;
}

export type ScheduleCounts = Record<ScheduleChange, number>;
export type ReconcileSchedulesActivities = ReturnType<typeof createReconcileSchedulesActivities>;

/** Brings the Temporal Schedules of saved searches to what their rows say, whatever failed in between. */
export function createReconcileSchedulesActivities(deps: ReconcileSchedulesDependencies) {
  const { rpc, schedules } = deps;
  const lookups = new Semaphore(deps.lookupsAtATime);

  const pageAfter = (after: string | null, changed: boolean) =>
    rpc(
      'own_schedules_after',
      { p_after: after, p_limit: deps.limit, p_changed: changed },
      z.array(ownScheduleSchema),
    );
  const nextOf = (page: OwnSchedule[]) =>
    page.length < deps.limit ? null : (page.at(-1)?.saved_search_id ?? null);

  async function applyOne({ saved_search_id: id, wanted, revision }: OwnSchedule): Promise<ScheduleChange> {
    heartbeat();
    const change = await schedules.apply(id, wanted);
    await rpc('settle_own_schedule', { p_search: id, p_revision: revision }, z.unknown());
    return change;
  }

  /** @throws when one or more could not be brought to Temporal, after all the others were. */
  async function applyPage(page: OwnSchedule[], applied: (row: OwnSchedule, change: ScheduleChange) => void) {
    const outcomes = await Promise.allSettled(
      page.map((row) => lookups.runExclusive(async () => applied(row, await applyOne(row)))),
    );
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    if (failures.length > 0) {
      throw ApplicationFailure.retryable(
        `${failures.length} schedules could not be reconciled: ${failures[0]}`,
        'reconcile',
      );
    }
  }

  return {
    /** Every Schedule whose latest change is not in Temporal yet. */
    async applyChangedSchedules(): Promise<ScheduleCounts> {
      const counts = noChanges();
      for (let after: string | null = null; ; ) {
        const page: OwnSchedule[] = await pageAfter(after, true);
        await applyPage(page, (_, change) => {
          counts[change] += 1;
        });
        after = nextOf(page);
        if (after === null) return counts;
      }
    },

    /** A page of all Schedules that there should be: what somebody removed or edited by hand is mended. */
    async mendSchedules(after: string | null): Promise<{ counts: ScheduleCounts; next: string | null }> {
      const counts = noChanges();
      const page = await pageAfter(after, false);
      await applyPage(page, ({ saved_search_id: savedSearchId }, change) => {
        counts[change] += 1;
        if (change !== 'none')
          log.warn('a schedule was not as its saved search says', { savedSearchId, change });
      });
      return { counts, next: nextOf(page) };
    },

    /** Marks the Schedules of no saved search to be removed with the next changes, and counts them. */
    async disownStrangeSchedules(): Promise<number> {
      let strange = 0;
      const disown = async (ids: string[]) => {
        const disowned = await rpc('disown_schedules', { p_searches: ids }, z.array(z.uuid()));
        for (const savedSearchId of disowned) log.warn('a schedule is of no saved search', { savedSearchId });
        strange += disowned.length;
      };
      let ids: string[] = [];
      for await (const name of schedules.all()) {
        heartbeat();
        if (!z.uuid().safeParse(name).success) {
          log.warn('a schedule is of no saved search', { name });
          await schedules.remove(name);
          strange += 1;
          continue;
        }
        ids.push(name);
        if (ids.length < deps.limit) continue;
        await disown(ids);
        ids = [];
      }
      if (ids.length > 0) await disown(ids);
      return strange;
    },
  };
}

const noChanges = (): ScheduleCounts => ({ created: 0, updated: 0, removed: 0, none: 0 });
