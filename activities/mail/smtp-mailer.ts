import { createTransport } from 'nodemailer';
import { MailError, type MailErrorKind, type Mailer } from './mailer.js';

export interface SmtpSettings {
  /** `smtp://` or `smtps://`, with user and password where the server asks for them. */
  url: string;
  /** `Searching The Fox <mail@example.com>`: whom mail comes from, and where Message-IDs are from. */
  from: string;
  /** Connections at once, kept open between mails. */
  connections: number;
  /** How long the server may be silent, in milliseconds. */
  timeoutMs: number;
}

/** Delivers by SMTP. What it cannot deliver it does not keep: who called tries again. */
export function createSmtpMailer({ url, from, connections, timeoutMs }: SmtpSettings): Mailer {
  const transport = createTransport(
    {
      url,
      pool: true,
      maxConnections: connections,
      // An attempt is one attempt: the caller counts them.
      maxRequeues: 0,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
  const domain = from.slice(from.lastIndexOf('@') + 1).replace(/>.*$/, '');

  return {
    async deliver({ id, to, subject, text, html, headers }, signal) {
      try {
        await transport.sendMail({
          messageId: `<${id}@${domain}>`,
          // As an object it is one address, whatever characters stand in it.
          to: { name: '', address: to },
          subject,
          text,
          ...(html !== undefined && { html }),
          // Out-of-office answers and the like are not wanted.
          headers: { 'Auto-Submitted': 'auto-generated', ...headers },
          ...(signal && { signal }),
        });
      } catch (error) {
        signal?.throwIfAborted();
        throw toMailError(error);
      }
    },
    close: () => transport.close(),
  };
}

interface SmtpFailure {
  code?: string;
  /** The system's own name for it: `ECONNREFUSED`. */
  originalCode?: string;
  /** What the system could not do: `connect`. */
  syscall?: string;
  /** Which of SMTP's commands was refused: `RCPT TO`, `DATA`. */
  command?: string;
  response?: string;
  responseCode?: number;
  permanent?: boolean;
}

function toMailError(error: unknown): MailError {
  const { code, originalCode = code, response, responseCode } = (error ?? {}) as SmtpFailure;
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '')?.[1];
  return new MailError(
    kindOf((error ?? {}) as SmtpFailure),
    responseCode === undefined
      ? (originalCode ?? 'unknown')
      : [responseCode, enhanced].filter(Boolean).join(' '),
  );
}

/** What is answered to the recipient or to the message is about this mail; before that it is about us. */
function kindOf({ code, command, syscall, responseCode, permanent }: SmtpFailure): MailErrorKind {
  if (responseCode === 421) return 'unreachable';
  if (responseCode !== undefined) {
    if (command !== 'RCPT TO' && command !== 'DATA') return 'unreachable';
    return permanent ? 'refused' : 'later';
  }
  // An address or a message that SMTP cannot say is never sent.
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return 'refused';
  // A connection that ends in the middle, or says nothing any more, may do so because of this mail.
  return syscall === 'connect' || code === 'EDNS' || code === 'ETLS' || code === 'EAUTH'
    ? 'unreachable'
    : 'later';
}
