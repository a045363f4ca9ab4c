import {
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleDescription,
  ScheduleNotFoundError,
} from '@temporalio/client';
import type { OwnSchedules, WantedSchedule } from '../activities/reconcile-schedules.js';
import { ownScheduleOptions } from '../workflows/own-schedule.js';
import { ownScheduleId, ownSchedulePrefix } from '../workflows/workflow-ids.js';
import { differencesOf } from './apply-schedules.js';

/** @param catchupSeconds how late a time that Temporal could not keep is made up for. */
export function createOwnSchedules(client: Client, catchupSeconds: number): OwnSchedules {
  const remove = async (scheduleId: string) => {
    try {
      await client.schedule.getHandle(scheduleId).delete();
      return 'removed' as const;
    } catch (error) {
      if (error instanceof ScheduleNotFoundError) return 'none' as const;
      throw error;
    }
  };

  return {
    async apply(savedSearchId, wanted) {
      const scheduleId = ownScheduleId(savedSearchId);
      if (wanted === null) return remove(scheduleId);
      const options = ownScheduleOptions(savedSearchId, wanted, catchupSeconds);
      const handle = client.schedule.getHandle(scheduleId);
      try {
        if (isAsWanted(await handle.describe(), wanted, options)) return 'none';
        await handle.update(() => options);
        return 'updated';
      } catch (error) {
        if (!(error instanceof ScheduleNotFoundError)) throw error;
      }
      try {
        await client.schedule.create(options);
        return 'created';
      } catch (error) {
        if (!(error instanceof ScheduleAlreadyRunning)) throw error;
        // Another worker was quicker, and may have brought what was wanted before.
        await handle.update(() => options);
        return 'updated';
      }
    },
    async *all() {
      const query = `ScheduleId STARTS_WITH '${ownSchedulePrefix}'`;
      for await (const { scheduleId } of client.schedule.list({ query, pageSize: 1_000 })) {
        yield scheduleId.slice(ownSchedulePrefix.length);
      }
    },
    async remove(name) {
      await remove(`${ownSchedulePrefix}${name}`);
    },
  };
}

/** Whether a Schedule does what is wanted, as far as somebody could have changed it. */
function isAsWanted(
  described: ScheduleDescription,
  { paused, ...timetable }: WantedSchedule,
  { action, policies }: ReturnType<typeof ownScheduleOptions>,
): boolean {
  return (
    differencesOf({ due: timetable, action, policies }, described).length === 0 &&
    described.state.paused === paused &&
    described.state.remainingActions === undefined
  );
}
