import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import type { Board } from '../activities/boards/board.js';
import { availabilityOf, boards } from '../activities/boards/registry.js';
import { type BoardAvailability, type BoardName, boardAvailabilities } from '../domain/board.js';
import { dataOf } from './plugins/supabase.js';
import { Problem } from './problem.js';

const rowsSchema = z.array(z.object({ board: z.string(), availability: z.enum(boardAvailabilities) }));

export type Availability = ReadonlyMap<BoardName, BoardAvailability>;

/**
 * Which boards can be asked here: the worker, which alone has the keys, writes it down when it starts. A board that it
 * has not written of yet is as without any key.
 * @throws Problem
 */
export async function readAvailability(supabase: SupabaseClient): Promise<Availability> {
  const rows = rowsSchema.parse(dataOf(await supabase.from('boards').select('board, availability')));
  const written = new Map(rows.map(({ board, availability }) => [board, availability]));
  return new Map(boards.map((board) => [board.name, written.get(board.name) ?? availabilityOf(board, {})]));
}

/** Every board that can be asked here, in the order in which boards are shown. */
export const readyBoards = (availability: Availability): BoardName[] =>
  boards.map(({ name }) => name).filter((name) => availability.get(name) === 'ready');

/**
 * Some of the boards of a search may be skipped, but not all of them.
 * @throws Problem `invalid-request` that says what each of them lacks.
 */
export function expectOneReady(asked: readonly BoardName[], availability: Availability): void {
  const known = boards.filter(({ name }) => asked.includes(name));
  const lacking = known.filter(({ name }) => availability.get(name) !== 'ready');
  if (known.length > lacking.length) return;
  const reasons = lacking.map((board) => lack(board, availability.get(board.name))).join('; ');
  const detail = `None of these boards can be searched here${reasons && `: ${reasons}`}`;
  throw new Problem('invalid-request', `${detail}.`, { errors: [{ pointer: '/parameters/boards', detail }] });
}

function lack({ label, needs }: Board, availability: BoardAvailability | undefined): string {
  const settings = (needs?.settings ?? []).join(' and ');
  return availability === 'off' ? `${label} is off (${settings})` : `${label} needs a key (${settings})`;
}
