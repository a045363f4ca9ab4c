import { pino } from 'pino';
import { readSettings } from './config.js';
import { createMailbox } from './server.js';

const settings = readSettings();
const log = pino({ name: 'mailbox', level: settings.LOG_LEVEL });
const mailbox = createMailbox({ folder: settings.MAILBOX_DIR, keep: settings.MAILBOX_KEEP });

await mailbox.listen({ http: settings.MAILBOX_PORT, smtp: settings.SMTP_PORT }, settings.MAILBOX_HOST);
log.info({ url: mailbox.url, smtp: mailbox.smtpUrl }, 'The mailbox takes mail');

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    log.info({ signal }, 'The mailbox stops');
    void mailbox.close();
  });
}
