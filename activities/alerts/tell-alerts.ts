import { heartbeat, log } from '@temporalio/activity';
import { z } from 'zod';
import type { Rpc } from '../rpc.js';
import { type AlertChannel, AlertNotTold, alertNoticeSchema } from './channel.js';

/** Notices of one message: Slack takes fifty blocks. */
const noticesAMessage = 20;

/** A claim without an outcome after so long is of an attempt that is over: `watchSchedules` has four minutes. */
const staleSeconds = 300;

const claimedSchema = z.object({ id: z.uuid(), notices: z.array(alertNoticeSchema) }).nullable();

/**
 * Tells on a channel what was not told on it yet: that alerts are raised, and that alerts which were told are over.
 *
 * A message is claimed in the database before it is sent and closed after: whoever comes meanwhile, or again, claims others.
 * What a channel certainly did not take is claimed anew by the next round. When a process dies between claim and outcome,
 * nobody knows: mail is sent again under the same Message-ID; Slack, which would show it twice, is not told again, and the
 * notice stays `unsure` where operators see it.
 *
 * @returns how many notices were told.
 * @throws AlertNotTold, unless the channel asked to be left alone for a while.
 */
export async function tellAlerts(rpc: Rpc, { name, repeats, tell }: AlertChannel): Promise<number> {
  for (let told = 0; ; ) {
    heartbeat();
    const message = await rpc(
      'claim_alert_notices',
      { p_channel: name, p_repeats: repeats, p_stale_seconds: staleSeconds, p_limit: noticesAMessage },
      claimedSchema,
    );
    if (!message) return told;
    const close = (
      outcome: 'told' | 'not_told' | 'unsure',
      error: string | null,
      putOffSeconds: number | null,
    ) =>
      rpc(
        'close_alert_message',
        {
          p_message: message.id,
          p_outcome: outcome,
          p_repeats: repeats,
          p_error: error,
          p_put_off_seconds: putOffSeconds,
        },
        z.null(),
      );
    try {
      await tell(message);
    } catch (error) {
      if (!(error instanceof AlertNotTold)) throw error;
      const { isCertain, retryAfterSeconds } = error.told;
      await close(isCertain ? 'not_told' : 'unsure', error.code, retryAfterSeconds ?? null);
      log.error('alerts were not told', { channel: name, code: error.code, notices: message.notices.length });
      if (retryAfterSeconds !== undefined) return told;
      throw error;
    }
    await close('told', null, null);
    told += message.notices.length;
  }
}
