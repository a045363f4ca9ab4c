import { sourceKey } from '../domain/source.js';
import { waitFor } from '../local/testing/wait-for.js';
import { companyCheckStartOptions } from './start-options.js';
import { scenarios } from './testing/scenarios.js';
import { startWorld, type World } from './testing/world.js';
import { companyCheckWorkflowId, searchRunWorkflowId } from './workflow-ids.js';

let world: World;
beforeAll(async () => {
  // Longer than any check takes here: the reconciler starts none that is just ending.
  world = await startWorld({ RECONCILE_INTERVAL_SECONDS: '1', RECONCILE_PENDING_SECONDS: '600' });
});
afterAll(() => world?.stop());
beforeEach(async () => {
  world.boards.control.reset();
  await world.stack.sql`delete from company_boards where not is_default`;
  await world.stack.sql`delete from source_syncs`;
});

const asked = (path: string) =>
  world.boards.control.requests().filter((request) => request.path.includes(path));
const unfollowed = (board: string) => world.unfollowedCompany(board);

test('its first reading goes on when a search that joined it is cancelled', async () => {
  const company = unfollowed('greenhouse');
  const source = sourceKey(company.board, company.token);
  const { control } = world.boards;
  const isAsked = (times: number) => () => asked(company.token).length === times;
  control.hold('boards-api.greenhouse.io');
  await world.follow(company);
  await waitFor(isAsked(1), { what: 'the board to be asked for the company' });
  control.release();
  control.hold('boards-api.greenhouse.io');
  await waitFor(isAsked(2), { what: 'the company to be read' });

  const run = await world.startRun({ boards: ['greenhouse'] });
  const waits = async () =>
    (await world.stack.sql`select from source_sync_waiters where source = ${source}`).length > 0;
  await waitFor(waits, { what: 'the search to join' });
  await world.temporal.workflow.getHandle(searchRunWorkflowId(run)).cancel();
  expect(await world.ended(run)).toMatchObject({ status: 'cancelled' });
  control.release();
  expect(await world.checked(company)).toMatchObject({ state: 'open', postings_read: expect.any(Number) });
  // By the sync that was under way, not by another one.
  expect(asked(company.token)).toHaveLength(2);
});

test('a company that its board has is open, called by its name, and read; one that is not there is not found', async () => {
  const company = unfollowed('greenhouse');
  await scenarios.companiesFollowed(world);
  const open = await world.checked(company);
  expect(open).toMatchObject({ state: 'open', error_class: null });
  expect(open.name.toLowerCase()).not.toBe(company.token);
  expect(open.postings_read).toBeGreaterThan(0);
  expect(await world.checked({ board: 'lever', token: 'nobody-at-all' })).toEqual({
    name: 'Nobody At All',
    state: 'not_found',
    error_class: 'not_found',
    error_message: expect.stringContaining('404'),
    postings_read: null,
  });
  // An answer that asking again cannot change is not asked for again.
  expect(asked('nobody-at-all')).toHaveLength(1);
});

test('two people at once: the board is asked once, then read once', async () => {
  const company = unfollowed('ashby');
  const somebody = await world.stack.createUser();
  const { control } = world.boards;
  control.hold('api.ashbyhq.com');
  await world.follow(company);
  await control.waitForRequest(({ path }) => path.includes(company.token));
  await world.follow(company, somebody);
  control.release();
  expect(await world.checked(company)).toMatchObject({ state: 'open' });
  expect(asked(company.token)).toHaveLength(2);
});

test('a board that does not answer is no verdict on the company: the check can be made again', async () => {
  const company = unfollowed('lever');
  const { control } = world.boards;
  control.setBehaviour({ host: 'api.lever.co', behaviour: 'captcha' });
  await world.follow(company);
  expect(await world.checked(company)).toMatchObject({ state: 'failed', error_class: 'blocked' });
  control.reset();
  await world.follow(company);
  expect(await world.checked(company)).toMatchObject({
    state: 'open',
    error_class: null,
    error_message: null,
  });
});

test('where an unknown company has an empty list, an empty list is an unknown company', async () => {
  const company = { board: 'smartrecruiters', token: 'NobodyAtAll' };
  await world.follow(company);
  expect(await world.checked(company)).toMatchObject({ state: 'not_found', error_class: 'not_found' });
});

test('a check that nobody started is started by the reconciler', async () => {
  const company = unfollowed('lever');
  await world.follow(company, undefined, false);
  await world.stack.sql`update company_boards set check_asked_at = check_asked_at - interval '1 hour'
    where board = ${company.board} and token = ${company.token}`;
  expect(await world.checked(company)).toMatchObject({ state: 'open' });
});

test('a board that is none of the service’s is not asked, and a check that is stopped says so', async () => {
  const company = { board: 'monster', token: 'acme' };
  await world.follow(company);
  const handle = world.temporal.workflow.getHandle(companyCheckWorkflowId(company));
  // Started again while it is under way, it is the same one.
  const [again, first] = await Promise.all([
    world.temporal.workflow.start('companyCheck', companyCheckStartOptions(company)),
    handle.describe(),
  ]);
  expect(again.firstExecutionRunId).toBe(first.runId);
  await handle.cancel();
  expect(await world.checked(company)).toMatchObject({ state: 'failed', error_class: 'cancelled' });
});
