import type { ScheduleOptions } from '@temporalio/client';
import type { WantedSchedule } from '../activities/reconcile-schedules.js';
import type { refreshTick } from './refresh-tick.js';
import { scheduleSpec } from './schedule-spec.js';
import { tickOptions } from './start-options.js';
import { ownScheduleId } from './workflow-ids.js';

/** The Temporal Schedule of a saved search with times of its own: each time starts a tick for that one search. */
export function ownScheduleOptions(
  savedSearchId: string,
  { paused, ...timetable }: WantedSchedule,
  catchupSeconds: number,
) {
  const schedule = ownScheduleId(savedSearchId);
  return {
    scheduleId: schedule,
    spec: scheduleSpec(timetable),
    action: {
      type: 'startWorkflow',
      workflowType: 'refreshTick' satisfies typeof refreshTick.name,
      ...tickOptions({ schedule, savedSearchId }),
    },
    // A tick that waits for a worker stands for the next one too: one search then is as fresh as two.
    policies: { overlap: 'SKIP', catchupWindow: `${catchupSeconds}s` },
    state: { paused, note: paused ? 'The saved search is paused.' : '' },
  } satisfies ScheduleOptions;
}
