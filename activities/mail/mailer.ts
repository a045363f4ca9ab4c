/** A mail that is ready to go. */
export interface Mail {
  /**
   * What stands before the @ of the Message-ID. The same in every attempt at the same mail: a server that took it and
   * whose answer was lost keeps it once.
   */
  id: string;
  /** One address. */
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** Beside the usual ones; a line break in a value is taken out. */
  headers?: Record<string, string>;
}

/** Whatever brings mail under way. */
export interface Mailer {
  /**
   * Resolves when the server has taken the mail.
   * @throws MailError
   */
  deliver(mail: Mail, signal?: AbortSignal): Promise<void>;
  /** Ends idle connections; deliveries under way end first. */
  close(): void;
}

/**
 * - `refused`: this mail will never be taken, whoever tries again.
 * - `later`: not now; another attempt may go through.
 * - `unreachable`: the server takes no mail at all from us, whomever it is for.
 */
export type MailErrorKind = 'refused' | 'later' | 'unreachable';

/** Why a mail was not taken. It names no address: what servers answer does, so their words are left out. */
export class MailError extends Error {
  override name = 'MailError';
  constructor(
    readonly kind: MailErrorKind,
    /** The server's reply with its enhanced code (`550 5.1.1`), or the failure's name (`ECONNREFUSED`). */
    readonly code: string,
  ) {
    super(`The mail was not taken (${code})`);
  }
}
