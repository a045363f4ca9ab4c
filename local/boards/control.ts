import { type Behaviour, behaviourSchema } from './behaviour.js';
import { type LoggedRequest, RequestLog } from './request-log.js';
import type { WireBoard } from './wire/wire-board.js';

/** How a host answers in place of its board. */
export type Answering = WireBoard['answer'];

/** What tests and demonstrations may do to the sample boards. Also under `/_control/` for those in other processes. */
export class Control {
  readonly log = new RequestLog();
  readonly #behaviours = new Map<string, Behaviour>();
  readonly #answers = new Map<string, Answering>();
  readonly #held = new Map<string, Set<() => void>>();
  readonly #clock: () => number;
  #ahead = 0;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Milliseconds since the epoch, by the server's own clock. */
  now(): number {
    return this.#clock() + this.#ahead;
  }

  /** Puts the clock forward: what would have been posted until then is there at once. */
  advanceClock(milliseconds: number): void {
    this.#ahead += milliseconds;
  }

  /** Makes a host behave in a way from the next request on. @throws ZodError when there is no such way. */
  setBehaviour(behaviour: Behaviour): void {
    this.#behaviours.set(behaviour.host, behaviourSchema.parse(behaviour));
  }

  /** Makes a host answer with something of one's own instead of what its board would; `undefined` ends that. */
  setAnswer(host: string, answering: Answering | undefined): void {
    if (answering) this.#answers.set(host, answering);
    else this.#answers.delete(host);
  }

  answerFor(host: string): Answering | undefined {
    return this.#answers.get(host);
  }

  /** How a host behaves towards the request that is being answered; counts it. */
  behaviourFor(host: string, path: string): Behaviour {
    const behaviour = this.#behaviours.get(host);
    if (!behaviour || (behaviour.path && !path.includes(behaviour.path))) return { host, behaviour: 'ok' };
    if (behaviour.times !== undefined) {
      if (behaviour.times === 1) this.#behaviours.delete(host);
      else this.#behaviours.set(host, { ...behaviour, times: behaviour.times - 1 });
    }
    return behaviour;
  }

  /** Keeps requests to a host waiting until `release`. */
  hold(host: string): void {
    if (!this.#held.has(host)) this.#held.set(host, new Set());
  }

  /** Lets a host's waiting requests go on; without a host, all of them. */
  release(host?: string): void {
    for (const [name, waiting] of this.#held) {
      if (host !== undefined && host !== name) continue;
      this.#held.delete(name);
      for (const goOn of waiting) goOn();
    }
  }

  /** Resolves when the host is not held. */
  async whenReleased(host: string): Promise<void> {
    const waiting = this.#held.get(host);
    if (waiting) await new Promise<void>((goOn) => waiting.add(goOn));
  }

  requests(): readonly LoggedRequest[] {
    return this.log.requests;
  }

  /** Resolves with the first request, past or to come, that is as asked for: tests wait for this and not for time. */
  waitForRequest(isIt: (request: LoggedRequest) => boolean): Promise<LoggedRequest> {
    return this.log.waitFor(isIt);
  }

  /** Every host behaves again, nothing is held, the log is empty and the clock right. */
  reset(): void {
    this.#behaviours.clear();
    this.#answers.clear();
    this.release();
    this.log.clear();
    this.#ahead = 0;
  }
}
