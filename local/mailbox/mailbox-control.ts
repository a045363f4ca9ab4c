/** What the mailbox does with the next mails instead of taking them. */
export interface MailboxBehaviour {
  /** An SMTP reply such as `550 5.1.1 No such mailbox`, to the address or to the message. */
  refuse?: { at: 'address' | 'message'; reply: string };
  /** The connection ends without an answer: before the mail is taken, or after. */
  drop?: 'before' | 'after';
  /** Only mails to this address. */
  to?: string;
  /** So many times; without it until `reset`. */
  times?: number;
}

/** What tests may do to a mailbox of their own process. */
export class MailboxControl {
  #behaviour: MailboxBehaviour | undefined;
  #held: (() => void)[] | undefined;
  /** Who sends has to give one of these, under whatever name; while there are none, nobody is asked. */
  passwords: string[] = [];
  /** How often somebody gave none of them. */
  loginsRefused = 0;
  /** Addresses of mails whose transfer has ended, whatever became of them. */
  readonly transfers: string[] = [];

  behave(behaviour: MailboxBehaviour): void {
    this.#behaviour = behaviour;
  }

  /** Keeps mails waiting for their answer until `release`. */
  hold(): void {
    this.#held ??= [];
  }

  release(): void {
    const waiting = this.#held ?? [];
    this.#held = undefined;
    for (const goOn of waiting) goOn();
  }

  async whenReleased(): Promise<void> {
    if (this.#held) await new Promise<void>((goOn) => this.#held?.push(goOn));
  }

  reset(): void {
    this.#behaviour = undefined;
    this.passwords = [];
    this.transfers.length = 0;
    this.release();
  }

  /** How an address is answered to; counted when it is refused. */
  refusalOfAddress(to: string): string | undefined {
    if (this.#behaviour?.refuse?.at !== 'address') return undefined;
    return this.#next(to)?.refuse?.reply;
  }

  /** How a message is dealt with; counted. */
  behaviourFor(to: string): MailboxBehaviour {
    return this.#behaviour?.refuse?.at === 'address' ? {} : (this.#next(to) ?? {});
  }

  #next(to: string): MailboxBehaviour | undefined {
    const behaviour = this.#behaviour;
    if (!behaviour || (behaviour.to !== undefined && behaviour.to !== to)) return undefined;
    if (behaviour.times !== undefined) {
      this.#behaviour = behaviour.times > 1 ? { ...behaviour, times: behaviour.times - 1 } : undefined;
    }
    return behaviour;
  }
}
