import { base, en, Faker } from '@faker-js/faker';
import { quantile } from '../bench/figures.js';
import { Clock, Station } from './station.js';

export interface Scenario {
  /** People's searches, in the busiest hour. */
  searchesPerSecond: number;
  /** Saved searches whose schedule is due at the beginning. */
  scheduled: number;
  /** Simulated time. */
  seconds: number;
  cores: number;
  /** What a search takes of a processor, over all processes. */
  cpuSecondsPerSearch: number;
  /** Query boards that each search names, by the requests a second that they take. Others are read once for everybody. */
  queryBoards: readonly number[];
  /** Pages that are asked for one query. */
  pages: number;
  /** How long an answer is good for everybody who asks the same, in seconds. */
  freshSeconds: number;
  /** Different searches that there are; the r-th most frequent is asked 1/r times as often as the first. */
  differentSearches: number;
  seed: number;
}

export interface Outcome {
  /** People's searches that ended in the simulated time. */
  ended: number;
  /** Those that had not. */
  unfinished: number;
  /** Seconds. Of searches that ended: with many unfinished it is longer than this. */
  p50: number;
  p95: number;
  /** The share of questions to query boards that an answer at hand, or one under way, was good for. */
  shared: number;
  processors: number;
  /** How busy the busiest query board was. */
  busiestBoard: number;
  /** When the last scheduled search ended, or undefined. */
  scheduleEndedAt: number | undefined;
}

const manual = 1;
const cron = 4;

/**
 * The service as queues: processors that all processes share, and boards that take so many requests a second, where
 * people's searches go before schedules'. What a formula cannot tell is in it: equal searches share an answer, so that
 * requests grow slower than people, and a search ends with the slowest of its boards.
 */
export function simulate(scenario: Scenario): Outcome {
  const { seconds, cpuSecondsPerSearch } = scenario;
  const clock = new Clock();
  const processors = new Station(clock, scenario.cores);
  const boards = scenario.queryBoards.map((requestsPerSecond) => ({
    station: new Station(clock, 1),
    secondsPerQuery: scenario.pages / requestsPerSecond,
    freshUntil: new Map<number, number>(),
    waiting: new Map<number, (() => void)[]>(),
  }));
  const chance = new Faker({ locale: [en, base], seed: scenario.seed });
  const random = () => chance.number.float();
  const draw = zipf(scenario.differentSearches, random);
  const took: number[] = [];
  let begun = 0;
  let asked = 0;
  let shared = 0;
  let scheduledLeft = scenario.scheduled;
  let scheduleEndedAt: number | undefined;

  /** Calls back when the board's answer is at hand. */
  function answer(board: (typeof boards)[number], query: number, priority: number, then: () => void): void {
    asked += 1;
    if ((board.freshUntil.get(query) ?? 0) > clock.now) {
      shared += 1;
      then();
      return;
    }
    const others = board.waiting.get(query);
    if (others) {
      shared += 1;
      others.push(then);
      return;
    }
    board.waiting.set(query, [then]);
    board.station.take(board.secondsPerQuery, priority, () => {
      board.freshUntil.set(query, clock.now + scenario.freshSeconds);
      const heard = board.waiting.get(query) ?? [];
      board.waiting.delete(query);
      for (const hear of heard) hear();
    });
  }

  function search(priority: number, ended: () => void): void {
    const query = draw();
    // Half of the work before the boards answer: the page, the row, the workflow. Half after: matching, the results.
    processors.take(cpuSecondsPerSearch / 2, priority, () => {
      let open = boards.length;
      const whole = () => processors.take(cpuSecondsPerSearch / 2, priority, ended);
      if (open === 0) whole();
      for (const board of boards) {
        answer(board, query, priority, () => {
          open -= 1;
          if (open === 0) whole();
        });
      }
    });
  }

  function arrive(): void {
    const at = clock.now;
    begun += 1;
    search(manual, () => took.push(clock.now - at));
    clock.after(exponential(scenario.searchesPerSecond, random), arrive);
  }

  for (let run = 0; run < scenario.scheduled; run += 1) {
    search(cron, () => {
      scheduledLeft -= 1;
      if (scheduledLeft === 0) scheduleEndedAt = clock.now;
    });
  }
  if (scenario.searchesPerSecond > 0) clock.after(exponential(scenario.searchesPerSecond, random), arrive);
  clock.runUntil(seconds);

  return {
    ended: took.length,
    unfinished: begun - took.length,
    p50: took.length > 0 ? quantile(took, 0.5) : Number.NaN,
    p95: took.length > 0 ? quantile(took, 0.95) : Number.NaN,
    shared: asked === 0 ? 0 : shared / asked,
    processors: processors.utilisation(),
    busiestBoard: Math.max(0, ...boards.map(({ station }) => station.utilisation())),
    scheduleEndedAt,
  };
}

/** The time to the next of arrivals that know nothing of each other, in seconds. */
const exponential = (perSecond: number, random: () => number) => -Math.log(1 - random()) / perSecond;

/** Draws ranks of which the r-th comes 1/r times as often as the first (Zipf's law, as search words do). */
function zipf(ranks: number, random: () => number): () => number {
  const cumulative: number[] = [];
  let sum = 0;
  for (let rank = 1; rank <= ranks; rank += 1) {
    sum += 1 / rank;
    cumulative.push(sum);
  }
  return () => {
    const at = random() * sum;
    let low = 0;
    for (let high = ranks - 1; low < high; ) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] as number) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
