import type { Run, RunBoard } from '../api/types.js';

/** The states that people are shown: `partial` is a success of which some boards failed. */
export type ShownStatus = Run['status'] | 'partial';

export const statusLabels: Record<ShownStatus, string> = {
  pending: 'Queued',
  running: 'Searching',
  success: 'Finished',
  partial: 'Finished in part',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

export const failedBoards = (run: Pick<Run, 'boards'>) =>
  run.boards.filter(({ state }) => state === 'failed');

/** A company board of which some companies could not be read did answer, but not in full. */
const incomplete = (board: RunBoard) => board.state === 'failed' || board.sourcesFailed > 0;

export function shownStatus(run: Pick<Run, 'status' | 'boards'>): ShownStatus {
  return run.status === 'success' && run.boards.some(incomplete) ? 'partial' : run.status;
}

/** Without those that cannot be asked here. */
export const askedBoards = (run: Pick<Run, 'boards'>) =>
  run.boards.filter(({ state }) => state !== 'skipped');

/** How many of a run's boards are done, and of how many. */
export function boardsDone(run: Pick<Run, 'boards'>): { done: number; total: number } {
  const asked = askedBoards(run);
  const done = asked.filter(({ state }) => state !== 'queued' && state !== 'running');
  return { done: done.length, total: asked.length };
}

export const countOf = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

/** A run's summary whose dots stay at the end of a line rather than begin one. */
export const wrapSummary = (summary: string) => summary.replaceAll(' · ', '\u00a0· ');

/** The run in one sentence, for the live region, the page's title and the header. */
export function statusSentence(run: Run): string {
  const found = `${countOf(run.found, 'posting')} found`;
  switch (shownStatus(run)) {
    case 'pending':
      return 'Queued. The search starts as soon as a worker is free.';
    case 'running': {
      const { done, total } = boardsDone(run);
      return run.cancelRequestedAt
        ? 'Cancelling. What was found so far is kept.'
        : `Searching: ${done} of ${countOf(total, 'board')} done, ${found}.`;
    }
    case 'success':
      return `Finished: ${found}, ${run.new.toLocaleString('en-GB')} new.`;
    case 'partial':
      return `Finished in part: ${found}, and ${partialReason(run)}.`;
    case 'failed':
      return `Failed: no board could be searched.${run.found > 0 ? ` Of what was read before, ${countOf(run.found, 'posting')} fit.` : ''}`;
    case 'cancelled':
      return `Cancelled. ${run.found > 0 ? `The ${countOf(run.found, 'posting')} found so far were kept` : 'Nothing was found before'}.`;
  }
}

function partialReason(run: Run): string {
  const failed = failedBoards(run).length;
  return failed > 0 ? `${countOf(failed, 'board')} could not be searched` : 'not every company could be read';
}
