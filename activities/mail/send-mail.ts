import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import { heartbeating } from '../heartbeat.js';
import type { Rpc } from '../rpc.js';
import { digestSchema, digestSubject, mailLinks } from './digest.js';
import { digestText } from './digest-text.js';
import { type Mail, MailError, type MailErrorKind, type Mailer } from './mailer.js';
import { restNoticeSchema, restSubject, restText } from './rest-notice.js';

/** Digests of what is new, and word before somebody's searches rest. */
export type MailKind = 'digest' | 'rest';

export interface MailRound {
  /** Whom a mail is due, in the order of their ids. */
  people: string[];
  /** There may be more after the last of them. */
  more: boolean;
}

export type SentMail = 'sent' | 'refused' | 'nothing';

export interface DueMailDependencies {
  rpc: Rpc;
  /** Without one no mail is due to anybody. */
  mailer: Mailer | undefined;
  timing: MailTiming;
  /** People in one round. */
  peopleAPage: number;
  /** Digests that wait longer are closed, closed ones forgotten. */
  lateHours: number;
  retentionDays: number;
}

export interface MailTiming {
  /** How long a tick that was broken off is waited for. */
  tickSeconds: number;
  /** How much later than its time a daily digest goes out, so that a tick of that minute is in it. */
  graceSeconds: number;
  /** After how many days away searches rest, and how many days before people are told. */
  inactiveDays: number;
  restNoticeDays: number;
}

export type DueMailActivities = ReturnType<typeof createDueMailActivities>;

/** Whom mail is due. */
export function createDueMailActivities(deps: DueMailDependencies) {
  const { rpc, mailer, timing, peopleAPage } = deps;
  return {
    async dueMail({ kind, after }: { kind: MailKind; after: string | null }): Promise<MailRound> {
      if (kind === 'digest' && after === null) {
        const { lateHours: p_late_hours, retentionDays: p_retention_days } = deps;
        await rpc('close_old_digests', { p_late_hours, p_retention_days }, z.number());
      }
      if (!mailer) return { people: [], more: false };
      const page = { p_limit: peopleAPage, p_after: after };
      const { tickSeconds, graceSeconds, inactiveDays, restNoticeDays } = timing;
      const people = await (kind === 'digest'
        ? rpc(
            'digests_due',
            { ...page, p_tick_seconds: tickSeconds, p_grace_seconds: graceSeconds },
            z.array(z.uuid()),
          )
        : rpc(
            'rest_notices_due',
            { ...page, p_inactive_days: inactiveDays, p_notice_days: restNoticeDays },
            z.array(z.uuid()),
          ));
      return { people, more: people.length === peopleAPage };
    },
  };
}

export interface SendMailDependencies {
  rpc: Rpc;
  /** Waits for a database that is away: what was sent must be noted as sent. */
  patient: Rpc;
  mailer: Mailer;
  siteUrl: string;
  timing: MailTiming;
  /** What one digest shows of everything that is new. */
  searchesShown: number;
  postingsShown: number;
  /** A mail that the server put off waits so long, longer with each attempt. */
  pauseSeconds: number;
}

/** A mail that has begun, and what notes its end. */
interface BegunMail {
  mail: Mail;
  finish(end: 'sent' | MailErrorKind, code: string | null): Promise<unknown>;
}

export type SendMailActivities = ReturnType<typeof createSendMailActivities>;

/** One mail to one person. Its id is the same in every attempt; only ids and codes leave the activity. */
export function createSendMailActivities(deps: SendMailDependencies) {
  const { rpc, patient, mailer, siteUrl, timing } = deps;

  const begin: Record<MailKind, (userId: string) => Promise<BegunMail | null>> = {
    async digest(userId) {
      const digest = await rpc(
        'begin_digest_mail',
        {
          p_user: userId,
          p_tick_seconds: timing.tickSeconds,
          p_grace_seconds: timing.graceSeconds,
          p_searches: deps.searchesShown,
          p_postings: deps.postingsShown,
        },
        digestSchema.nullable(),
      );
      if (!digest) return null;
      const links = mailLinks(siteUrl, digest.unsubscribe_token);
      return {
        mail: await mailOf(
          digest,
          digestSubject(digest),
          digestText(digest, links),
          (await htmlMails()).digestHtml(digest, links),
          links.unsubscribe,
        ),
        finish: (end, code) =>
          patient(
            'finish_digest_mail',
            {
              p_user: userId,
              p_mail: digest.mail_id,
              p_end: end,
              p_error: code,
              p_pause_seconds: deps.pauseSeconds,
            },
            z.unknown(),
          ),
      };
    },

    async rest(userId) {
      const notice = await rpc(
        'begin_rest_notice',
        { p_user: userId, p_inactive_days: timing.inactiveDays, p_notice_days: timing.restNoticeDays },
        restNoticeSchema.nullable(),
      );
      if (!notice) return null;
      const links = mailLinks(siteUrl, notice.unsubscribe_token);
      return {
        mail: await mailOf(
          notice,
          restSubject,
          restText(notice, links),
          (await htmlMails()).restHtml(notice, links),
          links.unsubscribe,
        ),
        finish: (end) =>
          patient(
            'finish_rest_notice',
            { p_user: userId, p_seen_at: notice.seen_at, p_end: end, p_pause_seconds: deps.pauseSeconds },
            z.unknown(),
          ),
      };
    },
  };

  return {
    /** @throws ApplicationFailure of type `later` or `unreachable`, to be tried again. */
    async sendMail({ kind, userId }: { kind: MailKind; userId: string }): Promise<SentMail> {
      const begun = await begin[kind](userId);
      if (!begun) return 'nothing';
      const { mail, finish } = begun;
      const context = Context.current();
      // An attempt that had its mail taken, and could not note it, told so with its last heartbeat.
      let taken = context.info.heartbeatDetails === mail.id;
      const details = () => (taken ? mail.id : undefined);
      return heartbeating(details, async () => {
        try {
          if (!taken) await mailer.deliver(mail, context.cancellationSignal);
          taken = true;
          context.heartbeat(details());
        } catch (error) {
          if (!(error instanceof MailError)) throw error;
          await finish(error.kind, error.code);
          if (error.kind === 'refused') return 'refused';
          throw ApplicationFailure.retryable(error.message, error.kind);
        }
        await finish('sent', null);
        return 'sent';
      });
    },
  };
}

/** React is loaded with the first mail: a worker that sends none is the smaller for it. */
const htmlMails = () => import('./html-mails.js');

async function mailOf(
  { mail_id, address }: { mail_id: string; address: string },
  subject: string,
  text: string,
  html: Promise<string>,
  unsubscribe: string,
): Promise<Mail> {
  return {
    id: mail_id,
    to: address,
    subject: subject.replace(/\s+/g, ' '),
    text,
    html: await html,
    headers: {
      'List-Unsubscribe': `<${unsubscribe}>`,
      // RFC 8058: mail programs end the mail with one POST, without asking any further.
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  };
}
