// One file: all of it is of the figures that the admin pages show.
import type postgres from 'postgres';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { addPerson, addRun, asAdmin, asPerson, refusal, search } from './fixtures.js';
import { runSteps } from './run-steps.js';
import { withoutTriggers } from './without-triggers.js';

let stack: TestStack;
let sql: postgres.Sql;
let userId: string;
beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
  userId = await addPerson(sql);
});
afterAll(() => stack?.stop());

const asked = async (call: string) =>
  (await asAdmin(sql, (me) => me.unsafe(`select ${call} as answer`)))[0]?.answer;
const figuresNow = async () => [
  await sql`select * from run_figures order by hour, outcome, source, error_class`,
  await sql`select * from run_duration_figures order by hour, bucket`,
  await sql`select * from board_figures order by hour, board, outcome, error_class`,
];
const boards = ['remotive', 'arbeitnow'] as const;

/** A run of two boards that ends so. */
async function endedRun(
  end: 'success' | 'partial' | 'failed' | 'cancelled' | 'waiting',
  source: 'manual' | 'cron',
) {
  const steps = runSteps(sql);
  const { id } = await addRun(sql, userId, search({ boards: [...boards] }), source);
  if (end === 'waiting') {
    await steps.cancel(id, userId);
    return id;
  }
  await steps.start(id);
  const wrong = { success: 0, partial: 1, failed: 2, cancelled: 0 }[end];
  for (const [n, board] of boards.entries()) {
    await steps.begin(id, board);
    if (n < wrong) await steps.finishBoard(id, board, 0, 1, n === 0 ? 'timeout' : 'blocked');
    else if (end !== 'cancelled') await steps.finishBoard(id, board, 1, 0);
  }
  await steps.finish(id, end === 'cancelled' ? 'cancelled' : 'done');
  return id;
}

test('every run is counted when it ends, by how, and each of its boards', async () => {
  for (const end of ['success', 'success', 'partial', 'failed', 'cancelled', 'waiting'] as const) {
    await endedRun(end, 'cron');
  }
  await endedRun('failed', 'manual');
  const { counts, durations, active } = await asked('admin_run_figures(24)');
  expect(counts).toEqual([
    { outcome: 'cancelled', source: 'cron', error_class: '', runs: 2 },
    { outcome: 'failed', source: 'manual', error_class: 'all_boards_failed', runs: 1 },
    { outcome: 'failed', source: 'cron', error_class: 'all_boards_failed', runs: 1 },
    { outcome: 'partial', source: 'cron', error_class: '', runs: 1 },
    { outcome: 'success', source: 'cron', error_class: '', runs: 2 },
  ]);
  expect(durations[0]).toMatchObject({ at: null, runs: 5 });
  expect(active).toEqual({ pending: 0, running: 0, oldest: null });

  await sql`insert into boards (board, availability) select unnest(${[...boards]}::text[]), 'ready' on conflict do nothing`;
  const of = (await asked('admin_board_figures(24)')).boards.find(
    ({ board }: { board: string }) => board === 'remotive',
  );
  expect(of.outcomes).toEqual([
    { outcome: 'cancelled', error_class: '', runs: 2 },
    { outcome: 'failed', error_class: 'timeout', runs: 3 },
    { outcome: 'success', error_class: '', runs: 2 },
  ]);
});

test('a run whose transaction is taken back is not counted', async () => {
  const before = await figuresNow();
  const { id } = await addRun(sql, userId);
  const taken = sql.begin(async (transaction) => {
    await transaction`select finish_search_run(${id}, 'cancelled')`;
    throw new Error('taken back');
  });
  await expect(taken).rejects.toThrow('taken back');
  expect(await figuresNow()).toEqual(before);
  await sql`select finish_search_run(${id}, 'cancelled')`;
});

test('many that end side by side, several in a transaction, are all counted', async () => {
  const count = async () =>
    (await sql`select coalesce(sum(runs), 0)::int as runs from run_figures where outcome = 'cancelled'`)[0]
      ?.runs;
  const before = await count();
  const ids = (await Promise.all(Array.from({ length: 20 }, () => addRun(sql, userId)))).map(({ id }) => id);
  await Promise.all(
    [ids.slice(0, 10), ids.slice(10)].map((some) =>
      sql.begin(async (transaction) => {
        for (const id of some) await transaction`select finish_search_run(${id}, 'cancelled')`;
      }),
    ),
  );
  expect(await count()).toBe(before + 20);
});

test('counted anew, the figures are the same', async () => {
  const before = await figuresNow();
  expect(before.every((rows) => rows.length > 0)).toBe(true);
  await sql`select recount_figures(now() - interval '2 hours', now() + interval '1 hour')`;
  expect(await figuresNow()).toEqual(before);
});

/** Ended runs of the last forty days, with durations from milliseconds to hours. */
const addManyRuns = () =>
  withoutTriggers(sql, async (filling) => {
    await filling`select setseed(0.5)`;
    await filling`
      insert into search_runs (user_id, source, status, error_class, parameters, created_at, completed_at)
      select ${userId}, case when n % 3 = 0 then 'manual' else 'cron' end::search_run_source, t.status::search_run_status,
        case when t.status = 'failed' then case when n % 2 = 0 then 'timeout' else 'workflow_lost' end end,
        ${sql.json(search({ boards: [...boards] }) as never)}::jsonb || jsonb_build_object('title', n::text),
        t.ended - exp(16 * random()) * interval '1 millisecond', t.ended
      from generate_series(1, 3000) n, lateral (select
        now() - (n % 960) * interval '1 hour' - random() * interval '1 hour' as ended,
        (array['success', 'success', 'success', 'failed', 'cancelled'])[1 + n % 5] as status) t`;
    await filling`
      insert into search_run_boards (run_id, board, user_id, state, sources_failed, error_class, completed_at)
      select r.id, b, r.user_id, case when wrong then 'failed' else 'success' end::board_state, 0,
        case when wrong then 'blocked'::board_error_class end, r.completed_at
      from search_runs r, unnest('{remotive,arbeitnow}'::text[]) b,
        lateral (select b = 'remotive' and hashtext(r.id::text) % 4 = 0 as wrong) w
      where not exists (select from search_run_boards o where o.run_id = r.id)`;
    await filling`select recount_figures(now() - interval '50 days', now() + interval '1 hour')`;
  });

describe('over many runs', () => {
  beforeAll(async () => {
    await addManyRuns();
  });

  test.each([24, 168, 720])('of %i hours the figures are what the runs themselves say', async (hours) => {
    const figures = await asked(`admin_run_figures(${hours})`);
    const ended = sql`
      select date_bin(make_interval(hours => ${figures.step_hours}::int), r.completed_at, ${figures.since}::timestamptz) as at,
        case when r.status = 'success' and exists (select from search_run_boards b where b.run_id = r.id
          and (b.state = 'failed' or b.sources_failed > 0)) then 'partial' else r.status::text end as outcome,
        r.source, coalesce(r.error_class, '') as error_class, extract(epoch from r.completed_at - r.created_at) * 1000 as took
      from search_runs r where r.completed_at >= ${figures.since} and r.completed_at < ${figures.until}
        and r.status in ('success', 'failed', 'cancelled')`;
    expect(figures.counts).toEqual([
      ...(await sql`select outcome, source, error_class, count(*)::int as runs from (${ended}) e
        group by 1, 2, 3 order by 1, 2, 3`),
    ]);
    const steps =
      await sql`select at, outcome, count(*)::int as runs from (${ended}) e group by 1, 2 order by 1, 2`;
    expect(figures.steps.map((step: { at: string }) => ({ ...step, at: new Date(step.at) }))).toEqual([
      ...steps,
    ]);
    const exact = await sql`
      select at, count(*)::int as runs, percentile_disc(0.5) within group (order by took)::float as p50,
        percentile_disc(0.95) within group (order by took)::float as p95
      from (${ended}) e where outcome <> 'cancelled' group by grouping sets ((at), ()) order by at nulls first`;
    expect(figures.durations).toHaveLength(exact.length);
    for (const [n, told] of figures.durations.entries()) {
      expect([told.at && new Date(told.at), told.runs]).toEqual([exact[n]?.at, exact[n]?.runs]);
      for (const share of ['p50', 'p95'])
        expect(Math.abs(told[share] / exact[n]?.[share] - 1)).toBeLessThan(0.025);
    }
  });

  test('the boards’ figures are what the runs’ boards say', async () => {
    const figures = await asked('admin_board_figures(720)');
    const rows = await sql`
      select b.board, case when b.state = 'success' and b.sources_failed > 0 then 'partial' else b.state::text end as outcome,
        coalesce(b.error_class::text, '') as error_class, count(*)::int as runs
      from search_runs r join search_run_boards b on b.run_id = r.id
      where r.completed_at >= ${figures.since} and r.completed_at < ${figures.until} group by 1, 2, 3 order by 1, 2, 3`;
    const told = figures.boards.flatMap(({ board, outcomes }: { board: string; outcomes: object[] }) =>
      outcomes.map((each) => ({ board, ...each })),
    );
    expect(told).toEqual([...rows]);
    expect(told.length).toBeGreaterThan(3);
  });

  type Filters = Record<string, unknown>;
  // Asked for and expected by the same moments: what has passed between two clocks' readings may have a run in it.
  const [from, to] = [3, 1].map((days) => new Date(Date.now() - days * 86_400_000)) as [Date, Date];
  const everyRun = `select r.id, r.status, r.source, r.error_class, r.completed_at, exists (select from search_run_boards b
    where b.run_id = r.id and (b.state = 'failed' or b.sources_failed > 0)) as wrong from search_runs r`;
  test.each<[Filters, string]>([
    [{}, 'true'],
    [{ p_outcome: 'success' }, `status = 'success' and not wrong`],
    [{ p_outcome: 'partial' }, `status = 'success' and wrong`],
    [{ p_outcome: 'failed', p_source: 'manual' }, `status = 'failed' and source = 'manual'`],
    [{ p_error_class: 'workflow_lost' }, `error_class = 'workflow_lost'`],
    [
      { p_board: 'remotive', p_board_failed: true, p_outcome: 'failed' },
      `status = 'failed' and id in (select run_id from search_run_boards where board = 'remotive' and state = 'failed')`,
    ],
    [
      { p_board: 'remotive', p_error_class: 'timeout' },
      `id in (select run_id from search_run_boards where board = 'remotive' and error_class = 'timeout')`,
    ],
    [
      { p_board: 'remotive', p_error_class: 'blocked', p_outcome: 'partial' },
      `status = 'success' and id in (select run_id from search_run_boards where board = 'remotive' and error_class = 'blocked')`,
    ],
    [
      { p_since: from, p_until: to },
      `completed_at >= '${from.toISOString()}' and completed_at < '${to.toISOString()}'`,
    ],
  ])('the list of runs by %j has just those, page by page, the last first', async (filters, where) => {
    await sql`insert into search_runs ${sql({ user_id: userId, source: 'cron', parameters: search() } as never)}`;
    const expected = await sql.unsafe(`select id from (${everyRun}) r where ${where}
      order by coalesce(completed_at, 'infinity') desc, id desc`);
    const listed: { id: string; completed_at: string | null }[] = [];
    const names = [...Object.keys(filters), 'p_after_at', 'p_after_id', 'p_limit'];
    const call = `select admin_runs(${names.map((name, n) => `${name} => $${n + 1}`).join(', ')}) as page`;
    for (let whole = true; whole; ) {
      const last = listed.at(-1);
      const after = last ? [last.completed_at ?? 'infinity', last.id] : [null, null];
      const given = [...Object.values(filters), ...after, 400];
      const page = (await asAdmin(sql, (me) => me.unsafe(call, given as never[])))[0]?.page;
      listed.push(...page);
      whole = page.length === 400;
    }
    expect(listed.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    expect(listed.length).toBeGreaterThan(0);
  });
});

test('ticks of the service’s schedules are told one by one, others in all, with the alerts', async () => {
  const tick = { schedule: 'refresh-all', cause: 'schedule' };
  const [hourAgo, monthAgo] = [new Date(Date.now() - 3_600_000), new Date(Date.now() - 31 * 86_400_000)];
  await sql`insert into schedule_ticks ${sql([
    { ...tick, id: 'refresh-all/a', due_at: hourAgo, completed_at: hourAgo },
    { ...tick, id: 'refresh-all/b', due_at: monthAgo, completed_at: null },
  ])}`;
  const [saved] = await sql`insert into saved_searches
    ${sql({ user_id: userId, name: 'mine', parameters: search() } as never)} returning id`;
  const own = { schedule: `saved-search/${saved?.id}`, saved_search_id: saved?.id, cause: 'schedule' };
  await sql`insert into schedule_ticks ${sql({ ...own, id: 'own/a', due_at: hourAgo })}`;
  await sql`insert into alerts ${sql({ key: 'tick/x', kind: 'tick_missed', message: 'It did not happen.' })}`;
  const figures = await asked(`admin_schedule_figures(24, '{refresh-all}')`);
  expect(figures.ticks).toEqual([expect.objectContaining({ id: 'refresh-all/a', schedule: 'refresh-all' })]);
  expect(new Date(figures.first_ticks['refresh-all'])).toEqual(monthAgo);
  expect(figures.own).toEqual({ begun: 1, completed: 0 });
  expect(figures.alerts).toEqual([
    expect.objectContaining({ kind: 'tick_missed', message: 'It did not happen.', resolved_at: null }),
  ]);
});

test('requests to a board add up by the hour, and a board tells when it was read and failed last', async () => {
  await sql`select count_board_requests('remotive', 3)`;
  await sql`select count_board_requests('remotive', 4)`;
  await sql`insert into board_requests (hour, board, requests) values (now() - interval '3 hours', 'remotive', 2)`;
  await sql`insert into source_syncs ${sql([
    {
      source: 'remotive',
      board: 'remotive',
      synced_at: '2026-01-02T00:00:00Z',
      failed_at: null,
      error_class: null,
    },
    {
      source: 'remotive/x',
      board: 'remotive',
      synced_at: '2026-01-01T00:00:00Z',
      failed_at: '2026-01-03T00:00:00Z',
      error_class: 'blocked',
    },
  ] as never)}`;
  const { boards: told } = await asked('admin_board_figures(24)');
  expect(told.find(({ board }: { board: string }) => board === 'remotive')).toMatchObject({
    requests: 9,
    busiest_hour: 7,
    synced_at: '2026-01-02T00:00:00+00:00',
    failed_at: '2026-01-03T00:00:00+00:00',
    error_class: 'blocked',
    source_failed: 'remotive/x',
  });
});

test.each([
  'admin_run_figures(24)',
  'admin_board_figures(24)',
  `admin_schedule_figures(24, '{}')`,
  'admin_runs()',
])('for whoever is no admin there is no %s', async (call) => {
  const error = await refusal(asPerson(sql, userId, (me) => me.unsafe(`select ${call}`)));
  expect([error.code, error.message]).toEqual(['PT404', 'admins_only']);
  // What people may say of themselves makes nobody an admin.
  const claims = JSON.stringify({ sub: userId, role: 'authenticated', user_metadata: { role: 'admin' } });
  const boasting = sql.begin(async (me) => {
    await me`select set_config('request.jwt.claims', ${claims}, true), set_config('role', 'authenticated', true)`;
    await me.unsafe(`select ${call}`);
  });
  expect((await refusal(boasting)).code).toBe('PT404');
});

test('somebody is made an admin and is one no longer, with what else is said of the account kept', async () => {
  const email = 'operator@example.com';
  const metadata = async () =>
    (await sql`select raw_app_meta_data as of from auth.users where email = ${email}`)[0]?.of;
  const set = async (who: string, admin: boolean) =>
    (await sql`select set_admin(${who}, ${admin}) as done`)[0]?.done;
  for (const kept of [sql.json({ provider: 'email' }), sql.json('{"provider": "email"}')]) {
    await sql`delete from auth.users where email = ${email}`;
    await sql`insert into auth.users (id, email, raw_app_meta_data) values (gen_random_uuid(), ${email}, ${kept})`;
    expect(await set('Operator@Example.com', true)).toBe(true);
    expect(await metadata()).toEqual({ provider: 'email', role: 'admin' });
    expect(await set(email, false)).toBe(true);
    expect(await metadata()).toEqual({ provider: 'email' });
  }
  expect(await set('nobody@example.com', true)).toBe(false);
});
