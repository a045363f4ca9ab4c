import type postgres from 'postgres';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { addPerson, search } from './fixtures.js';

let stack: TestStack;
let sql: postgres.Sql;
beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  await sql`truncate alerts, schedule_watches, search_runs, saved_searches, schedule_ticks cascade`;
});

const grace = 1_800;
const day = 86_400;
const due = (tick: string) => ({
  tick,
  schedule: tick.slice(0, tick.lastIndexOf('/')),
  due: tick.slice(tick.lastIndexOf('/') + 1),
});
const watch = (...ticks: string[]) =>
  sql`select watch_ticks('refresh-all', now(), ${sql.json(ticks.map(due))})`;
const settle = (...schedules: string[]) => sql`select settle_tick_alerts(${grace}, ${day}, ${schedules})`;
const alerts = () => sql`select tick_id, kind, resolved_at is not null as over from alerts order by tick_id`;

async function addTick(
  tick: string,
  { completed = true, begunSecondsAgo = 0, savedSearch = null as string | null } = {},
) {
  const { schedule, due: dueAt } = due(tick);
  const begun = sql`now() - make_interval(secs => ${begunSecondsAgo})`;
  await sql`insert into schedule_ticks (id, schedule, saved_search_id, due_at, cause, begun_at, completed_at)
    values (${tick}, ${schedule}, ${savedSearch}, ${dueAt}::timestamptz, 'schedule', ${begun},
      case when ${completed} then now() end)`;
}

const tick = 'refresh-all/2026-02-02T08:00Z';

test('a tick that did not happen is an alert, once, until it was made up for', async () => {
  await watch(tick, 'refresh-all/2026-02-02T10:00Z');
  await watch(tick);
  await settle('refresh-all');
  expect(await alerts()).toEqual([
    { tick_id: tick, kind: 'tick_missed', over: false },
    { tick_id: 'refresh-all/2026-02-02T10:00Z', kind: 'tick_missed', over: false },
  ]);
  await addTick(tick);
  await settle('refresh-all');
  await settle('refresh-all');
  await watch(tick);
  expect((await alerts()).map(({ over }) => over)).toEqual([true, false]);
});

test('a tick that happened is none; one that did not come to its end is', async () => {
  const [completed, underWay, stuck] = ['08:00', '10:00', '14:00'].map(
    (time) => `refresh-all/2026-02-02T${time}Z`,
  );
  await addTick(completed ?? '');
  await addTick(underWay ?? '', { completed: false, begunSecondsAgo: grace - 600 });
  await addTick(stuck ?? '', { completed: false, begunSecondsAgo: grace + 600 });
  await watch(completed ?? '');
  await settle('refresh-all');
  expect(await alerts()).toEqual([{ tick_id: stuck, kind: 'tick_unfinished', over: false }]);
});

test('how far a schedule was watched is kept, and never goes back', async () => {
  const until = async (since: string) =>
    (await sql`select watched_until('refresh-all', ${since}, ${10 * 365 * day}) as at`)[0]?.at.toISOString();
  expect(await until('2026-02-02T08:00:00Z')).toBe('2026-02-02T08:00:00.000Z');
  await sql`select watch_ticks('refresh-all', '2026-02-02T09:00:00Z', '[]')`;
  await sql`select watch_ticks('refresh-all', '2026-02-02T08:30:00Z', '[]')`;
  expect(await until('2026-02-03T08:00:00Z')).toBe('2026-02-02T09:00:00.000Z');
  // What was due longer ago than anybody looks back is not looked at.
  const [row] =
    await sql`select watched_until('refresh-all', now(), ${day}) > now() - interval '25 hours' as recent`;
  expect(row?.recent).toBe(true);
});

test('a schedule that is defined no more has no alerts, and is watched from then on when it comes back', async () => {
  await sql`select watched_until('refresh-all', now(), ${day})`;
  await watch(tick);
  await settle();
  expect(await alerts()).toEqual([{ tick_id: tick, kind: 'tick_missed', over: true }]);
  expect(await sql`select from schedule_watches`).toHaveLength(0);
});

describe('a saved search with times of its own', () => {
  const own = { schedule: 'own', own_times: ['08:00'], own_days: [1, 2], time_zone: 'Europe/Berlin' };
  async function missed() {
    const row = { user_id: await addPerson(sql), name: 'saved', parameters: search(), ...own };
    const [saved] = await sql`insert into saved_searches ${sql(row as never)} returning id`;
    const id: string = saved?.id;
    await watch(`saved-search/${id}/2026-02-02T07:00Z`);
    await settle('refresh-all');
    expect((await alerts()).map(({ over }) => over)).toEqual([false]);
    return id;
  }

  test('is no alert any more after a later tick of it', async () => {
    const id = await missed();
    await addTick(`saved-search/${id}/2026-02-01T07:00Z`, { savedSearch: id });
    await settle('refresh-all');
    expect((await alerts()).map(({ over }) => over)).toEqual([false]);
    await addTick(`saved-search/${id}/2026-02-03T07:00Z`, { savedSearch: id });
    await settle('refresh-all');
    expect((await alerts()).map(({ over }) => over)).toEqual([true]);
  });

  test.each([
    [
      'follows another schedule',
      (id: string) => sql`update saved_searches set schedule = 'none' where id = ${id}`,
    ],
    ['is paused', (id: string) => sql`update saved_searches set paused_at = now() where id = ${id}`],
    ['is removed', (id: string) => sql`delete from saved_searches where id = ${id}`],
  ])('is no alert any more when it %s', async (_, change) => {
    await change(await missed());
    await settle('refresh-all');
    expect((await alerts()).map(({ over }) => over)).toEqual([true]);
  });

  test('is listed with its timetable, page by page', async () => {
    const [a, b] = [await missed(), ''];
    expect(b).toBe('');
    const [row] = await sql`select own_timetables(null, 10) as listed, own_timetables(${a}, 10) as after`;
    expect(row?.listed).toEqual([
      { id: a, times: ['08:00'], days: [1, 2], timeZone: 'Europe/Berlin', changed_at: expect.any(String) },
    ]);
    expect(row?.after).toEqual([]);
  });
});
