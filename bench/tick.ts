import { setTimeout } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';
import { Semaphore } from 'async-mutex';
import { waitFor } from '../local/testing/wait-for.js';
import { say } from '../observability/standard-output.js';
import { searchRunStartOptions, tickStartOptions } from '../workflows/start-options.js';
import { startWorld, type World } from '../workflows/testing/world.js';
import { searchRunWorkflowId } from '../workflows/workflow-ids.js';
import { type Comparison, residentMegabytes } from './figures.js';

/** Saved searches of one tick. */
const sizes = [300, 1_000, 2_000];
/** As many as the service is made for: on two cores and Temporal's development server it takes most of an hour. */
const fullSizes = [1_000, 3_000, 10_000];
/** Five searches a person. */
const searchesAPerson = 5;
/** As many workflows started side by side as a tick starts (TICK_STARTS_AT_A_TIME). */
const startsAtATime = 20;
const dueAt = '2026-11-25T08:00:00Z';
/** Few enough that people share what they look for, as they do. */
const titles = [
  'engineer',
  'designer',
  'react developer',
  'product manager',
  'data scientist',
  'nurse',
  'writer',
];

/**
 * A tick of many saved searches over every board that can be asked here: how many runs it starts a second, over a bare
 * loop that only starts the same workflows; how often the boards are asked, over one run of each different search;
 * connections to the database and the worker's memory, over those of the smallest tick. Takes about ten minutes.
 */
export const tick = () => ticksOf(sizes);
export const tickFull = () => ticksOf(fullSizes);

async function ticksOf(sizes: number[]): Promise<Comparison[]> {
  const measured: Measured[] = [];
  for (const size of sizes) {
    const one = await measure(size);
    measured.push(one);
    say(JSON.stringify(one));
  }
  const [smallest] = measured as [Measured, ...Measured[]];
  return measured.flatMap((one) => {
    const of = `a tick of ${one.size.toLocaleString('en-GB')}`;
    const overSmallest = `a tick of ${smallest.size.toLocaleString('en-GB')}`;
    const rows: Comparison[] = [
      {
        what: `${of}: runs started a second`,
        unit: '/s',
        ours: one.perSecond,
        bare: one.barePerSecond,
        over: 'a loop that only starts the same workflows',
      },
      {
        what: `${of}: requests to the boards`,
        unit: '',
        ours: one.requests,
        bare: one.requestsOfOneEach,
        over: 'one run of each different search',
      },
    ];
    if (one === smallest) return rows;
    return [
      ...rows,
      {
        what: `${of}: seconds until its last run ended`,
        unit: 's',
        ours: one.seconds,
        bare: smallest.seconds,
        over: overSmallest,
      },
      {
        what: `${of}: connections to the database, at most`,
        unit: '',
        ours: one.connections,
        bare: smallest.connections,
        over: overSmallest,
      },
      {
        what: `${of}: the worker’s memory`,
        unit: 'MB',
        ours: one.megabytes,
        bare: smallest.megabytes,
        over: overSmallest,
      },
    ];
  });
}

interface Measured {
  size: number;
  perSecond: number;
  barePerSecond: number;
  requests: number;
  requestsOfOneEach: number;
  /** From the tick's begin to the end of its last run. */
  seconds: number;
  connections: number;
  megabytes: number;
}

async function measure(size: number): Promise<Measured> {
  const world = await startWorld({
    LOG_LEVEL: 'error',
    // The bare starts are runs of the same searches, begun a moment before.
    SCHEDULED_RUN_SPACING_SECONDS: '0',
    ADZUNA_APP_ID: 'id',
    ADZUNA_APP_KEY: 'key',
    REED_API_KEY: 'key',
  });
  try {
    const boards = await boardsToAsk(world);
    const requestsOfOneEach = await requestsDuring(world, async () => {
      for (const title of titles) await world.ended(await world.startRun({ title, boards }));
    });
    await saveSearches(world, size, boards);
    // Before and after, since Temporal's store grows; each time as many as the tick has, since the more runs were started
    // the more of them take the machine from those that are still to be.
    const bareBefore = await bareSeconds(world, size);
    await world.forgetFreshness();

    const watched = watchConnections(world);
    const requests = await requestsDuring(world, async () => {
      const asked = tickStartOptions({ schedule: 'refresh-all', dueAt, cause: 'operator' });
      await world.temporal.workflow.execute('refreshTick', asked);
      await allEnded(world);
    });
    const connections = await watched.stop();
    const megabytes = residentMegabytes(world.worker.pid);
    const { runs, fanOut, whole } = await timesOfTick(world);
    if (runs !== size) throw new Error(`${runs} of ${size} searches were run`);
    const bareAfter = await bareSeconds(world, size);
    return {
      size,
      perSecond: size / fanOut,
      barePerSecond: (2 * size) / (bareBefore + bareAfter),
      requests,
      requestsOfOneEach,
      seconds: whole,
      connections,
      megabytes,
    };
  } finally {
    await world.stop();
  }
}

async function boardsToAsk({ stack: { sql } }: World): Promise<string[]> {
  const rows = await sql<
    { board: string }[]
  >`select board from boards where availability = 'ready' order by board`;
  return rows.map(({ board }) => board);
}

async function saveSearches({ stack: { sql } }: World, size: number, boards: string[]): Promise<void> {
  await sql`
    insert into auth.users (id, email)
    select gen_random_uuid(), 'searcher-' || n || '@example.com'
    from generate_series(1, ${Math.ceil(size / searchesAPerson)}::int) n`;
  // A person's searches are different ones, or all but one would be under way already.
  await sql`
    insert into saved_searches (user_id, name, parameters)
    select p.id, 'saved', jsonb_build_object('title', (${sql.array(titles)}::text[])[n], 'boards', ${boards}::text[])
    from (select id, row_number() over () as at from auth.users where email like 'searcher-%') p,
      generate_series(1, ${searchesAPerson}::int) n
    where (p.at - 1) * ${searchesAPerson}::int + n <= ${size}::int`;
}

async function requestsDuring({ boards }: World, work: () => Promise<unknown>): Promise<number> {
  const before = boards.control.log.requests.at(-1)?.id ?? 0;
  await work();
  return (boards.control.log.requests.at(-1)?.id ?? 0) - before;
}

/** Connections to the database, the most that were seen at once. */
function watchConnections({ stack: { sql } }: World): { stop(): Promise<number> } {
  let most = 0;
  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      const [row] = await sql`
        select count(*)::int as open from pg_stat_activity where datname = current_database()`;
      most = Math.max(most, row?.open ?? 0);
      await setTimeout(500);
    }
  })();
  return {
    async stop() {
      stopped = true;
      await watching;
      return most;
    },
  };
}

const allEnded = ({ stack: { sql } }: World) =>
  waitFor(
    async () => {
      const [row] =
        await sql`select exists (select from search_runs where status in ('pending', 'running')) as some`;
      return row?.some === false;
    },
    { what: 'every run to end', timeoutMs: 3_600_000, intervalMs: 500 },
  );

/** In seconds: from the first run's row to the last workflow's start, and to the end of the last run. */
async function timesOfTick({
  stack: { sql },
}: World): Promise<{ runs: number; fanOut: number; whole: number }> {
  const [row] = await sql<{ runs: number; fanOut: number; whole: number }[]>`
    select count(*)::int as runs, extract(epoch from t.completed_at - min(r.created_at))::float as "fanOut",
      extract(epoch from max(r.completed_at) - t.begun_at)::float as whole
    from schedule_ticks t join search_runs r on r.tick_id = t.id group by t.id`;
  if (!row) throw new Error('there was no tick');
  return row;
}

/** How long it takes to start as many runs of the same searches whose rows are written before; they are taken away after it. */
async function bareSeconds({ stack: { sql }, temporal }: World, starts: number): Promise<number> {
  // Of no saved search, which would not be due again.
  const rows = await sql<{ id: string; userId: string; boards: number }[]>`
    insert into search_runs (user_id, source, parameters)
    select user_id, 'cron', parameters from saved_searches order by id limit ${starts}
    returning id, user_id as "userId", jsonb_array_length(parameters -> 'boards') as boards`;
  const sideBySide = new Semaphore(startsAtATime);
  const ofEach = (act: (run: (typeof rows)[number]) => Promise<unknown>) =>
    Promise.all(rows.map((run) => sideBySide.runExclusive(() => act(run))));
  const begun = performance.now();
  await ofEach((run) =>
    temporal.workflow.start(
      'searchRun',
      searchRunStartOptions({ ...run, source: 'cron', savedSearchId: null, tickId: null }),
    ),
  );
  const seconds = (performance.now() - begun) / 1_000;
  await ofEach(({ id }) =>
    temporal.workflow
      .getHandle(searchRunWorkflowId(id))
      .terminate()
      // It has ended by itself.
      .catch((error) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }),
  );
  await sql`delete from search_runs where id = any(${rows.map(({ id }) => id)})`;
  return seconds;
}
