import type postgres from 'postgres';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { addPerson, asPerson, search } from './fixtures.js';

let stack: TestStack;
let sql: postgres.Sql;
let me: string;

beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  me = await addPerson(sql);
  await sql`truncate own_schedules`;
});

const own = { schedule: 'own', own_times: ['08:00'], own_days: [1, 5], time_zone: 'Europe/Paris' };
const wanted = { times: ['08:00'], days: [1, 5], timeZone: 'Europe/Paris', paused: false };

/** Saves a search as the person does, and answers with its id. */
const save = (columns: Record<string, unknown> = own) =>
  asPerson(sql, me, async (my): Promise<string> => {
    const [row] = await my`insert into saved_searches
      ${my({ user_id: me, name: 'mine', parameters: search(), ...columns } as never)} returning id`;
    return row?.id;
  });
const change = (id: string, columns: Record<string, unknown>) =>
  asPerson(sql, me, (my) => my`update saved_searches set ${my(columns)} where id = ${id}`);
const remove = (id: string) => asPerson(sql, me, (my) => my`delete from saved_searches where id = ${id}`);

interface Row {
  wanted: object | null;
  revision: number;
  applied_revision: number | null;
}
const row = async (id: string) => {
  const [found] = await sql<Row[]>`
    select wanted, revision, applied_revision from own_schedules where saved_search_id = ${id}`;
  return found;
};
const settle = (id: string, revision: number) => sql`select settle_own_schedule(${id}, ${revision})`;
const page = (changed: boolean, after: string | null = null, limit = 10) =>
  sql`select * from own_schedules_after(${after}, ${limit}, ${changed})`.then((rows) =>
    rows.map(({ saved_search_id }) => saved_search_id),
  );

describe('what is wanted follows the saved search', () => {
  test('own times, from the start or later', async () => {
    expect(await row(await save())).toEqual({ wanted, revision: 1, applied_revision: null });
    const later = await save({});
    expect(await row(later)).toBeUndefined();
    await change(later, own);
    expect(await row(later)).toMatchObject({ wanted });
  });

  test('each change of its times is a revision; a change of its name, or to the same, is none', async () => {
    const id = await save();
    await change(id, { own_times: ['09:30', '21:00'], time_zone: 'UTC' });
    expect(await row(id)).toMatchObject({
      wanted: { ...wanted, times: ['09:30', '21:00'], timeZone: 'UTC' },
      revision: 2,
    });
    await change(id, { name: 'another' });
    await change(id, { own_times: ['09:30', '21:00'] });
    expect(await row(id)).toMatchObject({ revision: 2 });
  });

  test('paused and resumed', async () => {
    const id = await save();
    await change(id, { paused_at: new Date() });
    expect(await row(id)).toMatchObject({ wanted: { ...wanted, paused: true }, revision: 2 });
    await change(id, { paused_at: null });
    expect(await row(id)).toMatchObject({ wanted, revision: 3 });
  });

  test.each(['service', 'none'])('schedule %s: none is wanted, and the times are kept', async (schedule) => {
    const id = await save();
    await change(id, { schedule });
    expect(await row(id)).toMatchObject({ wanted: null, revision: 2 });
    await change(id, { schedule: 'own' });
    expect(await row(id)).toMatchObject({ wanted, revision: 3 });
  });

  test('a removed search, and a removed account, leave word that the schedule has to go', async () => {
    const [removed, gone] = [await save(), await save({ ...own, name: 'other' })];
    await remove(removed);
    await sql`delete from auth.users where id = ${me}`;
    expect(await row(removed)).toMatchObject({ wanted: null, revision: 2 });
    expect(await row(gone)).toMatchObject({ wanted: null, revision: 2 });
  });
});

describe('what is brought to Temporal', () => {
  test('is settled by its revision, and not asked for again', async () => {
    const [first, second] = [await save(), await save()].sort();
    expect(await page(true)).toEqual([first, second]);
    expect(await page(true, null, 1)).toEqual([first]);
    expect(await page(true, first)).toEqual([second]);
    await settle(String(first), 1);
    expect(await page(true)).toEqual([second]);
    expect(await page(false)).toEqual([first, second]);
  });

  test('a change meanwhile is not lost', async () => {
    const id = await save();
    await change(id, { own_times: ['10:00'] });
    await settle(id, 1);
    expect(await page(true)).toEqual([id]);
  });

  test('whoever was overtaken makes everybody go again', async () => {
    const id = await save();
    await change(id, { own_times: ['10:00'] });
    // The one that brought revision 2 tells first, and may have been first in Temporal too.
    await settle(id, 2);
    expect(await page(true)).toEqual([]);
    await settle(id, 1);
    expect(await page(true)).toEqual([id]);
    // The other way round.
    const revision = (await row(id))?.revision ?? 0;
    await change(id, { own_times: ['11:00'] });
    await settle(id, revision);
    await settle(id, revision + 1);
    expect(await page(true)).toEqual([id]);
  });

  test('a removed one is forgotten when it is gone from Temporal', async () => {
    const id = await save();
    await settle(id, 1);
    await remove(id);
    expect(await page(true)).toEqual([id]);
    expect(await page(false)).toEqual([]);
    await settle(id, 2);
    expect(await row(id)).toBeUndefined();
    // Somebody slow made it after all.
    await settle(id, 1);
    expect(await page(true)).toEqual([id]);
  });

  test('strange ones are marked to be removed, those that are known are left', async () => {
    const known = await save();
    const strange = '00000000-0000-4000-8000-000000000001';
    const disown = () => sql`select disown_schedules(${[known, strange, strange]}::uuid[]) as id`;
    expect(await disown()).toEqual([{ id: strange }]);
    expect(await disown()).toEqual([]);
    expect(await row(strange)).toMatchObject({ wanted: null, applied_revision: null });
    expect(await row(known)).toMatchObject({ wanted });
  });
});
