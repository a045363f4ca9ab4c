import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import { tickId } from '../../domain/schedule.js';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { addPerson, addRun, refusal, search } from './fixtures.js';

let stack: TestStack;
let sql: postgres.Sql;
beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  await sql`truncate search_runs, saved_searches, schedule_ticks cascade`;
});

const dueAt = new Date('2026-11-25T08:00:00Z');
const rule = { days: 30, spacing: 900 };

/** Saves a search in the person's name. */
async function save(userId: string, more: Record<string, unknown> = {}) {
  const row = { user_id: userId, name: 'saved', parameters: search(), ...more };
  const [saved] = await sql<{ id: string; parameters: ReturnType<typeof search> }[]>`
    insert into saved_searches ${sql(row as never)} returning id, parameters`;
  if (!saved) throw new Error('the search was not saved');
  return saved;
}

async function begin(schedule = 'refresh-all', savedSearch: string | null = null, at = dueAt) {
  const id = tickId(schedule, at);
  const [row] = await sql`select begin_tick(${id}, ${schedule}, ${savedSearch}, ${at}, 'schedule') as begun`;
  return { id, begun: row?.begun };
}

interface Page {
  reached: string | null;
  searches: { id: string; user_id: string; parameters: unknown; left_out_because: string | null }[];
}

async function list(tick: string, limit = 100): Promise<Page> {
  const [row] = await sql`select tick_searches(${tick}, ${limit}, ${rule.days}, ${rule.spacing}) as page`;
  return row?.page;
}

/** Deals with the tick's next page as the activity does. */
async function dealWith(tick: string, limit = 100, page?: Page) {
  const { reached, searches } = page ?? (await list(tick, limit));
  const leftOut: Record<string, number> = {};
  for (const { left_out_because: reason } of searches)
    if (reason) leftOut[reason] = (leftOut[reason] ?? 0) + 1;
  const due = searches
    .filter((each) => each.left_out_because === null)
    .map((each) => ({ ...each, place_in: ['x'], place_reach: ['x'] }));
  const [row] = await sql`select create_tick_runs(${tick}, ${reached}, ${searches.at(-1)?.id ?? null},
    ${sql.json(due as never)}, ${sql.json(leftOut)}, ${searches.length < limit}) as created`;
  return row?.created;
}

const runsOf = (tick: string) =>
  sql`select saved_search_id, source, status, user_id, place_in from search_runs where tick_id = ${tick}`;

describe('who is left out', () => {
  /** Makes the search as each reason wants it. */
  const reasons: Record<
    string,
    (person: string, saved: Awaited<ReturnType<typeof save>>) => Promise<unknown>
  > = {
    paused: (_, { id }) => sql`update saved_searches set paused_at = now() where id = ${id}`,
    away: (person) =>
      sql`update profiles set seen_at = now() - interval '30 days 1 minute' where user_id = ${person}`,
    quiet: (person) =>
      sql`update profiles set time_zone = 'Asia/Tokyo', quiet_from = '16:30', quiet_to = '17:30' where user_id = ${person}`,
    under_way: (person, { parameters }) => addRun(sql, person, parameters, 'manual'),
    recent: async (person, { parameters }) => {
      const { id } = await addRun(sql, person, parameters);
      await sql`select finish_search_run(${id}, 'cancelled')`;
    },
  };

  test.each(Object.keys(reasons))('%s', async (reason) => {
    const [person, somebody] = [await addPerson(sql), await addPerson(sql)];
    const saved = await save(person);
    const other = await save(somebody);
    await reasons[reason]?.(person, saved);
    const { id } = await begin();
    expect(await dealWith(id)).toMatchObject({ runs_created: 1, left_out: { [reason]: 1 }, completed: true });
    expect(await runsOf(id)).toEqual([
      expect.objectContaining({ saved_search_id: other.id, source: 'cron' }),
    ]);
    expect(await sql`select left_out, left_out_because from schedule_ticks where id = ${id}`).toEqual([
      { left_out: 1, left_out_because: { [reason]: 1 } },
    ]);
  });

  test('searches that do not follow the service are no part of its ticks', async () => {
    const person = await addPerson(sql);
    await save(person, { schedule: 'none' });
    await save(person, { schedule: 'own', own_times: ['08:00'], own_days: [1], time_zone: 'UTC' });
    const { id } = await begin();
    expect(await dealWith(id)).toEqual({ runs: [], runs_created: 0, left_out: {}, completed: true });
  });

  test('a person who was away is due with the next tick once they were here', async () => {
    const person = await addPerson(sql);
    await save(person);
    await sql`update profiles set seen_at = now() - interval '40 days' where user_id = ${person}`;
    expect(await dealWith((await begin()).id)).toMatchObject({ runs_created: 0, left_out: { away: 1 } });
    await sql.begin(async (me) => {
      await me`select set_config('request.jwt.claims', ${JSON.stringify({ sub: person, role: 'authenticated' })}, true)`;
      await me`set local role authenticated`;
      await me`select touch_profile()`;
    });
    const next = await begin('refresh-all', null, new Date('2026-11-25T10:00:00Z'));
    expect(await dealWith(next.id)).toMatchObject({ runs_created: 1, left_out: {} });
  });

  test('a search begun longer ago than the spacing is due, and one that somebody else began', async () => {
    const [person, somebody] = [await addPerson(sql), await addPerson(sql)];
    const saved = await save(person);
    const { id: earlier } = await addRun(sql, person, saved.parameters);
    await sql`select finish_search_run(${earlier}, 'cancelled')`;
    await sql`alter table search_runs disable trigger user`;
    await sql`update search_runs set created_at = now() - interval '15 minutes 1 second' where id = ${earlier}`;
    await sql`alter table search_runs enable trigger user`;
    await addRun(sql, somebody, saved.parameters);
    expect(await dealWith((await begin()).id)).toMatchObject({ runs_created: 1, left_out: {} });
  });

  test('two saved searches that search the same are run once', async () => {
    const person = await addPerson(sql);
    const { parameters } = await save(person);
    await save(person, { parameters });
    expect(await dealWith((await begin()).id)).toMatchObject({ runs_created: 1, left_out: { under_way: 1 } });
  });
});

describe('a tick of one saved search', () => {
  const own = { schedule: 'own', own_times: ['08:00'], own_days: [1, 2, 3, 4, 5, 6, 7], time_zone: 'UTC' };

  test('runs that one alone', async () => {
    const person = await addPerson(sql);
    const { id: savedSearch } = await save(person, own);
    await save(person, own);
    await save(person);
    const { id } = await begin(`saved-search/${savedSearch}`, savedSearch);
    expect(await dealWith(id)).toMatchObject({ runs_created: 1, completed: true });
    expect(await runsOf(id)).toEqual([expect.objectContaining({ saved_search_id: savedSearch })]);
  });

  test('runs nothing when it follows another schedule by now', async () => {
    const { id: savedSearch } = await save(await addPerson(sql));
    const { id } = await begin(`saved-search/${savedSearch}`, savedSearch);
    expect(await dealWith(id)).toMatchObject({ runs_created: 0, left_out: { schedule: 1 } });
  });

  test('runs nothing when it was removed, before the tick or during it', async () => {
    const person = await addPerson(sql);
    await save(person);
    const gone = randomUUID();
    const before = await begin(`saved-search/${gone}`, gone);
    expect(await dealWith(before.id)).toMatchObject({ runs_created: 0, left_out: {}, completed: true });

    const { id: savedSearch } = await save(person, own);
    const during = await begin(`saved-search/${savedSearch}`, savedSearch);
    await sql`delete from saved_searches where id = ${savedSearch}`;
    expect(await dealWith(during.id)).toMatchObject({ runs_created: 0, left_out: {}, completed: true });
  });
});

describe('pages', () => {
  test('go on where the last one ended, and a page dealt with twice changes nothing', async () => {
    for (let n = 0; n < 5; n += 1) await save(await addPerson(sql));
    const { id, begun } = await begin();
    expect(begun).toEqual({ completed: false, boards_fresh: false, runs_created: 0, left_out: {} });

    const first = await list(id, 2);
    expect(await dealWith(id, 2, first)).toMatchObject({ runs_created: 2, completed: false });
    expect(await dealWith(id, 2, first)).toEqual({
      runs: [],
      runs_created: 2,
      left_out: {},
      completed: false,
    });
    // Begun again in the middle, it is the same tick.
    expect((await begin()).begun).toMatchObject({ completed: false, boards_fresh: true, runs_created: 2 });
    expect(await dealWith(id, 2)).toMatchObject({ runs_created: 4, completed: false });
    expect(await dealWith(id, 2)).toMatchObject({ runs_created: 5, completed: true });
    expect((await list(id, 2)).searches).toEqual([]);
    expect(await dealWith(id, 2)).toMatchObject({ runs: [], runs_created: 5, completed: true });
    expect((await begin()).begun).toMatchObject({ completed: true });
    expect(new Set((await runsOf(id)).map((run) => run.saved_search_id)).size).toBe(5);
  });

  test('end also where the last one is full, or what was left was removed', async () => {
    for (let n = 0; n < 4; n += 1) await save(await addPerson(sql));
    const { id } = await begin();
    expect(await dealWith(id, 2)).toMatchObject({ runs_created: 2, completed: false });
    await sql`delete from saved_searches where id > (select reached from schedule_ticks where id = ${id})`;
    expect(await dealWith(id, 2)).toMatchObject({ runs_created: 2, completed: true });
  });

  test('a search begun by the person while its page was read is theirs', async () => {
    const person = await addPerson(sql);
    const { parameters } = await save(person);
    const { id } = await begin();
    const page = await list(id);
    await addRun(sql, person, parameters, 'manual');
    expect(await dealWith(id, 100, page)).toMatchObject({
      runs: [],
      runs_created: 0,
      left_out: { under_way: 1 },
    });
  });

  test('a saved search removed while its page was read has no run', async () => {
    const [person, somebody] = [await addPerson(sql), await addPerson(sql)];
    await save(person);
    const { id: removed } = await save(somebody);
    const { id } = await begin();
    const page = await list(id);
    await sql`delete from saved_searches where id = ${removed}`;
    expect(await dealWith(id, 100, page)).toMatchObject({ runs_created: 1, completed: true });
  });

  test('of a tick that nobody began', async () => {
    const nothing = { reached: null, searches: [] };
    expect((await refusal(dealWith('refresh-all/2026-01-01T08:00Z', 100, nothing))).code).toBe('PT404');
  });
});

test('the boards of a tick are those that due searches name', async () => {
  const [person, away] = [await addPerson(sql), await addPerson(sql)];
  await save(person, { parameters: search({ boards: ['remotive', 'greenhouse'] }) });
  await save(person, { parameters: search({ boards: ['lever'] }), paused_at: new Date() });
  await save(away, { parameters: search({ boards: ['jobicy'] }) });
  await sql`update profiles set seen_at = now() - interval '40 days' where user_id = ${away}`;
  const { id } = await begin();
  expect(await sql`select tick_boards(${id}, ${rule.days}, ${rule.spacing}) as board`).toEqual([
    { board: 'greenhouse' },
    { board: 'remotive' },
  ]);
});

test('a source that a tick reads for everybody is not stopped by the run that leaves it', async () => {
  const { id: run } = await addRun(sql, await addPerson(sql));
  const others = async () => {
    await sql`select join_source_sync('remotive', ${run})`;
    return (await sql`select leave_source_sync('remotive', ${run}) as left`)[0]?.left;
  };
  expect(await others()).toBe(0);
  const { id } = await begin();
  expect(await others()).toBe(1);
  await dealWith(id);
  expect(await others()).toBe(0);
});
