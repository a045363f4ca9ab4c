import { randomUUID } from 'node:crypto';
import { Semaphore } from 'async-mutex';
import { searchRunStartOptions } from '../workflows/start-options.js';
import { startWorld, type World } from '../workflows/testing/world.js';
import { searchRunWorkflowId } from '../workflows/workflow-ids.js';
import { type Comparison, quantile } from './figures.js';

/** Scheduled runs that wait when the first manual one is started. */
const waiting = 10_000;
/** Manual runs measured, one after the other, while nothing else is at work and while the scheduled ones are. */
const manual = 100;
const warmUp = 10;
const people = 500;
const boards = ['remoteok', 'jobicy'];

/**
 * A manual run, from its start to its end, while ten thousand scheduled ones wait, over the same with none: what
 * priority is worth. Takes some minutes.
 */
export async function manualFirst(): Promise<Comparison[]> {
  const world = await startWorld({ LOG_LEVEL: 'error' });
  try {
    await world.ended(await world.startRun({ title: 'react developer', boards }));
    await manualRuns(world, warmUp);
    const idle = await manualRuns(world, manual);

    await world.worker.stop();
    await scheduleRuns(world);
    await world.startWorker();
    const busy = await manualRuns(world, manual);
    const left = await stillWaiting(world);
    // Otherwise some of what was measured had nothing to go before.
    if (left === 0) throw new Error('the scheduled runs ended before the manual ones were measured');
    return [0.5, 0.95].map((share) => ({
      what: `a manual run while ${waiting.toLocaleString('en-GB')} scheduled ones wait, p${share * 100}`,
      unit: 'ms',
      ours: quantile(busy, share),
      bare: quantile(idle, share),
      over: 'with none waiting',
    }));
  } finally {
    await world.stop();
  }
}

async function manualRuns(world: World, howMany: number): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < howMany; run += 1) {
    const begun = performance.now();
    const id = await world.startRun({ title: 'react developer', boards });
    await world.temporal.workflow.getHandle(searchRunWorkflowId(id)).result();
    times.push(performance.now() - begun);
  }
  return times;
}

/** Rows and workflows of scheduled runs, as a tick makes them, of many people. */
async function scheduleRuns({ stack: { sql }, temporal }: World): Promise<void> {
  await sql`
    insert into auth.users (id, email)
    select gen_random_uuid(), 'searcher-' || n || '@example.com' from generate_series(1, ${people}::int) n`;
  const rows = await sql<{ id: string; userId: string }[]>`
    insert into search_runs (user_id, source, parameters)
    select p.id, 'cron', jsonb_build_object('title', 'react developer ' || n, 'boards', ${boards}::text[])
    from (select id from auth.users where email like 'searcher-%') p, generate_series(1, ${waiting / people}::int) n
    returning id, user_id as "userId"`;
  const starts = new Semaphore(50);
  await Promise.all(
    rows.map((run) =>
      starts.runExclusive(() =>
        temporal.workflow.start(
          'searchRun',
          searchRunStartOptions({
            ...run,
            source: 'cron',
            savedSearchId: randomUUID(),
            tickId: null,
            boards: boards.length,
          }),
        ),
      ),
    ),
  );
}

async function stillWaiting({ stack: { sql } }: World): Promise<number> {
  const [row] = await sql`
    select count(*)::int as runs from search_runs where source = 'cron' and status in ('pending', 'running')`;
  return row?.runs ?? 0;
}
