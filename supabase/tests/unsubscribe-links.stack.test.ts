import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import type { TestStack } from '../../local/testing/stack.js';
import { addMailPerson, startMailStack } from './digest-steps.js';
import { refusal } from './fixtures.js';

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

describe('the unsubscribe link', () => {
  const link = async (userId = person) => (await sql`select unsubscribe_token(${userId}) as token`)[0]?.token;
  const digestOf = async () =>
    (await sql`select digest, unsubscribed_from from profiles where user_id = ${person}`)[0];

  test('is a person’s own, ends their mail, and takes it back', async () => {
    const token = await link();
    expect(await link()).toBe(token);
    expect(await link(await addMailPerson(sql))).not.toBe(token);
    await profile({ digest: 'daily' });
    await sql`select subscribe_again(${token})`;
    await sql`select unsubscribe(${token})`;
    await sql`select unsubscribe(${token})`;
    expect(await digestOf()).toEqual({ digest: 'off', unsubscribed_from: 'daily' });
    await sql`select subscribe_again(${token})`;
    expect(await digestOf()).toEqual({ digest: 'daily', unsubscribed_from: null });
  });

  test('is forgotten when the person chooses a digest themselves', async () => {
    await sql`select unsubscribe(${await link()})`;
    await profile({ digest: 'each_tick' });
    await profile({ digest: 'off' });
    expect(await digestOf()).toEqual({ digest: 'off', unsubscribed_from: null });
  });

  test('is nothing once it is renewed, or made up', async () => {
    const token = await link();
    await sql`delete from unsubscribe_links where user_id = ${person}`;
    expect(await refusal(sql`select unsubscribe(${token})`)).toMatchObject({ code: 'PT404' });
    expect(await refusal(sql`select subscribe_again(${randomUUID()})`)).toMatchObject({ code: 'PT404' });
    expect(await link()).not.toBe(token);
  });
});
