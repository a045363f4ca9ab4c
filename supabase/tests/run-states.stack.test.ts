import postgres from 'postgres';
import { boardStates, isFinished, type RunStatus, runStatuses, runTransitions } from '../../domain/run.js';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { waitFor } from '../../local/testing/wait-for.js';
import {
  addPerson,
  addRun,
  addRunIn,
  asPerson,
  createRun,
  knownBoards,
  readRun,
  refusal,
  search,
} from './fixtures.js';

let stack: TestStack;
let sql: postgres.Sql;
let userId: string;

beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  userId = await addPerson(sql);
});

const move = (id: string, to: RunStatus) => sql`update search_runs set status = ${to} where id = ${id}`;
const finished = runStatuses.filter(isFinished);

describe('the steps of a run are those of domain/run.ts', () => {
  test('the database knows the same statuses and board states', async () => {
    const labels = async (type: string) =>
      (await sql`select unnest(enum_range(null::${sql(type)}))::text as label`).map(({ label }) => label);
    expect(await labels('search_run_status')).toEqual([...runStatuses]);
    expect(await labels('board_state')).toEqual([...boardStates]);
  });

  const pairs = runStatuses.flatMap((from) =>
    runStatuses
      .filter((to) => to !== from)
      .map((to) => ({ from, to, allowed: runTransitions[from].includes(to) })),
  );

  test.each(pairs.filter(({ allowed }) => allowed))('$from → $to', async ({ from, to }) => {
    const before = await addRunIn(from, sql, userId);
    await move(before.id, to);
    const after = await readRun(sql, before.id);
    expect(after.status).toBe(to);
    expect(Number(after.revision)).toBe(Number(before.revision) + 1);
  });

  test.each(pairs.filter(({ allowed }) => !allowed))('$from → $to is refused', async ({ from, to }) => {
    const before = await addRunIn(from, sql, userId);
    const error = await refusal(move(before.id, to));
    expect([error.code, error.message]).toEqual([
      'PT409',
      isFinished(from) ? 'run_is_finished' : 'run_state_refused',
    ]);
    expect(await readRun(sql, before.id)).toEqual(before);
  });
});

test('a run starts at the start, whatever it is inserted with', async () => {
  const [run] = await sql`
    insert into search_runs ${sql({
      user_id: userId,
      parameters: sql.json(search() as never),
      status: 'success',
      revision: 40,
      jobs_found: 9,
      jobs_new: 9,
      error_class: 'auth',
      error_message: 'x',
      started_at: new Date(),
      completed_at: new Date(),
      cancel_requested_at: new Date(),
    })} returning *`;
  expect(run).toMatchObject({
    status: 'pending',
    revision: '0',
    jobs_found: null,
    jobs_new: null,
    error_class: null,
    error_message: null,
    started_at: null,
    completed_at: null,
    cancel_requested_at: null,
  });
});

describe('a finished run', () => {
  test.each(finished)('%s: nothing of it changes', async (status) => {
    const before = await addRunIn(status, sql, userId);
    for (const change of [
      { jobs_found: 99 },
      { error_message: 'later' },
      { completed_at: new Date(0) },
      { cancel_requested_at: new Date() },
      { idempotency_key: 'later' },
      { first_of_its_search: !before.first_of_its_search },
    ]) {
      const error = await refusal(sql`update search_runs set ${sql(change)} where id = ${before.id}`);
      expect([error.code, error.message]).toEqual(['PT409', 'run_is_finished']);
    }
    expect(await readRun(sql, before.id)).toEqual(before);
  });

  test.each(finished)('%s: a late update of a board is refused', async (status) => {
    const { id } = await addRunIn(status, sql, userId);
    const boards = () => sql`select * from search_run_boards where run_id = ${id}`;
    const before = await boards();
    const error = await refusal(sql`update search_run_boards set found = 9 where run_id = ${id}`);
    expect([error.code, error.message]).toEqual(['PT409', 'run_is_finished']);
    expect(await boards()).toEqual(before);
  });

  test('outlives its saved search, and not its person', async () => {
    const [saved] = await sql`
      insert into saved_searches (user_id, name, parameters)
      values (${userId}, 'x', ${sql.json(search() as never)}) returning id`;
    const { id } = await addRun(sql, userId);
    await sql`update search_runs set saved_search_id = ${saved?.id} where id = ${id}`;
    await move(id, 'failed');

    await sql`delete from saved_searches where id = ${saved?.id}`;
    const [run] = await sql`select status, saved_search_id from search_runs where id = ${id}`;
    expect(run).toEqual({ status: 'failed', saved_search_id: null });

    await sql`delete from auth.users where id = ${userId}`;
    expect(await readRun(sql, id)).toBeUndefined();
  });
});

test('what a run is asked to do does not change while it runs', async () => {
  const { id } = await addRunIn('running', sql, userId);
  const other = await addPerson(sql);
  for (const change of [
    { user_id: other },
    { source: 'manual' },
    { parameters: sql.json(search() as never) },
    { created_at: new Date(0) },
  ]) {
    const error = await refusal(sql`update search_runs set ${sql(change)} where id = ${id}`);
    expect([error.code, error.message]).toEqual(['PT409', 'run_is_immutable']);
  }
});

describe('times', () => {
  test('a run begins when it runs and is complete when it ends', async () => {
    const run = await addRun(sql, userId);
    expect([run.started_at, run.completed_at]).toEqual([null, null]);
    await move(run.id, 'running');
    const running = await readRun(sql, run.id);
    expect([running.started_at, running.completed_at]).toEqual([expect.any(Date), null]);
    await move(run.id, 'success');
    const ended = await readRun(sql, run.id);
    expect(ended.started_at).toEqual(running.started_at);
    expect(Number(ended.completed_at)).toBeGreaterThanOrEqual(Number(ended.started_at));
  });

  test.each(['failed', 'cancelled'] as const)(
    'a run that is %s before it began has no beginning',
    async (to) => {
      const run = await addRunIn(to, sql, userId);
      expect([run.started_at, run.completed_at]).toEqual([null, expect.any(Date)]);
    },
  );
});

describe('the audit log', () => {
  const events = (id: string) => sql`
    select kind, from_status, to_status, actor, client_context, detail
    from search_run_events where run_id = ${id} order by id`;
  const event = (kind: string, from: string | null, to: string, actor: string, more = {}) => ({
    kind,
    from_status: from,
    to_status: to,
    actor,
    client_context: null,
    detail: null,
    ...more,
  });

  test('has one row a step, with who did it and from which client', async () => {
    const { id } = await createRun(sql, userId);
    await sql`select start_search_run(${id}, ${sql.json(knownBoards)})`;
    await asPerson(sql, userId, (me) => me`select request_cancel(${id})`);
    await sql`select finish_search_run(${id}, 'cancelled', 'reconciler')`;
    expect(await events(id)).toEqual([
      event('created', null, 'pending', 'user', { client_context: { device: 'phone' } }),
      event('status', 'pending', 'running', 'workflow'),
      event('cancel_requested', 'running', 'running', 'user'),
      event('status', 'running', 'cancelled', 'reconciler'),
    ]);
  });

  test('says why a run failed, and nothing of what was refused or was no step', async () => {
    const { id } = await addRunIn('running', sql, userId);
    await refusal(move(id, 'pending'));
    await sql`update search_runs set jobs_found = 3 where id = ${id}`;
    await sql`update search_runs set status = 'failed', error_class = 'timeout' where id = ${id}`;
    await refusal(move(id, 'success'));
    expect(await events(id)).toEqual([
      event('created', null, 'pending', 'service'),
      event('status', 'pending', 'running', 'service'),
      event('status', 'running', 'failed', 'service', { detail: 'timeout' }),
    ]);
  });
});

test('every change of a run or its boards counts its revision up and is told to who listens', async () => {
  const listener = postgres(stack.listenerUrl, { max: 1 });
  try {
    const heard: { run: string; user: string; revision: number }[] = [];
    await listener.listen('search_run_changed', (payload) => heard.push(JSON.parse(payload)));

    const { id } = await addRun(sql, userId);
    await move(id, 'running');
    await sql`update search_run_boards set state = 'running' where run_id = ${id}`;
    await sql`update search_run_boards set page = page + 1 where run_id = ${id}`;
    await sql`update search_run_boards set state = 'success' where run_id = ${id}`;
    // A change that is taken back, or touches no row, is none.
    const takenBack = sql.begin(async (me) => {
      await me`update search_runs set jobs_found = 1 where id = ${id}`;
      throw new Error('taken back');
    });
    expect((await refusal(takenBack)).message).toBe('taken back');
    await sql`update search_run_boards set page = 9 where run_id = ${id} and board = 'lever'`;
    await move(id, 'success');

    const run = await readRun(sql, id);
    const last = Number(run.revision);
    await waitFor(() => heard.some(({ revision }) => revision === last), { what: 'the last change' });
    expect(heard).toEqual([0, 1, 2, 3, 4, 5].map((revision) => ({ run: id, user: userId, revision })));
    expect(last).toBe(5);
  } finally {
    await listener.end({ timeout: 1 });
  }
});
