import type { SupabaseClient } from '@supabase/supabase-js';
import type { BoardSettings } from '../activities/boards/board.js';
import { availabilityOf, boards } from '../activities/boards/registry.js';

/** Tells the database which boards can be asked with these settings: keys are the worker's alone. */
export async function tellAvailability(supabase: SupabaseClient, settings: BoardSettings): Promise<void> {
  const updated_at = new Date().toISOString();
  const { error } = await supabase.from('boards').upsert(
    boards.map((board) => ({
      board: board.name,
      availability: availabilityOf(board, settings),
      updated_at,
    })),
  );
  if (error) throw new Error(`The boards could not be written: ${error.message}`);
}
