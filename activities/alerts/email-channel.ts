import { MailError, type Mailer } from '../mail/mailer.js';
import { type AlertChannel, AlertNotTold, advice, headline } from './channel.js';

/** Mails to one address. A mail server, or whoever reads, has a mail once whose Message-ID comes again. */
export function createEmailChannel(mailer: Mailer, to: string): AlertChannel {
  return {
    name: 'email',
    repeats: true,
    async tell({ id, notices }) {
      const lines = notices.map(({ event, message }) => (event === 'raised' ? message : `Over: ${message}`));
      try {
        await mailer.deliver({
          id: `alerts-${id}`,
          to,
          subject: headline(notices),
          text: [...lines, '', advice].join('\n'),
        });
      } catch (error) {
        if (!(error instanceof MailError)) throw error;
        // A reply says that it was not taken; a connection that ends says nothing.
        const isCertain = error.kind !== 'later' || /^\d{3}\b/.test(error.code);
        throw new AlertNotTold(error.code, { isCertain });
      }
    },
  };
}
