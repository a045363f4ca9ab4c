import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import postgres from 'postgres';
import { inProject } from '../local/services/project-root.js';
import type { Product } from '../local/testing/product.js';
import { waitFor } from '../local/testing/wait-for.js';
import { runIdOf, searchRunWorkflowId } from '../workflows/workflow-ids.js';

/** What is left when everything has settled. The counts before `statuses` should be nought. */
export interface Aftermath {
  /** Accepted, and not there. */
  lost: number;
  /** Ended more than once, begun more than once, two executions of one workflow, two rows of one request. */
  twice: number;
  /** Not over although everything had time to be. */
  stuck: number;
  /** A row that is over with a workflow under way, or the other way round; a waiter of a run that is over. */
  drifted: number;
  /** Counts that do not agree with the results; a posting that was new to somebody twice. */
  miscounted: number;
  statuses: Record<string, number>;
  /** Why runs failed: how many of each error class. */
  failedBecause: Record<string, number>;
  /** The longest that a run ended after the last fault, or after it was asked for if that was later, in seconds. */
  latestSeconds: number;
}

const settlingMs = 10 * 60_000;
/** Of runs that ended later than so many seconds it is kept how they went, of so many of them. */
const lateSeconds = 60;
const lateKept = 5;
/** Where the histories of late runs are left, with what the database says of them. */
export const lateRunsFolder = inProject('.data/chaos');

/** Waits until nothing is under way any more, at most ten minutes, and counts what went wrong. */
export async function lookAt(product: Product, accepted: string[], lastFault: Date): Promise<Aftermath> {
  const sql = postgres(product.databaseUrl, { max: 2, onnotice: () => undefined });
  const connection = await Connection.connect({ address: product.temporalAddress });
  try {
    const temporal = new Client({ connection });
    await waitFor(
      async () => {
        const [row] =
          await sql`select count(*)::int as active from search_runs where status in ('pending', 'running')`;
        return row?.active === 0 && (await executions(temporal, "ExecutionStatus = 'Running'")).size === 0;
      },
      { what: 'every run and its workflow to end', timeoutMs: settlingMs, intervalMs: 1_000 },
    ).catch(() => undefined);
    const rows = await countRows(sql, accepted, lastFault);
    const workflows = await countWorkflows(sql, temporal);
    await keepLateRuns(sql, temporal, lastFault);
    return {
      lost: rows.lost,
      twice: rows.toldTwice + workflows.executedTwice + Math.max(0, rows.all - new Set(accepted).size),
      stuck: rows.stuck,
      drifted: workflows.withoutRow + workflows.withoutWorkflow + rows.waiters,
      miscounted: rows.miscounted,
      statuses: rows.statuses,
      failedBecause: rows.failedBecause,
      latestSeconds: rows.latestSeconds,
    };
  } finally {
    await connection.close();
    await sql.end({ timeout: 2 });
  }
}

/** How many executions there are of each run's workflow. */
async function executions(temporal: Client, condition?: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const query = ["WorkflowType = 'searchRun'", condition].filter(Boolean).join(' AND ');
  for await (const { workflowId } of temporal.workflow.list({ query })) {
    const id = runIdOf(workflowId);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

async function countRows(sql: postgres.Sql, accepted: string[], lastFault: Date) {
  const one = async (query: postgres.PendingQuery<postgres.Row[]>): Promise<number> =>
    Number((await query)[0]?.count);
  const over = sql`('success', 'failed', 'cancelled')`;
  const statuses = await sql<{ status: string; count: number }[]>`
    select status::text, count(*)::int from search_runs group by status`;
  const failures = await sql<{ why: string; count: number }[]>`
    select coalesce(error_class, 'none') as why, count(*)::int from search_runs where status = 'failed' group by 1`;
  const [late] = await sql<{ seconds: number | null }[]>`
    select extract(epoch from max(completed_at - greatest(created_at, ${lastFault})))::float8 as seconds from search_runs`;
  return {
    lost: await one(sql`
      select count(*) from unnest(${accepted}::uuid[]) id where not exists (select from search_runs r where r.id = id)`),
    toldTwice: await one(sql`
      select count(*) from (
        select run_id from search_run_events where kind = 'status' and to_status::text in ${over} group by run_id having count(*) > 1
        union all
        select run_id from search_run_events where kind = 'status' and to_status = 'running' group by run_id having count(*) > 1
      ) twice`),
    all: await one(sql`select count(*) from search_runs`),
    stuck: await one(sql`select count(*) from search_runs where status::text not in ${over}`),
    waiters: await one(sql`select count(*) from source_sync_waiters`),
    miscounted: await one(sql`
      select count(*) from (
        select r.id from search_runs r left join search_run_results f on f.run_id = r.id
        group by r.id having coalesce(r.jobs_found, 0) <> count(f.posting_id)
          or coalesce(r.jobs_new, 0) <> count(*) filter (where f.is_new)
        union all
        select user_id from search_run_results where is_new group by user_id, posting_id having count(*) > 1
      ) wrong`),
    statuses: Object.fromEntries(statuses.map(({ status, count }) => [status, count])),
    failedBecause: Object.fromEntries(failures.map(({ why, count }) => [why, count])),
    latestSeconds: late?.seconds ?? 0,
  };
}

async function countWorkflows(sql: postgres.Sql, temporal: Client) {
  const all = await executions(temporal);
  const running = await executions(temporal, "ExecutionStatus = 'Running'");
  const active = await sql<
    { id: string }[]
  >`select id from search_runs where status in ('pending', 'running')`;
  const activeIds = new Set(active.map(({ id }) => id));
  return {
    executedTwice: [...all.values()].filter((count) => count > 1).length,
    withoutRow: [...running.keys()].filter((id) => !activeIds.has(id)).length,
    withoutWorkflow: [...activeIds].filter((id) => !running.has(id)).length,
  };
}

async function keepLateRuns(sql: postgres.Sql, temporal: Client, lastFault: Date): Promise<void> {
  await rm(lateRunsFolder, { recursive: true, force: true });
  const late = await sql<{ id: string }[]>`
    select id from search_runs
    where coalesce(completed_at, now()) - greatest(created_at, ${lastFault}) > make_interval(secs => ${lateSeconds})
    order by completed_at desc nulls first limit ${lateKept}`;
  if (late.length > 0) await mkdir(lateRunsFolder, { recursive: true });
  for (const { id } of late) {
    const rows = {
      lastFault,
      run: await sql`select * from search_runs where id = ${id}`,
      boards: await sql`select * from search_run_boards where run_id = ${id}`,
      events: await sql`select * from search_run_events where run_id = ${id} order by id`,
    };
    await writeFile(join(lateRunsFolder, `${id}.rows.json`), JSON.stringify(rows, null, 1));
    // A run that is stuck may have no workflow: its rows say so, and the figures are still to come.
    const history = await temporal.workflow
      .getHandle(searchRunWorkflowId(id))
      .fetchHistory()
      .catch((error) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      });
    if (history) await writeFile(join(lateRunsFolder, `${id}.history.json`), historyToJSON(history));
  }
}
