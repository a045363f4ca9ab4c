import { setImmediate as nextTurn } from 'node:timers/promises';
import type { z } from 'zod';
import type { Posting } from '../../domain/posting.js';
import { type Board, BoardError, type BoardPage } from './board.js';
import { type PostingDraft, toPosting } from './normalise/posting.js';

/** Sanitising a large company's list takes seconds of CPU: heartbeats and aborts get a turn after so many postings. */
const postingsPerTurn = 20;

/** A page of more postings than this is no job board's: the largest seen holds some three thousand. */
const mostPostings = 20_000;

/** When so many postings and more are broken without exception, it is the board that changed, not a posting. */
const brokenPage = 10;

/**
 * Reads a page's postings one by one: one that is broken is counted and skipped, never the page's failure.
 * `read` answers `undefined` for one that the board itself does not want shown, and an array where several jobs stand
 * in one. Repetitions within the page are dropped: an id stands once, as it came last.
 * @throws BoardError `too_large`, or `bad_response` when a page of some length holds not one posting that can be read.
 */
export async function readPostings<T>(
  board: Pick<Board, 'name' | 'label' | 'attribution'>,
  answer: { items: readonly unknown[]; item: z.ZodType<T>; signal: AbortSignal },
  read: (item: T) => PostingDraft | PostingDraft[] | undefined,
): Promise<Omit<BoardPage, 'nextCursor'>> {
  if (answer.items.length > mostPostings) {
    throw new BoardError('too_large', `${board.label} answered more than ${mostPostings} postings at once`);
  }
  const postings = new Map<string, Posting>();
  let skipped = 0;
  for (const [index, raw] of answer.items.entries()) {
    if (index % postingsPerTurn === postingsPerTurn - 1) await nextTurn();
    answer.signal.throwIfAborted();
    const item = answer.item.safeParse(raw);
    const drafts = item.success ? [read(item.data) ?? []].flat() : [null];
    for (const draft of drafts) {
      const posting = draft && toPosting(board, draft);
      if (posting) postings.set(posting.boardPostingId, posting);
      else skipped += 1;
    }
  }
  if (skipped >= brokenPage && skipped >= answer.items.length && postings.size === 0) {
    throw new BoardError('bad_response', `${board.label} answered ${skipped} postings that cannot be read`);
  }
  return { postings: [...postings.values()], skipped };
}

/**
 * Reads the envelope around a page's postings.
 * @throws BoardError `bad_response` naming the fields that are not as the board documents them.
 */
export function readEnvelope<T>(board: Pick<Board, 'label'>, schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const fields = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.') || 'the body'))].join(
    ', ',
  );
  throw new BoardError('bad_response', `${board.label} answered in another shape: ${fields}`);
}
