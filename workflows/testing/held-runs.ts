import { hosts } from './scenarios.js';
import type { World } from './world.js';

/** A run whose board does not answer, seen waiting for it. */
export async function waitingRun(world: World): Promise<string> {
  const { control } = world.boards;
  control.hold(hosts.jobicy);
  const id = await world.startRun({ boards: ['jobicy'] });
  await control.waitForRequest(({ host }) => host === hosts.jobicy);
  return id;
}

/** Which attempt each activity of a workflow was at when it last began. */
export async function attemptsOf(world: World, workflowId: string): Promise<number[]> {
  const { events } = await world.temporal.workflow.getHandle(workflowId).fetchHistory();
  return events?.flatMap((event) => event.activityTaskStartedEventAttributes?.attempt ?? []) ?? [];
}
