import { launch, whenReady } from '../local/services/process.js';
import { startWorld, type World } from '../workflows/testing/world.js';
import { searchRunWorkflowId } from '../workflows/workflow-ids.js';
import type { bareRun } from './bare-workflow.js';
import { type Comparison, median } from './figures.js';

const rounds = 5;
const lanes = 20;
const runsPerLane = 6;
const boards = ['remoteok', 'jobicy'];
const bareTaskQueue = 'bare';

/**
 * Complete runs a second (accept, start, begin, match, finish; the boards fresh, as for all but the first run of
 * some minutes) over bare workflows with as many activities, 20 in flight each.
 */
export async function runsPerSecond(): Promise<Comparison> {
  const world = await startWorld();
  const bareWorker = launch({
    name: 'bare worker',
    args: ['--import', 'tsx', 'bench/bare-worker.ts', world.stack.temporalAddress, bareTaskQueue],
  });
  try {
    const people = await Promise.all(Array.from({ length: lanes }, () => world.stack.createUser()));
    const first = await world.startRun({ title: 'react developer', boards });
    await world.ended(first);
    const activities = await activitiesOf(world, await endedRun(world, people[0]));
    await whenReady(bareWorker, () => bare(world, 'warm-up', activities).then(() => true));

    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await perSecond((lane) => endedRun(world, people[lane])));
      theirs.push(await perSecond((lane, run) => bare(world, `${round}-${lane}-${run}`, activities)));
    }
    return {
      what: 'complete runs a second, 20 in flight',
      unit: '/s',
      ours: median(ours),
      bare: median(theirs),
      over: `workflows of ${activities} activities that do nothing`,
    };
  } finally {
    await bareWorker.stop();
    await world.stop();
  }
}

async function endedRun(world: World, person: World['person'] | undefined): Promise<string> {
  const id = await world.startRun({ title: 'react developer', boards }, person);
  await world.temporal.workflow.getHandle(searchRunWorkflowId(id)).result();
  return id;
}

async function activitiesOf(world: World, id: string): Promise<number> {
  const { events } = await world.temporal.workflow.getHandle(searchRunWorkflowId(id)).fetchHistory();
  return events?.filter((event) => event.activityTaskScheduledEventAttributes).length ?? 0;
}

async function bare(world: World, name: string, activities: number): Promise<void> {
  await world.temporal.workflow.execute<typeof bareRun>('bareRun', {
    workflowId: `bare/${name}`,
    taskQueue: bareTaskQueue,
    args: [activities],
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
}

async function perSecond(once: (lane: number, run: number) => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (let run = 0; run < runsPerLane; run += 1) await once(lane, run);
    }),
  );
  return (lanes * runsPerLane) / ((performance.now() - start) / 1000);
}
