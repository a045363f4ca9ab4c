import type { Run } from '../../api/types.js';
import { countOf } from '../../format/run.js';

/** What can be done with several runs at once. */
export type Doing = 'cancel' | 'again';

/** How it went with one of them. */
export interface Outcome {
  id: string;
  /** Why it was not done. */
  sentence?: string;
  /** A limit was met: those after it would be refused as well. */
  limit?: boolean;
}

type Chosen = Pick<Run, 'id' | 'summary'>;

/** How far it is, and what came of it. */
export interface Report {
  doing: Doing;
  total: number;
  done: number;
  failures: { run: Chosen; sentence: string }[];
  /** The limit that ended it early, in a sentence. */
  limit?: string;
}

export const beginReport = (doing: Doing, total: number): Report => ({ doing, total, done: 0, failures: [] });

export function withOutcome(report: Report, run: Chosen, { sentence, limit }: Outcome): Report {
  if (!sentence) return { ...report, done: report.done + 1 };
  if (limit) return { ...report, limit: sentence };
  return { ...report, failures: [...report.failures, { run, sentence }] };
}

const words: Record<Doing, { going: string; done: string }> = {
  cancel: { going: 'Cancelling', done: 'cancelled' },
  again: { going: 'Starting', done: 'started' },
};

/** While it goes on: `Cancelling: 2 of 5 done.` */
export const progressSentence = ({ doing, total, done, failures }: Report) =>
  `${words[doing].going}: ${done + failures.length} of ${total} done.`;

/** At the end: what was done, what stopped it, and what became of the rest. */
export function reportSentence({ doing, total, done, failures, limit }: Report): string {
  const left = total - done - failures.length;
  return [
    `${done} of ${countOf(total, 'search', 'searches')} ${words[doing].done}.`,
    limit,
    limit && left > 0 && `${countOf(left, 'search stays', 'searches stay')} selected, to be started later.`,
  ]
    .filter(Boolean)
    .join(' ');
}
