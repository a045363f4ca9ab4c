import type { BoardName } from '../../../domain/board.js';
import { companies, employerFor } from './companies.js';
import { type Block, describeJob } from './describe.js';
import { makeJob, type SampleJob } from './job.js';
import { hashOf } from './random.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Most jobs stay for weeks: so many are posted a day, and each is open for thirty to sixty days. */
const jobsPerDay = 80;
const longestDays = 60;
/** Some come and go: one to three appear every three minutes and are filled within a day. */
const slot = 3 * minute;
const shortLife = 20 * hour;

/**
 * The sample jobs that are open at a time. Each follows from the seed and its number alone, and its dates from the
 * clock: two catalogues with one seed agree, and so do a catalogue and itself after a restart.
 */
export class Catalogue {
  readonly #seed: number;
  readonly #jobs = new Map<number, SampleJob>();
  #open: { slot: number; jobs: readonly SampleJob[] } | undefined;
  // What follows from a job for good, as long as there is the job.
  readonly #described = new WeakMap<SampleJob, readonly Block[]>();
  readonly #feedShares = new WeakMap<SampleJob, Map<string, number>>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Every open job, newest first. */
  jobsAt(now: number): readonly SampleJob[] {
    const current = Math.floor(now / slot);
    if (this.#open?.slot !== current) {
      const jobs = [...this.#lasting(now), ...this.#passing(now)].sort(
        (a, b) => b.postedAt - a.postedAt || b.number - a.number,
      );
      this.#forgetAllBut(jobs);
      this.#open = { slot: current, jobs };
    }
    return this.#open.jobs;
  }

  /**
   * The jobs on a feed, newest first.
   * @param chance of a job to be advertised there, from 0 to 1.
   */
  onFeed(feed: string, now: number, chance: (job: SampleJob) => number): SampleJob[] {
    return this.jobsAt(now).filter((job) => this.#feedShare(feed, job) < chance(job));
  }

  /** The jobs on a company's own board, newest first; `undefined` when the board knows no such token. */
  ofCompany(board: BoardName, isToken: (token: string) => boolean, now: number): SampleJob[] | undefined {
    const company = companies.find(({ own }) => own?.board === board && isToken(own.token));
    return company && this.jobsAt(now).filter((job) => job.company === company);
  }

  describe(job: SampleJob): readonly Block[] {
    const known = this.#described.get(job);
    if (known) return known;
    const blocks = describeJob(this.#seed, job);
    this.#described.set(job, blocks);
    return blocks;
  }

  #feedShare(feed: string, job: SampleJob): number {
    const shares = this.#feedShares.get(job) ?? new Map<string, number>();
    const share = shares.get(feed) ?? this.#share(`${feed}/${job.number}`);
    if (!shares.has(feed)) this.#feedShares.set(job, shares.set(feed, share));
    return share;
  }

  *#lasting(now: number): Generator<SampleJob> {
    const today = Math.floor(now / day);
    for (let at = today - longestDays; at <= today; at += 1) {
      for (let index = 0; index < jobsPerDay; index += 1) {
        const number = at * 100 + index;
        const postedAt = at * day + this.#share(`time/${number}`) * day;
        const closesAt = postedAt + (0.5 + this.#share(`life/${number}`) / 2) * longestDays * day;
        if (postedAt <= now && closesAt > now) yield this.#job(number, postedAt, closesAt);
      }
    }
  }

  *#passing(now: number): Generator<SampleJob> {
    const current = Math.floor(now / slot);
    for (let at = current - shortLife / slot + 1; at <= current; at += 1) {
      const count = 1 + (hashOf(this.#seed, `slot/${at}`) % 3);
      for (let index = 0; index < count; index += 1) {
        yield this.#job(at * 4 + index, at * slot, at * slot + shortLife);
      }
    }
  }

  #job(number: number, postedAt: number, closesAt: number): SampleJob {
    const known = this.#jobs.get(number);
    if (known) return known;
    const seed = this.#seed;
    const company = employerFor({
      first: hashOf(seed, `company/${number}`),
      later: hashOf(seed, `later/${number}`),
    });
    const job = makeJob({ seed, number, company, postedAt: Math.floor(postedAt / 1_000) * 1_000, closesAt });
    this.#jobs.set(number, job);
    return job;
  }

  #share(key: string): number {
    return hashOf(this.#seed, key) / 2 ** 32;
  }

  #forgetAllBut(jobs: readonly SampleJob[]): void {
    const open = new Set(jobs.map(({ number }) => number));
    for (const number of this.#jobs.keys()) if (!open.has(number)) this.#jobs.delete(number);
  }
}
