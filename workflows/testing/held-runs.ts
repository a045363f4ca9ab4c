import { waitFor } from '../../local/testing/wait-for.js';
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

/** So many runs of people of their own wait for one board, which does not answer. */
export async function manyWaitingRuns(world: World, runs: number): Promise<string[]> {
  const { control } = world.boards;
  control.hold(hosts.jobicy);
  const aPerson = 50;
  const ids: string[] = [];
  while (ids.length < runs) {
    const person = await world.stack.createUser();
    const searches = Array.from({ length: Math.min(aPerson, runs - ids.length) }, (_, n) => `engineer ${n}`);
    ids.push(
      ...(await Promise.all(searches.map((title) => world.startRun({ title, boards: ['jobicy'] }, person)))),
    );
  }
  await waitFor(
    async () => {
      const [row] = await world.stack.sql`
        select count(*)::int as waiting from source_sync_waiters where run_id = any(${ids})`;
      return row?.waiting === runs;
    },
    { what: `${runs} runs to wait for the board` },
  );
  return ids;
}

/** Which attempt each activity of a workflow was at when it last began. */
export async function attemptsOf(world: World, workflowId: string): Promise<number[]> {
  const { events } = await world.temporal.workflow.getHandle(workflowId).fetchHistory();
  return events?.flatMap((event) => event.activityTaskStartedEventAttributes?.attempt ?? []) ?? [];
}
