import type postgres from 'postgres';
import type { TestStack } from '../../local/testing/stack.js';
import { addMailPerson, addSavedSearch, startMailStack } from './digest-steps.js';

let stack: TestStack;
let sql: postgres.Sql;
let person: string;

beforeAll(async () => {
  stack = await startMailStack();
  sql = stack.sql;
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  person = await addMailPerson(sql);
});

const profile = (changes: Record<string, unknown>) =>
  sql`update profiles set ${sql(changes)} where user_id = ${person}`;

describe('word before searches rest', () => {
  const toTell = async () =>
    (await sql`select rest_notices_due(10, null, 30, 3) as user_id`).map((row) => row.user_id);
  const notice = async () => (await sql`select begin_rest_notice(${person}, 30, 3) as notice`)[0]?.notice;
  const told = (seenAt: string, end: string) =>
    sql`select finish_rest_notice(${person}, ${seenAt}, ${end}, 60)`;

  beforeEach(async () => {
    await sql`update profiles set seen_at = now()`;
    await addSavedSearch(sql, person, 'Sailor');
    await profile({ seen_at: new Date(Date.now() - 28 * 86_400_000) });
  });

  test('goes once to whoever was away, and again after another absence', async () => {
    expect(await toTell()).toEqual([person]);
    const first = await notice();
    expect(first).toMatchObject({ searches: ['Sailor'], address: `${person}@example.com` });
    expect((await notice()).mail_id).toBe(first.mail_id);
    await told(first.seen_at, 'sent');
    expect(await toTell()).toEqual([]);
    expect(await notice()).toBeNull();

    await profile({ seen_at: new Date(Date.now() - 29 * 86_400_000), rest_told_at: null });
    expect(await toTell()).toEqual([person]);
    expect((await notice()).mail_id).not.toBe(first.mail_id);
  });

  test('is not noted for somebody who came back meanwhile', async () => {
    const { seen_at } = await notice();
    await profile({ seen_at: new Date() });
    await told(seen_at, 'sent');
    expect(await sql`select rest_told_at from profiles where user_id = ${person}`).toEqual([
      { rest_told_at: null },
    ]);
    expect(await toTell()).toEqual([]);
  });

  test('waits when the server puts it off', async () => {
    await told((await notice()).seen_at, 'later');
    expect(await toTell()).toEqual([]);
    await profile({ rest_put_off_until: new Date() });
    expect(await toTell()).toEqual([person]);
  });

  test('is for people with searches that run by themselves, and not for whoever unsubscribed', async () => {
    await sql`update saved_searches set paused_at = now() where user_id = ${person}`;
    expect(await toTell()).toEqual([]);
    await sql`update saved_searches set paused_at = null, schedule = 'none' where user_id = ${person}`;
    expect(await toTell()).toEqual([]);
    await sql`update saved_searches set schedule = 'service' where user_id = ${person}`;
    // Digests that were turned off in the settings do not turn this off.
    await profile({ digest: 'off' });
    expect(await toTell()).toEqual([person]);
    await profile({ digest: 'each_tick' });
    const [link] = await sql`select unsubscribe_token(${person}) as token`;
    await sql`select unsubscribe(${link?.token})`;
    expect(await toTell()).toEqual([]);
    expect(await notice()).toBeNull();
  });
});
