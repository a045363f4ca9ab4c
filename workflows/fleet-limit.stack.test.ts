import { hosts } from './testing/scenarios.js';
import { startWorld, type World } from './testing/world.js';

let world: World;
afterAll(() => world?.stop());

test('a board’s limit holds over the whole fleet of workers', async () => {
  const requestsPerSecond = 2;
  const companies = 9;
  world = await startWorld({ SAMPLE_REQUESTS_PER_SECOND: String(requestsPerSecond) });
  await world.startWorker();
  await world.followCompanies('greenhouse', companies);

  const id = await world.startRun({ boards: ['greenhouse'] });
  expect(await world.ended(id)).toMatchObject({ status: 'success' });

  const times = world.boards.control
    .requests()
    .filter(({ host }) => host === hosts.greenhouse)
    .map(({ startedAt }) => Date.parse(startedAt));
  expect(times).toHaveLength(companies);
  // One second's worth may go at once; the rest waits for its turn, however many workers there are.
  const leastMs = ((companies - 1 - requestsPerSecond) / requestsPerSecond) * 1_000;
  expect(Math.max(...times) - Math.min(...times)).toBeGreaterThanOrEqual(leastMs * 0.9);
});
