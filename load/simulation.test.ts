import { type Scenario, simulate } from './simulation.js';

const quiet: Scenario = {
  searchesPerSecond: 0.5,
  scheduled: 0,
  seconds: 200_000,
  cores: 1,
  cpuSecondsPerSearch: 0,
  queryBoards: [],
  pages: 1,
  freshSeconds: 0,
  differentSearches: 10_000_000,
  seed: 1,
};

/** A queue of one server and fixed service time, as Pollaczek and Khinchine have it: mean wait in seconds. */
const meanWait = (perSecond: number, service: number) =>
  (perSecond * service ** 2) / (2 * (1 - perSecond * service));

test('a search that nobody else disturbs takes what its work takes', () => {
  const { p50, p95, unfinished } = simulate({ ...quiet, searchesPerSecond: 0.001, cpuSecondsPerSearch: 0.2 });
  expect(p50).toBeCloseTo(0.2, 6);
  expect(p95).toBeCloseTo(0.2, 6);
  expect(unfinished).toBeLessThanOrEqual(1);
});

test('the time at a board is that of the formula where there is one', () => {
  const queue = simulate({ ...quiet, differentSearches: 5_000_000, queryBoards: [1] });
  // Half of the time the board is idle; the median then waits less than the mean.
  expect(queue.busiestBoard).toBeCloseTo(0.5, 1);
  expect(queue.p50).toBeGreaterThanOrEqual(1);
  expect(queue.p50).toBeLessThan(1 + meanWait(0.5, 1));
  expect(queue.p95).toBeGreaterThan(1 + meanWait(0.5, 1));
});

test('more than a board takes is never done; more processors help nothing', () => {
  const { unfinished, busiestBoard } = simulate({
    ...quiet,
    seconds: 10_000,
    cores: 100,
    queryBoards: [0.25],
  });
  expect(busiestBoard).toBeGreaterThan(0.99);
  expect(unfinished).toBeGreaterThan(1_000);
});

test('equal searches share an answer', () => {
  const few = simulate({
    ...quiet,
    seconds: 10_000,
    differentSearches: 10,
    freshSeconds: 1_800,
    queryBoards: [0.25],
  });
  expect(few.shared).toBeGreaterThan(0.95);
  expect(few.unfinished).toBeLessThan(10);
});

test('people go before schedules, which end all the same', () => {
  const busy = { ...quiet, seconds: 20_000, searchesPerSecond: 0.1, cpuSecondsPerSearch: 1 };
  const alone = simulate(busy);
  const beside = simulate({ ...busy, scheduled: 5_000 });
  expect(beside.scheduleEndedAt).toBeGreaterThan(5_000);
  // At most the half of a scheduled search that is at work, twice.
  expect(beside.p95).toBeLessThan(alone.p95 + 1);
});
