import { ScheduleOverlapPolicy } from '@temporalio/client';
import type { World } from './world.js';

/**
 * Has a schedule act now. A schedule hears some time after it that what it began is over, though a description
 * shows that at once; whatever is triggered in between would be left out, as an overlap, and is held back here instead.
 */
export function triggerSchedule({ temporal }: Pick<World, 'temporal'>, scheduleId: string): Promise<void> {
  return temporal.schedule.getHandle(scheduleId).trigger(ScheduleOverlapPolicy.BUFFER_ONE);
}
