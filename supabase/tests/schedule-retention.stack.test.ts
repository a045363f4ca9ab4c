import type postgres from 'postgres';
import { tickId } from '../../domain/schedule.js';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { workerSettings } from '../../worker/config.js';
import { addPerson, refusal, search } from './fixtures.js';

let stack: TestStack;
let sql: postgres.Sql;
beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  await sql`truncate search_runs, saved_searches, schedule_ticks, tick_requests, alerts, alert_silences, schedule_watches cascade`;
});

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
const retention = { ticks: 90, requests: 365, alerts: 365 };

async function purge(limit = 100) {
  const { ticks, requests, alerts } = retention;
  const [row] =
    await sql`select purge_schedule_records(${ticks}, ${requests}, ${alerts}, ${limit}) as purged`;
  return row?.purged;
}

/** A tick of the service that began when it was due and was completed. */
async function addTick(dueAt: Date): Promise<string> {
  const id = tickId('refresh-all', dueAt);
  await sql`insert into schedule_ticks ${sql({
    id,
    schedule: 'refresh-all',
    due_at: dueAt,
    begun_at: dueAt,
    cause: 'schedule',
    completed_at: dueAt,
  } as never)}`;
  return id;
}
const begin = (dueAt: Date, days: number | null = retention.ticks) =>
  sql`select begin_tick(${tickId('refresh-all', dueAt)}, 'refresh-all', null, ${dueAt}, 'operator', ${days}) as begun`;

const addAlert = (key: string, more: Record<string, unknown> = {}) =>
  sql`insert into alerts ${sql({ key, kind: 'tick_missed', message: 'It did not happen.', ...more } as never)}`;
const ticks = async () => (await sql`select id from schedule_ticks order by due_at`).map(({ id }) => id);

describe('ticks', () => {
  test('those without runs go after their time, so many at a time', async () => {
    for (const days of [91, 92, 93]) await addTick(daysAgo(days));
    const kept = await addTick(daysAgo(89));
    expect(await purge(2)).toEqual({ ticks: 2, requests: 0, alerts: 0 });
    expect(await purge(2)).toEqual({ ticks: 1, requests: 0, alerts: 0 });
    expect(await ticks()).toEqual([kept]);
  });

  test('one that was begun lately stays, however long ago it was due', async () => {
    const made = await addTick(daysAgo(100));
    await sql`update schedule_ticks set begun_at = now()`;
    await purge();
    expect(await ticks()).toEqual([made]);
  });

  test('one with runs stays with them: the history tells of it, and started again it is completed', async () => {
    const dueAt = daysAgo(100);
    const [person, tick] = [await addPerson(sql), await addTick(dueAt)];
    const [saved] = await sql`insert into saved_searches ${sql({
      user_id: person,
      name: 'saved',
      parameters: search(),
    } as never)} returning id, parameters`;
    await sql`update schedule_ticks set completed_at = null`;
    const due = [
      { id: saved?.id, user_id: person, parameters: saved?.parameters, place_in: [], place_reach: [] },
    ];
    await sql`select create_tick_runs(${tick}, null, ${saved?.id}, ${sql.json(due)}, '{}', true)`;
    expect(await purge()).toMatchObject({ ticks: 0 });
    expect(await sql`select tick_id from search_runs`).toEqual([{ tick_id: tick }]);
    expect((await begin(dueAt))[0]?.begun).toMatchObject({ completed: true, runs_created: 1 });
  });

  test('one that was forgotten is not run as if it had been missed', async () => {
    const dueAt = daysAgo(91);
    await addTick(dueAt);
    await purge();
    expect(await refusal(begin(dueAt))).toMatchObject({ code: 'PT410', message: 'tick_forgotten' });
    expect(await ticks()).toEqual([]);
    // A worker of before says nothing of days.
    expect((await begin(dueAt, null))[0]?.begun).toMatchObject({ completed: false });
  });

  test('one that is known to be missed can be made up for at any time, begun or not', async () => {
    const [missed, unfinished] = [daysAgo(200), daysAgo(100)];
    await addAlert('tick/missed', { tick_id: tickId('refresh-all', missed) });
    const begun = await addTick(unfinished);
    await sql`update schedule_ticks set completed_at = null`;
    await addAlert('tick/unfinished', { tick_id: begun });
    await purge();
    expect(await ticks()).toEqual([begun]);
    expect((await begin(missed))[0]?.begun).toMatchObject({ completed: false });
    expect((await begin(unfinished))[0]?.begun).toMatchObject({ completed: false });
  });

  test('the watchdog never asks for one that may have been forgotten', async () => {
    const longest = workerSettings.shape.WATCHDOG_LOOKBACK_HOURS;
    const shortest = workerSettings.shape.TICK_RETENTION_DAYS;
    const lookback = [...Array(2_000).keys()].filter((hours) => longest.safeParse(hours).success).at(-1) ?? 0;
    const days = [...Array(2_000).keys()].find((each) => shortest.safeParse(each).success) ?? 0;
    const schedule = 'refresh-all';
    await sql`insert into schedule_watches ${sql({ schedule, watched_until: daysAgo(days + 60) } as never)}`;
    const [watch] = await sql`
      select watched_until(${schedule}, now(), ${lookback * 3_600}) > now() - make_interval(days => ${days}) as later`;
    expect(watch?.later).toBe(true);
  });
});

test('requests for ticks go after their time', async () => {
  const ask = (id: string, days: number) =>
    sql`select note_tick_request(${id}, 'refresh-all/2026-11-25T08:00Z', 'signature', 'x', ${daysAgo(days)})`;
  await ask('old', 366);
  await ask('new', 364);
  expect(await purge()).toEqual({ ticks: 0, requests: 1, alerts: 0 });
  expect(await sql`select id from tick_requests`).toEqual([{ id: 'new' }]);
});

test('alerts that are over go after their time with what was told of them; open ones stay', async () => {
  await addAlert('old', { raised_at: daysAgo(400), resolved_at: daysAgo(366) });
  await addAlert('new', { raised_at: daysAgo(400), resolved_at: daysAgo(364) });
  await addAlert('open', { raised_at: daysAgo(400) });
  await sql`insert into alert_notices (alert_id, channel, event, state, message_id)
    select id, 'log', 'raised', 'told', gen_random_uuid() from alerts`;
  const silence = (subject: string, until: Date) =>
    sql`select silence_alerts('board_failing', ${subject}, ${until}, null)`;
  await silence('reed', daysAgo(366));
  await silence('lever', daysAgo(364));
  expect(await purge()).toEqual({ ticks: 0, requests: 0, alerts: 1 });
  expect(await sql`select key from alerts order by key`).toEqual([{ key: 'new' }, { key: 'open' }]);
  expect(await sql`select from alert_notices`).toHaveLength(2);
  expect(await sql`select subject from alert_silences`).toEqual([{ subject: 'lever' }]);
});
