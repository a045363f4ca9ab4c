import { z } from 'zod';
import { logLevel, port, settingsOrExit, wholeNumber } from '../../domain/settings.js';

/** Every setting of the local mailbox. */
export const mailboxSettings = z.object({
  MAILBOX_HOST: z.string().default('127.0.0.1'),
  /** Where its page answers. */
  MAILBOX_PORT: port.default(8025),
  /** Where it takes mail. */
  SMTP_PORT: port.default(1025),
  MAILBOX_DIR: z.string().default('.data/mails'),
  /** So many of the last mails are kept. */
  MAILBOX_KEEP: wholeNumber(1, 100_000).default(500),
  LOG_LEVEL: logLevel.default('info'),
});

/** Whom local mails come from: nobody sends them on. */
export const localMailFrom = 'Searching The Fox <no-reply@localhost>';

export const readSettings = () => settingsOrExit(mailboxSettings);
