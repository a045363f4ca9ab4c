import type { SearchParameters } from '../../domain/search.js';
import { startTestStack, type TestStack, type TestUser } from '../../local/testing/stack.js';
import { addRun, search } from './fixtures.js';
import { withoutTriggers } from './without-triggers.js';

let stack: TestStack;
let person: TestUser;

beforeAll(async () => {
  stack = await startTestStack();
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  person = await stack.createUser();
  await setLimits({ active_runs_per_user: 3, manual_runs_per_hour: 30 });
});

async function setLimits(limits: Record<string, number>) {
  for (const [name, value] of Object.entries(limits)) {
    await stack.sql`update service_limits set value = ${value} where name = ${name}`;
  }
}

const create = (parameters: SearchParameters = search(), key?: string) =>
  person.client.rpc('create_search_run', { p_parameters: parameters, p_idempotency_key: key ?? null });
const insert = (parameters: SearchParameters = search()) =>
  person.client.from('search_runs').insert({ parameters });
const end = (id: string) => stack.sql`update search_runs set status = 'failed' where id = ${id}`;
const runs = () => stack.sql`
  select id, status from search_runs where user_id = ${person.id} order by created_at`;

async function created(...asked: Parameters<typeof create>): Promise<{ id: string; joined: boolean }> {
  const { data, error } = await create(...asked);
  if (error) throw error;
  const { id, joined, run } = data;
  expect(run).toMatchObject({ id, user_id: person.id, boards: expect.any(Array) });
  return { id, joined };
}

describe('active runs', () => {
  const tooMany = { code: 'PT429', message: 'too_many_active_runs', details: '3', hint: '15' };

  test.each([
    ['create_search_run', create],
    ['a plain insert', insert],
  ])('the fourth by %s is refused with how long to wait, until one ends', async (_way, start) => {
    const first = await created();
    await created();
    await created();
    const { error, status } = await start();
    expect([error, status]).toEqual([tooMany, 429]);
    expect(await runs()).toHaveLength(3);
    await end(first.id);
    expect((await start()).error).toBeNull();
  });

  test('two at once at the limit: one is let in, by either way', async () => {
    await created();
    await created();
    const answers = await Promise.all([create(), insert()]);
    expect(answers.map(({ error }) => error?.message ?? 'let in').sort()).toEqual([
      'let in',
      'too_many_active_runs',
    ]);
    expect(await runs()).toHaveLength(3);
  });

  test('twenty at once fill what is left and no more', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => create()));
    expect(answers.filter(({ error }) => error === null)).toHaveLength(3);
    expect(await runs()).toHaveLength(3);
  });

  test("scheduled runs and other people's count for nothing", async () => {
    const other = await stack.createUser();
    for (let i = 0; i < 3; i += 1) {
      await addRun(stack.sql, person.id);
      await addRun(stack.sql, other.id, search(), 'manual');
    }
    await created();
    expect(await runs()).toHaveLength(4);
  });
});

describe('runs in an hour', () => {
  test('the hint is the seconds until the oldest of them is an hour old', async () => {
    await setLimits({ manual_runs_per_hour: 2 });
    for (const minutesAgo of [50, 20]) {
      const { id } = await created();
      await end(id);
      // A run's time is its own: only here it is moved, past the trigger.
      await withoutTriggers(
        stack.sql,
        (sql) =>
          sql`update search_runs set created_at = now() - ${`${minutesAgo} minutes`}::interval where id = ${id}`,
      );
    }
    const { error, status } = await create();
    expect([error?.code, error?.message, error?.details, status]).toEqual([
      'PT429',
      'too_many_runs_this_hour',
      '2',
      429,
    ]);
    // Ten minutes less what this test took.
    expect(Number(error?.hint)).toBeLessThanOrEqual(600);
    expect(Number(error?.hint)).toBeGreaterThan(400);

    await withoutTriggers(
      stack.sql,
      (sql) =>
        sql`update search_runs set created_at = created_at - interval '11 minutes' where user_id = ${person.id}`,
    );
    expect((await create()).error).toBeNull();
    expect((await create()).error?.message).toBe('too_many_runs_this_hour');
  });

  test('two at once at the limit: one is let in', async () => {
    await setLimits({ manual_runs_per_hour: 1 });
    const answers = await Promise.all([create(), create()]);
    expect(answers.map(({ error }) => error?.message ?? 'let in').sort()).toEqual([
      'let in',
      'too_many_runs_this_hour',
    ]);
  });

  test('joining a run that is there already uses nothing up', async () => {
    await setLimits({ manual_runs_per_hour: 1, active_runs_per_user: 1 });
    const parameters = search();
    const { id } = await created(parameters, 'key');
    expect(await created(parameters)).toEqual({ id, joined: true });
    expect(await created(parameters, 'key')).toEqual({ id, joined: true });
  });
});

describe('an idempotency key', () => {
  test('the same request again is the same run, also when it is over', async () => {
    const parameters = search();
    const { id, joined } = await created(parameters, 'key');
    expect(joined).toBe(false);
    expect(await created(parameters, 'key')).toEqual({ id, joined: true });
    await end(id);
    expect(await created(parameters, 'key')).toEqual({ id, joined: true });
    expect(await runs()).toHaveLength(1);
  });

  test('with another search it is a conflict', async () => {
    await created(search(), 'key');
    const { error, status } = await create(search(), 'key');
    expect([error?.code, error?.message, status]).toEqual(['PT409', 'idempotency_key_reused', 409]);
    expect(await runs()).toHaveLength(1);
  });

  test("is a person's own", async () => {
    const parameters = search();
    const mine = await created(parameters, 'key');
    person = await stack.createUser();
    expect((await created(parameters, 'key')).id).not.toBe(mine.id);
  });

  test('ten at once with one key are one run', async () => {
    const parameters = search();
    const answers = await Promise.all(Array.from({ length: 10 }, () => created(parameters, 'key')));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter(({ joined }) => !joined)).toHaveLength(1);
    expect(await runs()).toHaveLength(1);
  });
});

describe('the same search', () => {
  test('is another one when only stated pay is asked for', async () => {
    const parameters = search();
    const first = await created(parameters);
    const other = await created({ ...parameters, salaryKnownOnly: true });
    expect([first.joined, other.joined, other.id === first.id]).toEqual([false, false, false]);
  });

  test('active already is joined; over, it is searched again', async () => {
    const parameters = search();
    const first = await created(parameters);
    await stack.sql`update search_runs set status = 'running' where id = ${first.id}`;
    expect(await created(parameters)).toEqual({ id: first.id, joined: true });
    await end(first.id);
    const second = await created(parameters);
    expect([second.joined, second.id === first.id]).toEqual([false, false]);
  });

  test('ten at once are one run', async () => {
    const parameters = search();
    const answers = await Promise.all(Array.from({ length: 10 }, () => created(parameters)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter(({ joined }) => !joined)).toHaveLength(1);
    expect(await runs()).toHaveLength(1);
  });

  test('a scheduled one is joined too, and a second active one cannot be', async () => {
    const parameters = search();
    const { id } = await addRun(stack.sql, person.id, parameters);
    expect(await created(parameters)).toEqual({ id, joined: true });
    expect((await insert(parameters)).error?.code).toBe('23505');
  });

  const asked = search({
    title: 'Rust Engineer',
    boards: ['remotive', 'lever'],
    excludeWords: ['Senior', 'Lead'],
  });
  test.each([
    [
      'letter case and order do not count',
      { title: 'rust engineer', excludeWords: ['lead', 'senior'] },
      true,
    ],
    ['boards do', { boards: ['remotive' as const] }, false],
    ['left-out words do', { excludeWords: ['lead'] }, false],
    ['the place does', { place: 'London' }, false],
    ['remote does', { remoteOnly: true }, false],
    ['pay does', { salaryFloor: { amount: 50_000, currency: 'GBP' } }, false],
    ['age does', { maxAgeDays: 7 }, false],
  ])('%s', async (_what, change, same) => {
    const { id } = await created(asked);
    expect((await created({ ...asked, ...change })).id === id).toBe(same);
  });

  test('knows whether it was ever searched with success', async () => {
    const parameters = search();
    const firsts: boolean[] = [];
    for (const outcome of ['failed', 'success', 'success']) {
      const { id } = await created(parameters);
      await stack.sql`update search_runs set status = 'running' where id = ${id}`;
      const [run] = await stack.sql`
        update search_runs set status = ${outcome} where id = ${id} returning first_of_its_search as first`;
      firsts.push(run?.first);
    }
    expect(firsts).toEqual([true, true, false]);
  });
});

test.each<[string, Record<string, unknown>]>([
  ['no title', { title: undefined }],
  ['an empty title', { title: '' }],
  ['a long title', { title: 'x'.repeat(121) }],
  ['a title that is no text', { title: 7 }],
  ['no boards', { boards: undefined }],
  ['an empty list of boards', { boards: [] }],
  ['boards that are no list', { boards: 'remotive' }],
  ['a board with too long a name', { boards: ['x'.repeat(51)] }],
  ['an age of half a day', { maxAgeDays: 0.5 }],
  ['an age below nothing', { maxAgeDays: -1 }],
  ['an age beyond numbers', { maxAgeDays: 1e300 }],
  ['pay in no currency', { salaryFloor: { amount: 1 } }],
  ['pay that is no number', { salaryFloor: { amount: 'x', currency: 'GBP' } }],
  ['remote that is no yes or no', { remoteOnly: 'x' }],
  ['left-out words that are no list', { excludeWords: 'x' }],
  ['too many left-out words', { excludeWords: Array(21).fill('x') }],
  ['a NUL in the title', { title: 'a\u0000b' }],
  ['more than a search needs', { note: 'x'.repeat(9_000) }],
])('a search with %s is refused, whichever way it comes in', async (_what, wrong) => {
  const parameters = { ...search(), ...wrong } as SearchParameters;
  for (const { error, status } of [await create(parameters), await insert(parameters)]) {
    expect({ refused: error !== null, status }).toEqual({ refused: true, status: 400 });
  }
  expect(await runs()).toHaveLength(0);
});
