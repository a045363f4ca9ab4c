import type { BoardAvailability, BoardName } from '../../domain/board.js';
import type { Board, BoardSettings } from './board.js';
import * as everyBoard from './every-board.js';

const kinds: Board['kind'][] = ['feed', 'company', 'query'];

/** Every board, in the order in which they are shown: feeds, company boards, query boards, each by name. */
export const boards: readonly Board[] = Object.values<Board>(everyBoard).sort(
  (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.label.localeCompare(b.label, 'en'),
);

const byName: ReadonlyMap<BoardName, Board> = new Map(boards.map((board) => [board.name, board]));

/** @throws when there is no such board. */
export function boardByName(name: BoardName): Board {
  const board = byName.get(name);
  if (!board) throw new Error(`There is no board ${name}`);
  return board;
}

/** Whether a board can be asked with these settings. */
export function availabilityOf({ needs }: Pick<Board, 'needs'>, settings: BoardSettings): BoardAvailability {
  const missing = needs?.settings.some((name) => !settings[name]);
  return needs && missing ? needs.without : 'ready';
}
