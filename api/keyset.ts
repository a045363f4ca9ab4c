import { z } from 'zod';
import { Problem } from './problem.js';

/** Where a page ends, as an opaque text that a client hands back. */
export function encodeCursor(position: (string | number)[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws Problem when the text was not made by `encodeCursor` for this list. */
export function decodeCursor<Position extends z.ZodType>(
  cursor: string | undefined,
  position: Position,
): z.infer<Position> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    throw new Problem('invalid-request', 'The cursor is not one of this list.', {
      errors: [{ pointer: 'query/cursor', detail: 'is not one of this list' }],
      cause,
    });
  }
}

/** Lists ordered by time, newest first: the last row's time and id. */
export const timePosition = z.tuple([z.iso.datetime({ offset: true }), z.uuid()]);

/**
 * What comes after a row in (created_at desc, id desc), as two filters of PostgREST: the bound lets the index start
 * at the page, `or` leaves out what shares the time.
 */
export const afterInTime = ([at, id]: z.infer<typeof timePosition>) => ({
  atMost: at,
  or: `created_at.lt.${at},id.lt.${id}`,
});

/** The part of a PostgREST query that a page in time needs. */
interface TimeQuery {
  order(column: string, options: { ascending: boolean }): this;
  limit(count: number): this;
  lte(column: string, value: string): this;
  or(filters: string): this;
}

/** The rows of a page, newest first, from where a cursor ends, and one more for `pageOf`. @throws Problem */
export function newestFirst<Query extends TimeQuery>(
  query: Query,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Query {
  const page = query
    .order('created_at', { ascending: false })
    .order('id', { ascending: false })
    .limit(limit + 1);
  const position = decodeCursor(cursor, timePosition);
  if (!position) return page;
  const { atMost, or } = afterInTime(position);
  return page.lte('created_at', atMost).or(or);
}

/** Takes one row more than a page to know whether there is a next one. */
export function pageOf<Row, Item>(
  rows: Row[],
  limit: number,
  toItem: (row: Row) => Item,
  position: (row: Row) => (string | number)[],
): { items: Item[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(toItem),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(position(last)) : null,
  };
}
