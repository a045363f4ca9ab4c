import { isDeepStrictEqual } from 'node:util';
import {
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleDescription,
  ScheduleNotFoundError,
} from '@temporalio/client';
import type { OwnSchedules, WantedSchedule } from '../activities/reconcile-schedules.js';
import { ownScheduleOptions } from '../workflows/own-schedule.js';
import { isSameTimetable, timetableOf } from '../workflows/schedule-spec.js';
import { ownScheduleId, ownSchedulePrefix } from '../workflows/workflow-ids.js';

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
  { spec, action, policies, state }: ScheduleDescription,
  { paused, ...timetable }: WantedSchedule,
  wanted: ReturnType<typeof ownScheduleOptions>,
): boolean {
  const { workflowType, workflowId, taskQueue, args } = wanted.action;
  return (
    isSameTimetable(timetableOf(spec), timetable) &&
    isDeepStrictEqual(
      [action.workflowType, action.workflowId, action.taskQueue, action.args],
      [workflowType, workflowId, taskQueue, args],
    ) &&
    policies.overlap === wanted.policies.overlap &&
    policies.catchupWindow === Number.parseInt(wanted.policies.catchupWindow, 10) * 1_000 &&
    state.paused === paused &&
    state.remainingActions === undefined
  );
}
