import { waitFor } from '../local/testing/wait-for.js';
import { attemptsOf } from './testing/held-runs.js';
import { hosts, runOnSecondPage, scenarios } from './testing/scenarios.js';
import { startWorld, type World } from './testing/world.js';
import { boardSyncWorkflowId } from './workflow-ids.js';

let world: World;
beforeAll(async () => {
  world = await startWorld({ WORKER_SHUTDOWN_GRACE_SECONDS: '600' });
});
afterAll(() => world?.stop());
beforeEach(async () => {
  world.boards.control.reset();
  await world.forgetFreshness();
});

const pagesAsked = (page: number) =>
  world.boards.control
    .requests()
    .filter(({ host, path }) => host === hosts.arbeitnow && path.includes(`page=${page}`)).length;

const attempts = () => attemptsOf(world, boardSyncWorkflowId('arbeitnow'));

test('a worker that is stopped takes nothing new and lets what it does end', async () => {
  const { worker } = world;
  const id = await runOnSecondPage(world);
  worker.kill('SIGTERM');
  await waitFor(async () => (await fetch(`${worker.url}/readyz`)).status === 503, {
    what: 'the worker to say that it is not ready any more',
  });
  expect((await fetch(`${worker.url}/healthz`)).status).toBe(200);
  world.boards.control.release();
  expect(await worker.waitForExit()).toEqual({ code: 0, signal: null });
  // Ending is nothing that an operator has to look at.
  expect(worker.output()).not.toMatch(/"level":"?(error|50)/);

  await world.startWorker({ WORKER_SHUTDOWN_GRACE_SECONDS: '1' });
  expect(await world.ended(id)).toMatchObject({ status: 'success' });
  expect(pagesAsked(2)).toBe(1);
  expect(new Set(await attempts())).toEqual(new Set([1]));
});

test('what does not end within the grace is handed back: another worker goes on from its page', async () => {
  // Alone there, so that the sync is at it; the one of the test before would share the work.
  world = await restarted(world);
  const stopped = world.worker;
  const id = await runOnSecondPage(world);
  await world.startWorker();
  stopped.kill('SIGTERM');
  expect(await stopped.waitForExit()).toEqual({ code: 0, signal: null });
  await waitFor(() => pagesAsked(2) === 2, { what: 'another worker to ask for the second page' });
  world.boards.control.release();

  expect(await world.ended(id)).toMatchObject({ status: 'success' });
  expect(pagesAsked(1)).toBe(1);
  expect(await attempts()).toContain(2);
});

test('workers that are killed in all attempts of a sync are no failure of the board', async () => {
  world = await restarted(world);
  const { runs } = await scenarios.interrupted(world);
  expect(runs).toEqual([
    expect.objectContaining({
      status: 'success',
      boards: [expect.objectContaining({ board: 'arbeitnow', state: 'success', error_class: null })],
    }),
  ]);
  expect(pagesAsked(1)).toBe(1);
});

async function restarted(before: World): Promise<World> {
  await before.stop();
  return startWorld({ WORKER_SHUTDOWN_GRACE_SECONDS: '1' });
}
