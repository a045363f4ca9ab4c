import { startWorld, type World } from '../workflows/testing/world.js';
import { searchRunWorkflowId } from '../workflows/workflow-ids.js';
import { type Comparison, residentMegabytes } from './figures.js';

/** Memory is looked at after so many runs; the first is what the others are compared with. */
const marks = [1_000, 2_500, 5_000, 10_000];
const lanes = 20;
const boards = ['remoteok', 'jobicy'];

/**
 * What the worker's process holds after thousands of runs, over what it held after the first thousand, when all code is
 * loaded and the cache of workflows is full. Takes some minutes. Linux only.
 */
export async function workerMemory(): Promise<Comparison[]> {
  // Each run is seen to change every few milliseconds: the log would be most of it.
  const world = await startWorld({ LOG_LEVEL: 'error' });
  try {
    const people = await Promise.all(Array.from({ length: lanes }, () => world.stack.createUser()));
    await world.ended(await world.startRun({ title: 'react developer', boards }));
    let done = 0;
    const held: number[] = [];
    for (const mark of marks) {
      await Promise.all(
        people.map(async (person, lane) => {
          const own = Math.floor((mark - done) / lanes) + (lane < (mark - done) % lanes ? 1 : 0);
          for (let run = 0; run < own; run += 1) await endedRun(world, person);
        }),
      );
      done = mark;
      held.push(residentMegabytes(world.worker.pid));
    }
    const [first = 0, ...later] = held;
    return later.map((megabytes, at) => ({
      what: `the worker’s memory after ${(marks[at + 1] as number).toLocaleString('en-GB')} runs`,
      unit: 'MB',
      ours: megabytes,
      bare: first,
      over: `after ${(marks[0] as number).toLocaleString('en-GB')} runs`,
    }));
  } finally {
    await world.stop();
  }
}

async function endedRun(world: World, person: World['person']): Promise<void> {
  const id = await world.startRun({ title: 'react developer', boards }, person);
  await world.temporal.workflow.getHandle(searchRunWorkflowId(id)).result();
}
