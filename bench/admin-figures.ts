import type postgres from 'postgres';
import { startTestStack } from '../local/testing/stack.js';
import { say } from '../observability/standard-output.js';
import { withoutTriggers } from '../supabase/tests/without-triggers.js';
import { type Comparison, median, quantile } from './figures.js';

const runs = 1_000_000;
/** As a deployment of its size has them: sources of boards, and ticks of saved searches' own times. */
const [sources, ownTicks] = [20_000, 300_000];
const people = 2_000;
const boards = ['remotive', 'arbeitnow', 'greenhouse'];
const timesEach = 40;
const timesRaw = 3;

/**
 * What the admin pages ask, with a million runs of the last thirty days: p50 and p95 of each, over the same told from the
 * runs themselves. Takes about five minutes.
 */
export async function adminFigures(): Promise<Comparison[]> {
  const stack = await startTestStack({ supabase: false });
  try {
    await fill(stack.sql);
    const comparisons: Comparison[] = [];
    for (const { what, ask, raw } of questions) {
      await stack.sql.unsafe(raw);
      const bare = await timesOf(timesRaw, () => stack.sql.unsafe(raw));
      await asAdmin(stack.sql, ask);
      const ours = await timesOf(timesEach, () => asAdmin(stack.sql, ask));
      const [p50, p95] = [median(ours), quantile(ours, 0.95)];
      say(`  ${what}: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`);
      comparisons.push(
        { what: `${what}: p50`, unit: 'ms', ours: p50, bare: median(bare), over: 'the runs themselves' },
        {
          what: `${what}: p95`,
          unit: 'ms',
          ours: p95,
          bare: quantile(bare, 0.95),
          over: 'the runs themselves',
        },
      );
    }
    return comparisons;
  } finally {
    await stack.stop();
  }
}

const since = `(date_trunc('hour', now()) + interval '1 hour' - interval '30 days')`;
const ended = `r.status in ('success', 'failed', 'cancelled') and r.completed_at >= ${since}`;
const page = `order by coalesce(r.completed_at, 'infinity') desc, r.id desc limit 51`;
const wrong = `(b.state = 'failed' or b.sources_failed > 0)`;
const rawRuns = `
  select outcome, source, error_class, count(*), percentile_disc(0.5) within group (order by took), percentile_disc(0.95) within group (order by took)
  from (select case when r.status = 'success' and exists (select from search_run_boards b where b.run_id = r.id and ${wrong})
      then 'partial' else r.status::text end as outcome, r.source, r.error_class, r.completed_at - r.created_at as took
    from search_runs r where ${ended}) t group by grouping sets ((1, 2, 3), ())`;
const rawBoards = `
  select b.board, b.state, b.error_class, count(*) from search_runs r join search_run_boards b on b.run_id = r.id
  where ${ended} group by 1, 2, 3`;
const rawTicks = `select count(*), count(completed_at) from schedule_ticks where due_at >= ${since} and schedule <> 'refresh-all'`;

/** Every question of the pages; of those with a window also the longest. */
const questions: { what: string; ask: string; raw: string }[] = [
  { what: 'how runs ended, 24 hours', ask: 'admin_run_figures(24)', raw: rawRuns },
  { what: 'how runs ended, 7 days', ask: 'admin_run_figures(168)', raw: rawRuns },
  { what: 'how runs ended, 30 days', ask: 'admin_run_figures(720)', raw: rawRuns },
  { what: 'boards, 24 hours', ask: 'admin_board_figures(24)', raw: rawBoards },
  { what: 'boards, 30 days', ask: 'admin_board_figures(720)', raw: rawBoards },
  { what: 'schedules, 30 days', ask: `admin_schedule_figures(720, '{refresh-all}')`, raw: rawTicks },
  {
    what: 'the last runs',
    ask: 'admin_runs(p_limit => 51)',
    raw: `select * from search_runs r where true ${page}`,
  },
  {
    what: 'runs that failed',
    ask: `admin_runs(p_outcome => 'failed', p_since => ${since}, p_limit => 51)`,
    raw: `select * from search_runs r where r.status = 'failed' ${page}`,
  },
  {
    what: 'runs that ended in part',
    ask: `admin_runs(p_outcome => 'partial', p_since => ${since}, p_limit => 51)`,
    raw: `select * from search_runs r where r.status = 'success'
      and exists (select from search_run_boards b where b.run_id = r.id and ${wrong}) ${page}`,
  },
  {
    what: 'runs by a rare error',
    ask: `admin_runs(p_error_class => 'workflow_lost', p_since => ${since}, p_limit => 51)`,
    raw: `select * from search_runs r where r.error_class = 'workflow_lost' ${page}`,
  },
  {
    what: 'runs in which a board failed',
    ask: `admin_runs(p_board => 'greenhouse', p_board_failed => true, p_since => ${since}, p_limit => 51)`,
    raw: `select * from search_runs r where exists (
      select from search_run_boards b where b.run_id = r.id and b.board = 'greenhouse' and ${wrong}) ${page}`,
  },
  {
    what: 'runs in which a board timed out',
    ask: `admin_runs(p_board => 'greenhouse', p_error_class => 'timeout', p_since => ${since}, p_limit => 51)`,
    raw: `select * from search_runs r where exists (
      select from search_run_boards b where b.run_id = r.id and b.board = 'greenhouse' and ${wrong}
        and b.error_class = 'timeout') ${page}`,
  },
  {
    what: 'scheduled runs of one day',
    ask: `admin_runs(p_source => 'cron', p_since => now() - interval '21 days', p_until => now() - interval '20 days', p_limit => 51)`,
    raw: `select * from search_runs r where r.source = 'cron' and r.completed_at >= now() - interval '21 days'
      and r.completed_at < now() - interval '20 days' ${page}`,
  },
];

async function timesOf(times: number, ask: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const begun = performance.now();
    await ask();
    taken.push(performance.now() - begun);
  }
  return taken;
}

/** As PostgREST asks for an admin. */
function asAdmin(sql: postgres.Sql, call: string): Promise<unknown> {
  const claims = JSON.stringify({ role: 'authenticated', app_metadata: { role: 'admin' } });
  return sql.begin(async (transaction) => {
    await transaction`select set_config('request.jwt.claims', ${claims}, true), set_config('role', 'authenticated', true)`;
    await transaction.unsafe(`select public.${call}`);
  });
}

/** One run in six of a person, five scheduled; one in fifty failed, one in forty in part; most of them short. */
async function fill(sql: postgres.Sql): Promise<void> {
  say('  filling…');
  await withoutTriggers(sql, async (filling) => {
    await filling`set local maintenance_work_mem = '512MB'`;
    await filling`set local work_mem = '256MB'`;
    // Made once in the end, an index takes a fraction of the time.
    const indexes = await filling<{ name: string; definition: string }[]>`
      select c.relname as name, pg_get_indexdef(i.indexrelid) as definition
      from pg_index i join pg_class c on c.oid = i.indexrelid
      where i.indrelid in ('search_runs'::regclass, 'search_run_boards'::regclass) and not i.indisprimary`;
    for (const { name } of indexes) await filling`drop index ${filling(name)}`;
    await filling`insert into boards (board, availability) select unnest(${boards}::text[]), 'ready' on conflict do nothing`;
    await filling`
      create temporary table ended on commit drop as
      select gen_random_uuid() as id, n, random() as luck,
        now() - random() * interval '30 days' as completed_at, exp(6 + 4 * random()) * interval '1 millisecond' as took
      from generate_series(1, ${runs}::int) n`;
    await filling`create temporary table someone on commit drop as
      select gen_random_uuid() as id, n from generate_series(0, ${people - 1}::int) n`;
    await filling`create unique index on someone (n)`;
    await filling`
      insert into search_runs (id, user_id, source, status, error_class, parameters, jobs_found, jobs_new, created_at, started_at,
        completed_at, updated_at)
      select e.id, s.id, case when e.n % 6 = 0 then 'manual' else 'cron' end::search_run_source,
        case when e.luck < 0.02 then 'failed' when e.luck < 0.03 then 'cancelled' else 'success' end::search_run_status,
        case when e.luck < 0.00001 then 'workflow_lost' when e.luck < 0.02 then 'all_boards_failed' end,
        jsonb_build_object('title', 'job ' || e.n % 500, 'boards', to_jsonb(${boards}::text[])), 10, 1,
        e.completed_at - e.took, e.completed_at - e.took, e.completed_at, e.completed_at
      from ended e join someone s on s.n = e.n % ${people}::int order by e.id`;
    await filling`
      insert into search_run_boards (run_id, board, user_id, state, sources_total, sources_failed, found, error_class, started_at, completed_at)
      select e.id, b.board, s.id, case when b.wrong then 'failed' else 'success' end::board_state, 1, b.wrong::int, 10,
        case when b.wrong then case when e.n % 3 = 0 then 'timeout' else 'upstream' end end::board_error_class,
        e.completed_at - e.took, e.completed_at
      from ended e join someone s on s.n = e.n % ${people}::int,
        lateral (select board, e.luck < 0.02 or (board = 'greenhouse' and e.luck > 0.975) as wrong
          from unnest(${boards}::text[]) board) b
      order by e.id`;
    await filling`
      insert into source_syncs (source, board, synced_at, failed_at, error_class)
      select 'greenhouse/company' || n, 'greenhouse', now() - n * interval '1 second', now() - n * interval '1 minute', 'timeout'
      from generate_series(1, ${sources}::int) n`;
    await filling`
      insert into schedule_ticks (id, schedule, saved_search_id, due_at, cause, completed_at)
      select 'saved-search/' || n, 'saved-search/' || n % 10000, gen_random_uuid(), t.due, 'schedule', t.due
      from generate_series(1, ${ownTicks}::int) n, lateral (select now() - n * interval '8 seconds' as due) t`;
    await filling`
      insert into board_requests (hour, board, requests)
      select date_trunc('hour', now()) - n * interval '1 hour', board, 20
      from generate_series(0, 719) n, unnest(${boards}::text[]) board`;
    for (const { definition } of indexes) await filling.unsafe(definition);
    await filling`analyze search_runs, search_run_boards`;
    await filling`select recount_figures(now() - interval '31 days', now() + interval '1 hour')`;
  });
  await sql`vacuum analyze search_runs, search_run_boards, source_syncs, schedule_ticks, run_figures, run_duration_figures,
    board_figures, board_requests`;
}
