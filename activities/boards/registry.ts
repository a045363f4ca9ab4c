import { type BoardName, boardNames } from '../../domain/board.js';
import { arbeitnow } from './arbeitnow.js';
import { ashby } from './ashby.js';
import type { Board } from './board.js';
import { greenhouse } from './greenhouse.js';
import { jobicy } from './jobicy.js';
import { lever } from './lever.js';
import { remoteok } from './remoteok.js';
import { remotive } from './remotive.js';

/** Every board. A new one is its file, its name in `domain/board.ts` and its line here. */
const byName: Readonly<Record<BoardName, Board>> = {
  remotive,
  arbeitnow,
  remoteok,
  jobicy,
  greenhouse,
  lever,
  ashby,
};

export const boards: readonly Board[] = boardNames.map((name) => byName[name]);

export const boardByName = (name: BoardName): Board => byName[name];
