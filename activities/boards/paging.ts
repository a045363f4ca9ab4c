import { z } from 'zod';
import { BoardError, type BoardPage } from './board.js';

/** Where a sync stands within a board's pages. Travels as text: it is kept in heartbeats. */
const positionSchema = z.object({
  /** How many pages were read before. */
  page: z.int().min(0),
  /** The board's own mark: a page number, an offset, an opaque cursor. */
  at: z.string(),
  /** The first posting of the page before: when it comes first again, the board repeats itself. */
  firstId: z.string(),
});
type Position = z.infer<typeof positionSchema>;

const foreign = (cause?: unknown) =>
  new BoardError('config', 'The cursor is not one of this board', { cause });

/** @throws BoardError `config` when the cursor was not made by `pageAfter`. */
export function readCursor(cursor: string | null): Position | null {
  if (cursor === null) return null;
  try {
    return positionSchema.parse(JSON.parse(cursor));
  } catch (cause) {
    throw foreign(cause);
  }
}

/**
 * The page number or offset that a position stands at.
 * @throws BoardError `config` when it is none.
 */
export function numberAt(position: Position | null, first: number): number {
  if (position === null) return first;
  if (!/^\d{1,9}$/.test(position.at)) throw foreign();
  return Number(position.at);
}

/**
 * Where a board stands that counts its pages from 1 and says how many postings there are in all: the page's number and
 * how many postings came before it. They come in fewer a page than was asked for, so the number alone does not say.
 * @throws BoardError `config` when the position is of another board.
 */
export function countedPageAt(position: Position | null): { number: number; before: number } {
  if (position === null) return { number: 1, before: 0 };
  const [, number, before] = /^(\d{1,6}) after (\d{1,9})$/.exec(position.at) ?? [];
  if (number === undefined || before === undefined) throw foreign();
  return { number: Number(number), before: Number(before) };
}

/** The mark of the page after such a one; `null` when everything has come. */
export function countedPageAfter(
  position: Position | null,
  { length, total }: { length: number; total: number },
): string | null {
  const { number, before } = countedPageAt(position);
  const came = before + length;
  return length > 0 && came < total ? `${number + 1} after ${came}` : null;
}

/**
 * The cursor of the page after this one, or the end of the list. It is the list's own end when the board names no
 * next page; after an empty page, a repeated one (also as the last), and at the cap, it is an end for us alone
 * (`cutShort`).
 */
export function pageAfter(page: {
  position: Position | null;
  /** `null` when the board says that this was the last page. */
  next: string | null;
  /** How many postings came, readable or not. */
  length: number;
  /** Those that could be read. */
  postings: BoardPage['postings'];
  maxPages: number;
}): Pick<BoardPage, 'nextCursor' | 'cutShort'> {
  const { position, next, length, postings, maxPages } = page;
  const read = (position?.page ?? 0) + 1;
  const firstId = postings[0]?.boardPostingId ?? '';
  const repeated =
    (next !== null && next === position?.at) || (firstId !== '' && firstId === position?.firstId);
  if (next === null) return { nextCursor: null, ...(repeated && { cutShort: true }) };
  if (length === 0 || read >= maxPages || repeated) return { nextCursor: null, cutShort: true };
  return { nextCursor: JSON.stringify({ page: read, at: next, firstId } satisfies Position) };
}
