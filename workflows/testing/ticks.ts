import { minuteName } from '../../domain/schedule.js';
import { type SearchParameters, searchParametersSchema } from '../../domain/search.js';
import { waitFor } from '../../local/testing/wait-for.js';
import type { RefreshTickInput } from '../refresh-tick.js';
import { tickStartOptions } from '../start-options.js';
import type { World } from './world.js';

let searches = 0;

/** Saves so many searches that follow the service, each of a person of its own. */
export async function saveSearches(
  { stack: { sql } }: World,
  howMany: number,
  parameters: Partial<SearchParameters> = {},
): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < howMany; n += 1) {
    searches += 1;
    const [person] = await sql`
      insert into auth.users (id, email) values (gen_random_uuid(), ${`searcher-${searches}@example.com`}) returning id`;
    const [saved] = await sql`insert into saved_searches ${sql({
      user_id: person?.id,
      name: 'saved',
      parameters: searchParametersSchema.parse({ title: 'engineer', boards: ['jobicy'], ...parameters }),
    } as never)} returning id`;
    ids.push(saved?.id);
  }
  return ids;
}

/** Starts a tick by hand, as an operator does. */
export function startTick({ temporal }: World, dueAt: string, more: Partial<RefreshTickInput> = {}) {
  return temporal.workflow.start(
    'refreshTick',
    tickStartOptions({ schedule: 'refresh-all', dueAt, cause: 'operator', ...more }),
  );
}

/** Starts a tick by hand and waits for its end. */
export async function tickOf(world: World, dueAt: string, more: Partial<RefreshTickInput> = {}) {
  const handle = await startTick(world, dueAt, more);
  const { tick } = await handle.result();
  return { workflowId: handle.workflowId, firstRunId: handle.firstExecutionRunId, tick };
}

export interface TickRow {
  id: string;
  cause: string;
  runs_created: number;
  left_out_because: Record<string, number>;
  completed_at: Date | null;
}

export async function tickRow({ stack: { sql } }: World, dueAt: string): Promise<TickRow | undefined> {
  const [row] = await sql<TickRow[]>`
    select id, cause, runs_created, left_out_because, completed_at from schedule_ticks
    where id = ${`refresh-all/${minuteName(new Date(dueAt))}`}`;
  return row;
}

export const completedTick = (world: World, dueAt: string) =>
  waitFor(
    async () => {
      const row = await tickRow(world, dueAt);
      return row?.completed_at && row;
    },
    { what: `the tick of ${dueAt} to be completed` },
  );

/** The runs of a tick, once each is over. */
export async function endedRuns(world: World, tick: string) {
  const { sql } = world.stack;
  const runs = await sql<{ id: string }[]>`select id from search_runs where tick_id = ${tick}`;
  for (const { id } of runs) await world.ended(id);
  return sql<{ id: string; saved_search_id: string; status: string; source: string }[]>`
    select id, saved_search_id, status, source from search_runs where tick_id = ${tick}`;
}
