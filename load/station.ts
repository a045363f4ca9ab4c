import { Heap } from 'heap-js';

/** Simulated time, in seconds. Things happen in the order of their times. */
export class Clock {
  now = 0;
  private readonly events = new Heap<{ at: number; happen: () => void }>((a, b) => a.at - b.at);

  after(seconds: number, happen: () => void): void {
    this.events.push({ at: this.now + seconds, happen });
  }

  /** Lets everything happen until the time; what is later stays undone. */
  runUntil(seconds: number): void {
    for (let next = this.events.peek(); next && next.at <= seconds; next = this.events.peek()) {
      this.events.pop();
      this.now = next.at;
      next.happen();
    }
    this.now = seconds;
  }
}

interface Job {
  seconds: number;
  /** Lower goes first; what is at work is not interrupted. */
  priority: number;
  order: number;
  done: () => void;
}

/** Servers with one queue: processors, or a board that takes so many requests a second. */
export class Station {
  busySeconds = 0;
  private atWork = 0;
  private arrived = 0;
  private readonly queue = new Heap<Job>((a, b) => a.priority - b.priority || a.order - b.order);

  constructor(
    private readonly clock: Clock,
    private readonly servers: number,
  ) {}

  take(seconds: number, priority: number, done: () => void): void {
    this.queue.push({ seconds, priority, order: this.arrived++, done });
    this.next();
  }

  waiting(): number {
    return this.queue.length;
  }

  /** The share of its time that it was at work. */
  utilisation(): number {
    return this.busySeconds / (this.clock.now * this.servers);
  }

  private next(): void {
    while (this.atWork < this.servers) {
      const job = this.queue.pop();
      if (!job) return;
      this.atWork += 1;
      this.clock.after(job.seconds, () => {
        this.atWork -= 1;
        this.busySeconds += job.seconds;
        job.done();
        this.next();
      });
    }
  }
}
