import { quantile } from '../bench/figures.js';

/** What people did, how long each took, and what went wrong. */
export class Measurements {
  private readonly times = new Map<string, number[]>();
  private readonly failures = new Map<string, number>();

  /** Takes the time of one thing that a person waited for, in milliseconds. */
  took(what: string, milliseconds: number): void {
    const times = this.times.get(what);
    if (times) times.push(milliseconds);
    else this.times.set(what, [milliseconds]);
  }

  wentWrong(what: string, error: unknown): void {
    const key = `${what}: ${error instanceof Error ? error.message : String(error)}`;
    this.failures.set(key, (this.failures.get(key) ?? 0) + 1);
  }

  /** Times `work`. What it throws is counted as an error and thrown on. */
  async time<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    const begun = performance.now();
    try {
      const result = await work();
      this.took(what, performance.now() - begun);
      return result;
    } catch (error) {
      this.wentWrong(what, error);
      throw error;
    }
  }

  /** Each thing with how often it was done and its latencies in milliseconds, by nearest rank. */
  latencies() {
    return [...this.times].map(([what, times]) => ({
      what,
      count: times.length,
      p50: quantile(times, 0.5),
      p95: quantile(times, 0.95),
      p99: quantile(times, 0.99),
      most: quantile(times, 1),
    }));
  }

  errors(): { what: string; times: number }[] {
    return [...this.failures].map(([what, times]) => ({ what, times }));
  }
}
