import { arbeitnow } from './arbeitnow.js';
import { ashby } from './ashby.js';
import { greenhouse } from './greenhouse.js';
import { jobicy } from './jobicy.js';
import { lever } from './lever.js';
import { remoteok } from './remoteok.js';
import { remotive } from './remotive.js';
import type { WireBoard } from './wire-board.js';

/** Every board that the sample server speaks for, by its host. */
export const wireBoards: ReadonlyMap<string, WireBoard> = new Map(
  [remotive, arbeitnow, remoteok, jobicy, greenhouse, lever, ashby].map((board) => [board.host, board]),
);
