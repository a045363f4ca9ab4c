import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { reed } from '../local/boards/wire/index.js';
import { startWorld, type World } from './testing/world.js';
import { boardSyncWorkflowId, searchRunWorkflowId } from './workflow-ids.js';

/** A board that is asked what a search asks, with a key; and one for which there is none. */

const key = 'k3y-of-this-test';
const host = 'www.reed.co.uk';

let world: World;
beforeAll(async () => {
  world = await startWorld({ REED_API_KEY: key });
});
afterAll(() => world?.stop());
beforeEach(async () => {
  world.boards.control.reset();
  await world.forgetFreshness();
  await world.stack.sql`delete from board_queries`;
});

const keywordsAsked = () =>
  world.boards.control
    .requests()
    .filter((request) => request.host === host)
    .map(({ path }) => new URLSearchParams(path.split('?')[1]).get('keywords'));
const sources = async () =>
  (await world.stack.sql<{ source: string }[]>`select source from board_queries`).map(({ source }) => source);

test('two runs that ask the same, each in its own spelling, share a request; another query is another', async () => {
  world.boards.control.hold(host);
  const somebodyElse = await world.stack.createUser();
  const first = await world.startRun({ title: 'Registered Nurse', boards: ['reed'] });
  await world.boards.control.waitForRequest((request) => request.host === host);
  const second = await world.startRun({ title: ' registered  NURSE -night', boards: ['reed'] }, somebodyElse);
  const third = await world.startRun({ title: 'accountant', boards: ['reed'] });
  await world.boards.control.waitForRequest(({ path }) => path.includes('accountant'));
  world.boards.control.release();
  const runs = await Promise.all([first, second, third].map((id) => world.ended(id)));
  expect(runs.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
  expect(runs[0]?.jobs_found).toBeGreaterThan(0);
  expect(runs[1]?.jobs_found).toBeGreaterThan(0);
  expect(keywordsAsked().sort()).toEqual(['accountant', 'registered nurse']);

  // While the answer is fresh, nobody is asked.
  const again = await world.ended(
    await world.startRun({ title: '"registered nurse"', boards: ['reed'] }, somebodyElse),
  );
  expect(again).toMatchObject({ status: 'success', jobs_found: runs[0]?.jobs_found });
  expect(keywordsAsked()).toHaveLength(2);
});

test('a board without its key is skipped, and the run is a success all the same', async () => {
  const run = await world.ended(await world.startRun({ boards: ['reed', 'adzuna', 'indeed'] }));
  expect(run).toMatchObject({
    status: 'success',
    boards: [
      { board: 'adzuna', state: 'skipped', skipped_because: 'needs_key', error_class: null },
      { board: 'indeed', state: 'skipped', skipped_because: 'off', error_class: null },
      { board: 'reed', state: 'success', skipped_because: null },
    ],
  });
  expect(run.jobs_found).toBeGreaterThan(0);
  const hosts = new Set(world.boards.control.requests().map((request) => request.host));
  expect([...hosts]).toEqual([host]);
});

test("a board's key changes while a search is under way: each is asked with, and neither is refused", async () => {
  const { control } = world.boards;
  const nextKey = 'n3xt-k3y-of-this-test';
  const keysAsked: string[] = [];
  let good = [key];
  control.setAnswer(host, (question) => {
    const [, credentials = ''] = question.headers.authorization?.split(' ') ?? [];
    const asked = Buffer.from(credentials, 'base64').toString().slice(0, -1);
    keysAsked.push(asked);
    return good.includes(asked) ? reed.answer(question) : { status: 401, body: 'Unauthorized' };
  });
  try {
    control.hold(host);
    const underWay = await world.startRun({ title: 'baker', boards: ['reed'] });
    await control.waitForRequest((request) => request.host === host);
    good.push(nextKey);
    const before = world.worker;
    world.worker = await world.startWorker({ REED_API_KEY: nextKey });
    before.kill('SIGTERM');
    control.release();
    expect(await before.waitForExit()).toEqual({ code: 0, signal: null });
    expect(await world.ended(underWay)).toMatchObject({ status: 'success' });

    good = [nextKey];
    const after = await world.ended(await world.startRun({ title: 'butcher', boards: ['reed'] }));
    expect(after).toMatchObject({ status: 'success' });
    expect(new Set(keysAsked)).toEqual(new Set([key, nextKey]));
  } finally {
    control.setAnswer(host, undefined);
  }
});

test('a refused key is told in a sentence, and stands in no history, row or log', async () => {
  const good = await world.ended(await world.startRun({ boards: ['reed'] }));
  world.boards.control.setBehaviour({ host, behaviour: 'unauthorized' });
  await world.forgetFreshness();
  const refused = await world.ended(await world.startRun({ title: 'chef', boards: ['reed'] }));
  const message = `${host} refuses the key (401)`;
  expect(refused).toMatchObject({
    status: 'failed',
    error_class: 'auth',
    boards: [{ board: 'reed', state: 'failed', error_class: 'auth', error_message: message }],
  });

  const workflows = [
    ...[good, refused].map(({ id }) => searchRunWorkflowId(id)),
    ...(await sources()).map((source) => boardSyncWorkflowId(source)),
  ];
  const histories = await Promise.all(
    workflows.map(async (id) => historyToJSON(await world.temporal.workflow.getHandle(id).fetchHistory())),
  );
  const tables = await world.stack.sql<{ name: string }[]>`
    select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`;
  const rows = await Promise.all(
    tables.map(
      ({ name }) => world.stack.sql`select to_jsonb(t)::text as row from ${world.stack.sql(name)} t`,
    ),
  );
  const everything = [...histories.map(decoded), JSON.stringify(rows), world.worker.output()].join('\n');
  expect(everything).toContain(message);
  for (const secret of [key, Buffer.from(`${key}:`).toString('base64')]) {
    expect(everything).not.toContain(secret);
  }
});

/** A history's payloads are Base64: both as they stand and as they read. */
const decoded = (history: string) =>
  history +
  [...history.matchAll(/"data": ?"([^"]+)"/g)]
    .map(([, data = '']) => Buffer.from(data, 'base64').toString())
    .join('\n');
