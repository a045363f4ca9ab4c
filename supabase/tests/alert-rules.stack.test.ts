import type postgres from 'postgres';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { addPerson, addRun, addRunIn, search } from './fixtures.js';

let stack: TestStack;
let sql: postgres.Sql;
beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  await sql`truncate alerts, alert_looks, alert_notices, alert_silences, search_runs, source_syncs, boards cascade`;
});

const key = 'board_failing/reed';
interface Found {
  over?: number;
  under?: number;
  value?: number;
  change?: 'raise' | 'resolve' | 'forget' | null;
}
const record = (look: string, found: Found = {}) => {
  const row = { key, kind: 'board_failing', over: 0, under: 0, value: 1, change: null, message: 'It fails.' };
  return sql`select record_looks(${look}, ${sql.json([{ ...row, ...found }])})`;
};
const alerts = async () =>
  (await sql`select key, subject, resolved_at is not null as over from alerts order by raised_at`).map(
    (row) => ({ ...row }),
  );

describe('a look', () => {
  test('counts once, however often it is repeated', async () => {
    await record('one', { over: 1 });
    await record('one', { over: 2, change: 'raise' });
    expect(await alerts()).toEqual([]);
    await record('two', { over: 2, change: 'raise' });
    await record('two', { over: 2, change: 'raise' });
    expect(await alerts()).toEqual([{ key, subject: 'reed', over: false }]);
    const [row] = await sql`select alert_look_states() as states`;
    expect(row?.states).toEqual([{ key, over: 2, under: 0, is_open: true }]);
  });

  test('resolves what is open, and forgets what is there no more', async () => {
    await record('one', { over: 1, change: 'raise' });
    await record('two', { under: 1, change: 'resolve' });
    expect(await alerts()).toEqual([{ key, subject: 'reed', over: true }]);
    await record('three', { change: 'forget' });
    expect(await sql`select from alert_looks`).toHaveLength(0);
    // Another time it is another alert.
    await record('four', { over: 1, change: 'raise' });
    expect((await alerts()).map(({ over }) => over)).toEqual([true, false]);
  });
});

interface Message {
  id: string;
  notices: { event: string; kind: string; subject: string }[];
}
const claim = async (channel = 'slack', { repeats = false, stale = 300, limit = 20 } = {}) => {
  const [row] = await sql`select claim_alert_notices(${channel}, ${repeats}, ${stale}, ${limit}) as message`;
  return row?.message as Message | null;
};
const close = (
  message: Message | null,
  outcome: string,
  { repeats = false, putOff = null as number | null } = {},
) => sql`select close_alert_message(${message?.id ?? null}, ${outcome}, ${repeats}, 'a code', ${putOff})`;
const events = (message: Message | null) => message?.notices.map(({ event }) => event);
const states = async () =>
  (await sql`select state from alert_notices order by event`).map(({ state }) => state);

describe('telling', () => {
  beforeEach(() => record('raised', { over: 1, change: 'raise' }));
  const resolve = () => record('resolved', { under: 1, change: 'resolve' });

  test('is once that it is so and once that it is over, on each channel', async () => {
    for (const channel of ['slack', 'email']) {
      const message = await claim(channel);
      expect(events(message)).toEqual(['raised']);
      expect(await claim(channel)).toBeNull();
      await close(message, 'told');
      expect(await claim(channel)).toBeNull();
    }
    await resolve();
    const over = await claim();
    expect(events(over)).toEqual(['resolved']);
    await close(over, 'told');
    expect(await claim()).toBeNull();
    expect(events(await claim('email'))).toEqual(['resolved']);
  });

  test('is claimed by one of many at the same moment', async () => {
    const claimed = await Promise.all(Array.from({ length: 10 }, () => claim()));
    expect(claimed.filter(Boolean)).toHaveLength(1);
  });

  test('is one message for several, and not too many', async () => {
    await sql`insert into alerts (key, kind, message)
      select 'queue_age/' || n, 'queue_age', 'It waits.' from generate_series(1, 4) n`;
    const sizes = [];
    for (
      let message = await claim('slack', { limit: 2 });
      message;
      message = await claim('slack', { limit: 2 })
    ) {
      sizes.push(message.notices.length);
      await close(message, 'told');
    }
    expect(sizes).toEqual([2, 2, 1]);
  });

  test('comes again when it was certainly not taken, at once or after the pause that was asked for', async () => {
    await close(await claim(), 'not_told');
    const again = await claim();
    expect(events(again)).toEqual(['raised']);
    await close(again, 'not_told', { putOff: 60 });
    expect(await claim()).toBeNull();
    await sql`update alert_notices set put_off_until = now()`;
    const [row] = await sql`select attempts, error from alert_notices`;
    expect({ ...row }).toEqual({ attempts: 2, error: 'a code' });
    expect(events(await claim())).toEqual(['raised']);
  });

  test('that it is over comes only to those who were told that it was so', async () => {
    await close(await claim(), 'not_told');
    await resolve();
    expect(await claim()).toBeNull();
    expect(await claim('email')).toBeNull();
  });

  test('whose fate nobody knows is not told again where it would be shown twice', async () => {
    const died = await claim();
    // The process died: nobody closes it.
    expect(await claim('slack', { stale: 300 })).toBeNull();
    expect(await claim('slack', { stale: -1 })).toBeNull();
    expect(await states()).toEqual(['unsure']);
    await close(died, 'told');
    expect(await states()).toEqual(['unsure']);
    await resolve();
    expect(events(await claim())).toEqual(['resolved']);
  });

  test('whose fate nobody knows is told again under its id where it is known again', async () => {
    const email = { repeats: true };
    const died = await claim('email', email);
    expect(await claim('email', email)).toBeNull();
    const again = await claim('email', { ...email, stale: -1 });
    expect(again).toEqual(died);
    await close(again, 'unsure', email);
    expect(await claim('email', email)).toEqual(died);
    await close(died, 'told', email);
    expect(await claim('email', { ...email, stale: -1 })).toBeNull();
  });
});

describe('a silence', () => {
  const silence = (subject: string | null, until: postgres.PendingQuery<postgres.Row[]>) =>
    sql`select silence_alerts('board_failing', ${subject}, ${until}, 'known')`;
  const anHour = () => sql`now() + interval '1 hour'`;
  beforeEach(() => record('raised', { over: 1, change: 'raise' }));

  test.each([
    ['of the rule', null],
    ['of the subject', 'reed'],
  ])('%s holds back what would be told, until it ends', async (_, subject) => {
    await silence(subject, anHour());
    expect(await claim()).toBeNull();
    await silence(subject, sql`now()`);
    expect(events(await claim())).toEqual(['raised']);
  });

  test('of another subject does not', async () => {
    await silence('remotive', anHour());
    expect(events(await claim())).toEqual(['raised']);
  });

  test('that outlasts an alert leaves nothing to tell', async () => {
    await silence(null, anHour());
    await record('resolved', { under: 1, change: 'resolve' });
    await sql`delete from alert_silences`;
    expect(await claim()).toBeNull();
  });

  test('holds back that a told alert is over, and is shown', async () => {
    await close(await claim(), 'told');
    await silence(null, anHour());
    await record('resolved', { under: 1, change: 'resolve' });
    expect(await claim()).toBeNull();
    const [row] = await sql`select alerts_overview(24) as overview`;
    expect(row?.overview).toEqual({
      alerts: [
        expect.objectContaining({
          rule: 'board_failing',
          subject: 'reed',
          silenced: true,
          notices: [{ channel: 'slack', event: 'raised', state: 'told', error: 'a code' }],
        }),
      ],
      silences: [{ rule: 'board_failing', subject: null, until: expect.any(String), reason: 'known' }],
    });
    await sql`delete from alert_silences`;
    expect(events(await claim())).toEqual(['resolved']);
  });
});

describe('what the rules look at', () => {
  const figures = async () => {
    const [row] = await sql`select alert_figures(60, 30) as figures`;
    return row?.figures;
  };
  const fails = (source: string, hoursAgo: number, errorClass = 'auth') => sql`
    insert into source_syncs (source, board, failed_at, error_class)
    values (${source}, split_part(${source}, '/', 1), now() - make_interval(hours => ${hoursAgo}), ${errorClass})`;
  const failsAgain = (source: string) =>
    sql`update source_syncs set failed_at = now() where source = ${source}`;
  const succeeds = (source: string, hoursAgo = 0) => sql`
    insert into source_syncs (source, board, synced_at)
    values (${source}, split_part(${source}, '/', 1), now() - make_interval(hours => ${hoursAgo}))
    on conflict (source) do update set synced_at = excluded.synced_at, failed_at = null, error_class = null`;
  const hours = async () => {
    const { boards } = await figures();
    return boards.map((board: { hours: number }) => Math.round(board.hours));
  };

  test('how the last runs ended, but for cancelled ones', async () => {
    const person = await addPerson(sql);
    for (const status of ['failed', 'success', 'cancelled', 'running'] as const) {
      await addRunIn(status, sql, person, search({ title: status }));
    }
    expect((await figures()).runs).toEqual({ ended: 2, failed: 1 });
  });

  test('runs under way for too long', async () => {
    expect((await figures()).stuck).toEqual({ runs: 0, minutes: 0, oldest: null });
    const person = await addPerson(sql);
    const { id } = await addRunIn('running', sql, person);
    // A schedule's run that has not begun waits for its turn.
    await addRun(sql, person, search({ title: 'waits' }));
    await sql`alter table search_runs disable trigger user`;
    await sql`update search_runs set created_at = now() - interval '50 minutes', started_at = now() - interval '45 minutes' where status = 'running'`;
    await sql`update search_runs set created_at = now() - interval '90 minutes' where status = 'pending'`;
    await sql`alter table search_runs enable trigger user`;
    expect((await figures()).stuck).toEqual({ runs: 1, minutes: expect.closeTo(45, 0), oldest: id });
  });

  test('the size of the database', async () => {
    expect((await figures()).database_bytes).toBeGreaterThan(1_000_000);
  });

  test('for how long a board has failed, since its first failure after its last success', async () => {
    await sql`insert into boards (board, availability) values ('lever', 'ready'), ('reed', 'needs_key')`;
    await fails('reed', 9);
    expect(await hours()).toEqual([0]);
    await fails('lever/acme', 7);
    await failsAgain('lever/acme');
    expect(await hours()).toEqual([7]);
    // One of its sources is read: so can the board be.
    await succeeds('lever/fox', 3);
    await failsAgain('lever/acme');
    expect(await hours()).toEqual([3]);
    await succeeds('lever/fox');
    expect(await hours()).toEqual([0]);
  });

  test('a company that is not there, and a sync that was stopped, say nothing about their board', async () => {
    await sql`insert into boards (board, availability) values ('lever', 'ready')`;
    await fails('lever/gone', 9, 'not_found');
    await fails('lever/stopped', 9, 'cancelled');
    expect(await hours()).toEqual([0]);
  });
});
