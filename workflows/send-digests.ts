import {
  ActivityFailure,
  ApplicationFailure,
  continueAsNew,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
} from '@temporalio/workflow';
import type {
  DueMailActivities,
  MailKind,
  SendMailActivities,
  SentMail,
} from '../activities/mail/send-mail.js';
import { databaseRetry, mailRetry } from './retries.js';
import { mailTaskQueue } from './task-queues.js';
import { setVersioning } from './versioning.js';

/** Where a round goes on: it begins without. */
export interface SendDigestsInput {
  kind: MailKind;
  /** The last person of the page before. */
  after: string | null;
  counts: MailCounts;
}

/**
 * What became of the mails that were due. `nothing`: there turned out to be nothing to send. `later`, `unreachable`: not
 * taken now, due again in a later round.
 */
export type MailCounts = Record<SentMail | 'later' | 'unreachable', number>;

const { dueMail } = proxyActivities<DueMailActivities>({
  startToCloseTimeout: '1 minute',
  retry: { ...databaseRetry, maximumAttempts: 5 },
});

const { sendMail } = proxyActivities<SendMailActivities>({
  taskQueue: mailTaskQueue,
  startToCloseTimeout: '5 minutes',
  // Nobody may be there any more who sends mail.
  scheduleToCloseTimeout: '30 minutes',
  heartbeatTimeout: '10s',
  retry: mailRetry,
});

// Goes on as new after each page, and must not wait for workers that are gone.
setVersioning('AUTO_UPGRADE', sendDigests);

/**
 * One round of mail: digests, then word to people whose searches are about to rest. A mail is an activity of its own, so
 * that one which is not taken holds nobody else back.
 */
export async function sendDigests(begun?: SendDigestsInput): Promise<MailCounts> {
  const counts = begun?.counts ?? { sent: 0, refused: 0, nothing: 0, later: 0, unreachable: 0 };
  const kinds: MailKind[] = begun?.kind === 'rest' ? ['rest'] : ['digest', 'rest'];
  let after = begun?.after ?? null;
  for (const kind of kinds) {
    const { people, more } = await dueMail.executeWithOptions(
      { summary: kind === 'digest' ? 'Whose digests are due' : 'Whose searches are about to rest' },
      [{ kind, after }],
    );
    const outcomes = await Promise.all(people.map((userId) => send(kind, userId)));
    for (const outcome of outcomes) counts[outcome] += 1;
    setCurrentDetails(`So far ${JSON.stringify(counts).replace(/[{}"]/g, '').replaceAll(/[:,]/g, '$& ')}`);

    // The server takes nothing from anybody: the next round will see.
    if (outcomes.includes('unreachable') && !outcomes.includes('sent')) return counts;
    if (more) return continueAsNew<typeof sendDigests>({ kind, after: people.at(-1) ?? null, counts });
    after = null;
  }
  return counts;
}

async function send(kind: MailKind, userId: string): Promise<keyof MailCounts> {
  const summary = kind === 'digest' ? 'A digest' : 'Word before searches rest';
  try {
    return await sendMail.executeWithOptions({ summary }, [{ kind, userId }]);
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    const { cause } = error;
    return cause instanceof ApplicationFailure && cause.type === 'unreachable' ? 'unreachable' : 'later';
  }
}
