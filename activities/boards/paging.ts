import { z } from 'zod';
import { BoardError } from './board.js';

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

/** @throws BoardError `config` when the cursor was not made by `nextCursor`. */
export function readCursor(cursor: string | null): Position | null {
  if (cursor === null) return null;
  try {
    return positionSchema.parse(JSON.parse(cursor));
  } catch (cause) {
    throw new BoardError('config', 'The cursor is not one of this board', { cause });
  }
}

/** The cursor of the page after this one; `null` after an empty page, a repeated one, and at the cap. */
export function nextCursor(page: {
  position: Position | null;
  /** `null` when the board says that this was the last page. */
  next: string | null;
  ids: readonly string[];
  maxPages: number;
}): string | null {
  const { position, next, ids, maxPages } = page;
  const read = (position?.page ?? 0) + 1;
  const [firstId] = ids;
  if (next === null || firstId === undefined || read >= maxPages) return null;
  if (next === position?.at || firstId === position?.firstId) return null;
  return JSON.stringify({ page: read, at: next, firstId } satisfies Position);
}
