import { manyWaitingRuns } from '../workflows/testing/held-runs.js';
import { hosts } from '../workflows/testing/scenarios.js';
import { startWorld, type World } from '../workflows/testing/world.js';
import { searchRunWorkflowId } from '../workflows/workflow-ids.js';
import { type Comparison, quantile } from './figures.js';

const waiting = 300;
const cancels = 15;

/**
 * From a run's cancellation to its board seeing the request closed, while hundreds of other runs wait for another board, over
 * the same with nobody else there. The slowest of fifteen each.
 */
export async function cancelling(): Promise<Comparison> {
  const world = await startWorld({ LOG_LEVEL: 'error' });
  try {
    const alone = await slowest(world);
    await manyWaitingRuns(world, waiting);
    const amongMany = await slowest(world);
    return {
      what: `a cancelled run’s request closed, among ${waiting} that wait`,
      unit: 'ms',
      ours: amongMany,
      bare: alone,
      over: 'nobody else',
    };
  } finally {
    world.boards.control.release();
    await world.stop();
  }
}

/** In milliseconds. */
async function slowest(world: World): Promise<number> {
  const { control } = world.boards;
  const took: number[] = [];
  control.hold(hosts.remoteok);
  for (let cancel = 0; cancel < cancels; cancel += 1) {
    const before = control.log.requests.at(-1)?.id ?? 0;
    const ours = ({ id, host }: { id: number; host: string }) => id > before && host === hosts.remoteok;
    const id = await world.startRun({ title: `designer ${cancel}`, boards: ['remoteok'] });
    await control.waitForRequest(ours);
    const begun = performance.now();
    await world.temporal.workflow.getHandle(searchRunWorkflowId(id)).cancel();
    await control.waitForRequest((request) => ours(request) && request.closedByClient);
    took.push(performance.now() - begun);
    await world.ended(id);
  }
  return quantile(took, 1);
}
