import type { BoardName } from './board.js';

/**
 * One source that is synced as a whole: a feed (`remotive`) or one company's board (`greenhouse/gitlab`).
 * Also the tail of its sync's workflow id.
 */
export type SourceKey = string;

export function sourceKey(board: BoardName, company?: string): SourceKey {
  return company === undefined ? board : `${board}/${company}`;
}

export function boardOfSource(source: SourceKey): BoardName {
  return source.split('/', 1)[0] as BoardName;
}

/** The company's token, for company boards. */
export function companyOfSource(source: SourceKey): string | undefined {
  const slash = source.indexOf('/');
  return slash < 0 ? undefined : source.slice(slash + 1);
}
