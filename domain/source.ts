import type { BoardName } from './board.js';

/**
 * One source that is synced as a whole: a feed (`remotive`), one company's board (`greenhouse/gitlab`), or one query
 * of a query board by its hash (`adzuna/5f2…`). Also the tail of its sync's workflow id.
 */
export type SourceKey = string;

export function sourceKey(board: BoardName, part?: string): SourceKey {
  return part === undefined ? board : `${board}/${part}`;
}

export function boardOfSource(source: SourceKey): BoardName {
  return source.split('/', 1)[0] ?? source;
}

/** The company's token on a company board, the query's hash on a query board. */
export function partOfSource(source: SourceKey): string | undefined {
  const slash = source.indexOf('/');
  return slash < 0 ? undefined : source.slice(slash + 1);
}
