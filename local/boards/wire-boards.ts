import * as everyWireBoard from './wire/index.js';
import type { WireBoard } from './wire/wire-board.js';

const wireBoards = new Map(Object.values<WireBoard>(everyWireBoard).map((board) => [board.host, board]));

/** The board that speaks at a host: its own, or one of those under `*.example.com`. */
export const wireBoardAt = (host: string): WireBoard | undefined =>
  wireBoards.get(host) ?? wireBoards.get(host.replace(/^[^.]+/, '*'));
