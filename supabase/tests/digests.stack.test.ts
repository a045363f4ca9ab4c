import { DateTime } from 'luxon';
import type postgres from 'postgres';
import type { TestStack } from '../../local/testing/stack.js';
import { addMailPerson, addSavedSearch, addTick, startMailStack, tickRun } from './digest-steps.js';
import { posting, recordPage } from './fixtures.js';

let stack: TestStack;
let sql: postgres.Sql;
let person: string;

beforeAll(async () => {
  stack = await startMailStack();
  sql = stack.sql;
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  await sql`delete from digests`;
  person = await addMailPerson(sql);
});

/** How long a tick without an end is waited for, and how much later a daily digest goes out, in seconds. */
const tickSeconds = 3_600;
const graceSeconds = 300;

const due = async (after: string | null = null) =>
  (await sql`select digests_due(100, ${after}, ${tickSeconds}, ${graceSeconds}) as user_id`).map(
    (row) => row.user_id,
  );
const begin = async (userId = person, { searches = 20, postings = 10 } = {}) =>
  (
    await sql`select begin_digest_mail(${userId}, ${tickSeconds}, ${graceSeconds}, ${searches}, ${postings}) as mail`
  )[0]?.mail;
const finish = (mail: string, end: string, error: string | null = null, userId = person) =>
  sql`select finish_digest_mail(${userId}, ${mail}, ${end}, ${error}, 60)`;
const digests = (userId = person) => sql`select * from digests where user_id = ${userId} order by tick_id`;
const states = async (userId = person) => (await digests(userId)).map(({ state }) => state);
const profile = (changes: Record<string, unknown>, userId = person) =>
  sql`update profiles set ${sql(changes)} where user_id = ${userId}`;

/** A saved search that a completed tick has run, and what it found. */
async function ranAtTick(
  options: { tick?: string; name?: string; titles?: string[]; userId?: string } = {},
): Promise<{ tick: string; savedSearch: string; run: string }> {
  const { tick = await addTick(sql), name = 'Welder', titles = ['Welder'], userId = person } = options;
  const savedSearch = await addSavedSearch(sql, userId, name);
  const run = await tickRun(sql, { tick, userId, savedSearch, titles });
  return { tick, savedSearch, run };
}

describe('a digest a person and tick', () => {
  test('is planned with the runs, once, for whoever wants mail', async () => {
    const other = await addMailPerson(sql);
    const silent = await addMailPerson(sql);
    await profile({ digest: 'off' }, silent);
    const tick = await addTick(sql);
    for (const userId of [person, other, silent]) {
      await ranAtTick({ tick, userId });
      await ranAtTick({ tick, userId });
    }
    expect(await states(person)).toEqual(['waiting']);
    expect(await states(other)).toEqual(['waiting']);
    expect(await states(silent)).toEqual([]);

    const { mail_id } = await begin();
    await finish(mail_id, 'sent');
    await sql`select plan_digests(${tick}, ${[person]}::uuid[])`;
    expect(await states(person)).toEqual(['sent']);
  });

  test('is not planned when no mail is sent at all', async () => {
    await sql`delete from service_limits where name = 'mail_is_sent'`;
    try {
      await ranAtTick();
      expect(await states()).toEqual([]);
    } finally {
      await sql`insert into service_limits ${sql({ name: 'mail_is_sent', value: 1 })}`;
    }
  });

  test('waits for all of the person’s runs, and for the tick to have made them all', async () => {
    const tick = await addTick(sql, { completed: false });
    await ranAtTick({ tick });
    const savedSearch = await addSavedSearch(sql, person);
    const run = await tickRun(sql, { tick, userId: person, savedSearch, end: null });
    expect(await due()).toEqual([]);
    await sql`update schedule_ticks set completed_at = now() where id = ${tick}`;
    expect(await due()).toEqual([]);
    expect(await begin()).toBeNull();
    await sql`select finish_search_run(${run}, 'cancelled')`;
    expect(await due()).toEqual([person]);
  });

  test('does not wait for ever for a tick that was broken off', async () => {
    const tick = await addTick(sql, { completed: false });
    await ranAtTick({ tick });
    await sql`update schedule_ticks set begun_at = begun_at - interval '2 hours' where id = ${tick}`;
    expect(await due()).toEqual([person]);
  });

  test('is due page by page, in the order of people', async () => {
    const people = [person, await addMailPerson(sql), await addMailPerson(sql)].sort();
    const tick = await addTick(sql);
    for (const userId of people) await ranAtTick({ tick, userId });
    expect(await due()).toEqual(people);
    expect(await due(people[0])).toEqual(people.slice(1));
    expect(await due(people[2])).toEqual([]);
  });
});

describe('when it goes out', () => {
  const clock = (offset: { hours: number }) => DateTime.now().setZone('Europe/London').plus(offset);

  test('not in the person’s quiet hours', async () => {
    await ranAtTick();
    await profile({
      quiet_from: clock({ hours: -1 }).toFormat('HH:mm'),
      quiet_to: clock({ hours: 1 }).toFormat('HH:mm'),
    });
    expect(await due()).toEqual([]);
    expect(await begin()).toBeNull();
    await profile({
      quiet_from: clock({ hours: 1 }).toFormat('HH:mm'),
      quiet_to: clock({ hours: 2 }).toFormat('HH:mm'),
    });
    expect(await due()).toEqual([person]);
  });

  test('daily ones at the person’s time, several ticks in one mail, once a day', async () => {
    const at = clock({ hours: -1 });
    await profile({ digest: 'daily', digest_at: at.toFormat('HH:mm') });
    const early = await ranAtTick({
      tick: await addTick(sql, { dueAt: at.minus({ hours: 9 }) }),
      titles: ['A'],
    });
    // The tick of that same minute belongs to it.
    const same = await ranAtTick({
      tick: await addTick(sql, { dueAt: at.startOf('minute') }),
      titles: ['B'],
    });
    const late = await ranAtTick({
      tick: await addTick(sql, { dueAt: at.plus({ minutes: 30 }) }),
      titles: ['C'],
    });
    expect(await due()).toEqual([person]);
    const mail = await begin();
    expect(mail).toMatchObject({ total: 2, searches_total: 2 });
    await finish(mail.mail_id, 'sent');
    const state = new Map((await digests()).map((row) => [row.tick_id, row.state]));
    expect([early, same, late].map(({ tick }) => state.get(tick))).toEqual(['sent', 'sent', 'waiting']);
    expect(await due()).toEqual([]);

    // A day later.
    await sql`update digests set closed_at = closed_at - interval '1 day' where state = 'sent'`;
    await sql`update schedule_ticks set due_at = due_at - interval '1 day' where id = ${late.tick}`;
    expect(await due()).toEqual([person]);
  });

  test('daily ones wait for every tick that was due by their time', async () => {
    const at = clock({ hours: -1 });
    await profile({ digest: 'daily', digest_at: at.toFormat('HH:mm') });
    await ranAtTick({ tick: await addTick(sql, { dueAt: at.minus({ hours: 9 }) }) });
    const tick = await addTick(sql, { dueAt: at.startOf('minute'), completed: false });
    await ranAtTick({ tick });
    expect(await due()).toEqual([]);
    await sql`update schedule_ticks set completed_at = now() where id = ${tick}`;
    expect(await due()).toEqual([person]);
  });

  test('the last time a clock showed, over the change of the clocks', async () => {
    const last = async (time: string, moment: string) =>
      (await sql`select last_time_of_day('Europe/London', ${time}, ${moment}) as at`)[0]?.at.toISOString();
    expect(await last('08:00', '2026-11-25T08:00:00Z')).toBe('2026-11-25T08:00:00.000Z');
    expect(await last('08:00', '2026-11-25T07:59:00Z')).toBe('2026-11-24T08:00:00.000Z');
    expect(await last('08:00', '2026-03-29T06:59:00Z')).toBe('2026-03-28T08:00:00.000Z');
    expect(await last('08:00', '2026-03-29T07:00:00Z')).toBe('2026-03-29T07:00:00.000Z');
    expect(await last('08:00', '2026-10-25T07:59:00Z')).toBe('2026-10-24T07:00:00.000Z');
  });
});

describe('a mail', () => {
  test('has only what is new, open and not hidden, by saved search', async () => {
    const tick = await addTick(sql);
    const seen = posting({ title: 'Mason' });
    await recordPage(sql, 'remotive', [seen]);
    await ranAtTick({ name: 'Earlier', titles: [] });
    const earlier = await addSavedSearch(sql, person, 'Masons', 'mason');
    await tickRun(sql, { tick: await addTick(sql), userId: person, savedSearch: earlier, titles: ['Mason'] });
    await sql`delete from digests`;

    await tickRun(sql, { tick, userId: person, savedSearch: earlier, titles: ['Mason', 'Stone mason'] });
    const { run } = await ranAtTick({
      tick,
      name: 'Bakers',
      titles: ['Baker', 'Night baker', 'Baker abroad', 'Gone baker'],
    });
    await sql`update postings set closed_at = now() where title = 'Gone baker'`;
    await sql`insert into hidden_terms (user_id, kind, key, text) values (${person}, 'word', 'night', 'night')`;
    await sql`
      insert into job_marks (user_id, posting_id, hidden_at)
      select ${person}, id, now() from postings where title = 'Baker abroad'`;

    const mail = await begin();
    expect(mail).toMatchObject({
      total: 2,
      searches_total: 2,
      digest: 'each_tick',
      searches: expect.arrayContaining([
        {
          name: 'Masons',
          run_id: expect.any(String),
          total: 1,
          postings: [expect.objectContaining({ title: 'Stone mason' })],
        },
        { name: 'Bakers', run_id: run, total: 1, postings: [expect.objectContaining({ title: 'Baker' })] },
      ]),
    });
    expect(mail.address).toBe(`${person}@example.com`);
    expect(mail.unsubscribe_token).toMatch(/^[0-9a-f]{64}$/);
  });

  test('shows so many searches and postings, and counts all', async () => {
    const tick = await addTick(sql);
    await ranAtTick({ tick, name: 'Many', titles: ['A1', 'A2', 'A3', 'A4'] });
    await ranAtTick({ tick, name: 'Few', titles: ['B1'] });
    const mail = await begin(person, { searches: 1, postings: 3 });
    expect(mail).toMatchObject({ total: 5, searches_total: 2 });
    expect(mail.searches).toEqual([expect.objectContaining({ name: 'Many', total: 4 })]);
    expect(mail.searches[0].postings).toHaveLength(3);
  });

  test('with nothing new is not sent, and that is the end of it', async () => {
    await ranAtTick({ titles: [] });
    expect(await begin()).toBeNull();
    expect(await states()).toEqual(['empty']);
    expect(await due()).toEqual([]);
  });

  test('keeps its id and its ticks in every attempt; what comes meanwhile is another mail', async () => {
    const first = await ranAtTick({ titles: ['One'] });
    const mail = await begin();
    await ranAtTick({ titles: ['Two'] });
    const again = await begin();
    expect([again.mail_id, again.total]).toEqual([mail.mail_id, 1]);
    await finish(mail.mail_id, 'sent');
    await finish(mail.mail_id, 'later');
    const [sent] = await sql`select * from digests where tick_id = ${first.tick}`;
    expect(sent).toMatchObject({
      state: 'sent',
      attempts: 2,
      mail_id: mail.mail_id,
      closed_at: expect.any(Date),
    });
    const next = await begin();
    expect(next.mail_id).not.toBe(mail.mail_id);
    expect(next.total).toBe(1);
  });

  test('that is put off is not listed until then; one that is refused is closed', async () => {
    await ranAtTick();
    const { mail_id } = await begin();
    await finish(mail_id, 'later', '451 4.7.1');
    expect(await due()).toEqual([]);
    expect(await digests()).toMatchObject([{ state: 'sending', error: '451 4.7.1' }]);
    await sql`update digests set put_off_until = now()`;
    expect(await due()).toEqual([person]);
    await finish(mail_id, 'unreachable', 'ESOCKET');
    expect(await due()).toEqual([person]);
    await finish(mail_id, 'refused', '550 5.1.1');
    expect(await digests()).toMatchObject([{ state: 'refused', error: '550 5.1.1' }]);
    expect(await due()).toEqual([]);
  });

  test('goes to a confirmed address only', async () => {
    await ranAtTick();
    await sql`update auth.users set email_confirmed_at = null where id = ${person}`;
    expect(await begin()).toBeNull();
    expect(await digests()).toMatchObject([{ state: 'refused', error: 'no address' }]);
  });

  test('is not sent to whoever ended them meanwhile', async () => {
    await ranAtTick();
    await profile({ digest: 'off' });
    expect(await begin()).toBeNull();
    expect(await states()).toEqual(['unwanted']);
  });

  test('that waited too long is dropped, and closed ones are forgotten', async () => {
    await ranAtTick();
    await ranAtTick();
    const [one, other] = await digests();
    await sql`update digests set created_at = now() - interval '4 days' where tick_id = ${one?.tick_id}`;
    const [answer] = await sql`select close_old_digests(72, 30) as late`;
    expect([answer?.late, await states()]).toEqual([1, expect.arrayContaining(['late', 'waiting'])]);
    await sql`update digests set closed_at = now() - interval '31 days' where tick_id = ${one?.tick_id}`;
    await sql`select close_old_digests(72, 30)`;
    expect(await digests()).toMatchObject([{ tick_id: other?.tick_id }]);
  });
});
