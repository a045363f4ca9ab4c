import { z } from 'zod';

export const alertNoticeSchema = z.object({
  event: z.enum(['raised', 'resolved']),
  kind: z.string(),
  subject: z.string(),
  message: z.string(),
  raised_at: z.string(),
  resolved_at: z.string().nullable(),
});
/** That an alert is raised, or that it is over. */
export type AlertNotice = z.infer<typeof alertNoticeSchema>;

/** What is told at once: a few notices. The same id in every attempt at the same message. */
export interface AlertMessage {
  id: string;
  notices: AlertNotice[];
}

/** A way to reach the operator. */
export interface AlertChannel {
  /** As it stands in `alert_notices`. */
  name: string;
  /** Whether whoever reads it has a message once that was sent twice under one id: then one whose fate is unknown is sent again. */
  repeats: boolean;
  /**
   * Resolves when the message was taken.
   * @throws AlertNotTold
   */
  tell(message: AlertMessage): Promise<void>;
}

/** A message was not taken, or nobody knows. */
export class AlertNotTold extends Error {
  override name = 'AlertNotTold';
  constructor(
    /** For the log and the operator; it names no address and holds no secret. */
    readonly code: string,
    readonly told: {
      /** False: it may have been taken all the same. */
      isCertain: boolean;
      /** How long the channel asked to be left alone. */
      retryAfterSeconds?: number;
    },
  ) {
    super(`The alerts were not told (${code})`);
  }
}

/** "2 alerts, 1 resolved" */
export function headline(notices: readonly AlertNotice[]): string {
  const raised = notices.filter(({ event }) => event === 'raised').length;
  const resolved = notices.length - raised;
  return [
    raised > 0 && `${raised} ${raised === 1 ? 'alert' : 'alerts'}`,
    resolved > 0 && `${resolved} resolved`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** Where docs/OPERATIONS.md says what to do. */
export const advice = 'What to do: docs/OPERATIONS.md, "Alerts".';
