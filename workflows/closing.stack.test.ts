import { waitFor } from '../local/testing/wait-for.js';
import { startTick, tickRow } from './testing/ticks.js';
import { triggerSchedule } from './testing/trigger-schedule.js';
import { startWorld, type World } from './testing/world.js';
import { sweepScheduleId } from './workflow-ids.js';

const hour = 3_600_000;

let world: World;
beforeAll(async () => {
  world = await startWorld({ TICK_RETENTION_DAYS: '90' });
});
afterAll(() => world?.stop());

/** Reads a board anew, as a run of whoever asks first does. */
async function read(board: string): Promise<void> {
  await world.forgetFreshness();
  const run = await world.ended(await world.startRun({ boards: [board] }));
  expect(run).toMatchObject({ status: 'success', boards: [{ board, state: 'success' }] });
}

const postingsOf = async (board: string) => {
  const [row] = await world.stack.sql<{ open: number; closed: number }[]>`
    select count(*) filter (where closed_at is null)::int as open,
      count(*) filter (where closed_at is not null)::int as closed
    from posting_sources where board = ${board}`;
  return row ?? { open: 0, closed: 0 };
};

test.each(['remotive', 'lever'])(
  '%s: what left the list is closed, what comes back is open',
  async (board) => {
    const { control } = world.boards;
    await read(board);
    const before = await postingsOf(board);
    expect(before.closed).toBe(0);

    // Sample jobs that came up lately are filled within a day.
    control.advanceClock(21 * hour);
    await read(board);
    const after = await postingsOf(board);
    expect(after.closed).toBeGreaterThan(0);
    const closed = await world.stack.sql`
    select from postings p join posting_sources s on s.posting_id = p.id
    where s.board = ${board} and s.closed_at is not null and p.closed_at is null
      and not exists (select from posting_sources o where o.posting_id = p.id and o.closed_at is null)`;
    expect(closed).toHaveLength(0);

    control.reset();
    await read(board);
    expect((await postingsOf(board)).open).toBeGreaterThanOrEqual(before.open);
  },
);

test('a feed of one week says nothing of what left it: its board is asked, and only the filled ones are closed', async () => {
  const { control } = world.boards;
  await read('jobicy');
  control.advanceClock(8 * 24 * hour);
  await read('jobicy');
  const asked = control.requests().filter(({ path }) => path.includes('/status?ids='));
  expect(asked.length).toBeGreaterThan(0);
  const rows = await world.stack.sql<{ id: string; closed: boolean }[]>`
    select board_posting_id as id, closed_at is not null as closed from posting_sources
    where board = 'jobicy' order by first_seen_at, board_posting_id limit 100`;
  const ids = rows.map(({ id }) => id).join();
  const answer = await fetch(`${world.boards.url}/jobicy.com/api/v2/remote-jobs/status?ids=${ids}`);
  const { jobs } = (await answer.json()) as { jobs: { id: number; status: string }[] };
  expect(new Set(jobs.map(({ status }) => status))).toEqual(new Set(['active', 'closed']));
  expect(rows.map(({ id, closed }) => [id, closed ? 'closed' : 'active'])).toEqual(
    jobs.map(({ id, status }) => [String(id), status]),
  );
  control.reset();
});

test('a board that does not tell of single postings is searched all the same', async () => {
  const { control } = world.boards;
  control.advanceClock(16 * 24 * hour);
  control.setBehaviour({ host: 'jobicy.com', path: '/status', behaviour: 'not_found' });
  const { closed } = await postingsOf('jobicy');
  await read('jobicy');
  expect(control.requests().some(({ path }) => path.includes('/status?ids='))).toBe(true);
  expect((await postingsOf('jobicy')).closed).toBe(closed);
  control.reset();
});

test('the sweep closes what is past its date and removes what nobody’s results hold', async () => {
  const { sql } = world.stack;
  await read('remotive');
  await sql`update postings set closed_at = null, expires_at = now() - interval '1 hour'
    where id in (select posting_id from posting_sources where board = 'remotive' order by 1 limit 3)`;
  await triggerSchedule(world, sweepScheduleId);
  await waitFor(
    async () =>
      (await sql`select from postings where expires_at <= now() and closed_at is null`).length === 0,
    { what: 'postings past their date to be closed' },
  );
});

test('the sweep forgets old ticks without runs; one that was forgotten is not run again', async () => {
  const { sql } = world.stack;
  const id = 'refresh-all/2026-01-05T08:00Z';
  await sql`insert into schedule_ticks ${sql({
    id,
    schedule: 'refresh-all',
    due_at: '2026-01-05T08:00:00Z',
    begun_at: '2026-01-05T08:00:10Z',
    completed_at: '2026-01-05T08:00:20Z',
    cause: 'schedule',
  } as never)}`;
  await triggerSchedule(world, sweepScheduleId);
  await waitFor(async () => (await sql`select from schedule_ticks where id = ${id}`).length === 0, {
    what: 'the tick to be forgotten',
  });
  const again = await startTick(world, '2026-01-05T08:00:00Z');
  await expect(again.result()).rejects.toMatchObject({ cause: { cause: { type: 'tick_forgotten' } } });
  expect(await tickRow(world, '2026-01-05T08:00:00Z')).toBeUndefined();
});
