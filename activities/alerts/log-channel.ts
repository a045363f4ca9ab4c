import { log } from '@temporalio/activity';
import type { AlertChannel } from './channel.js';

/** The worker's own log: there is always one. */
export const logChannel: AlertChannel = {
  name: 'log',
  repeats: true,
  async tell({ notices }) {
    for (const { event, kind, subject, message } of notices) {
      if (event === 'raised') log.error(message, { alert: kind, subject });
      else log.info('an alert is over', { alert: kind, subject, message });
    }
  },
};
