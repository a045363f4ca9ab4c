import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { decodeCursor, pageOf, timePosition } from './keyset.js';
import { dataOf } from './plugins/supabase.js';
import { toRun } from './rows.js';
import type { listRunsQuerySchema } from './run-history-schemas.js';

const pageSchema = z.object({
  total: z.number(),
  items: z.array(z.looseObject({ id: z.string(), created_at: z.string() })),
});

/** A page of the person's runs, newest first. @throws Problem */
export async function readHistory(supabase: SupabaseClient, query: z.infer<typeof listRunsQuerySchema>) {
  const after = decodeCursor(query.cursor, timePosition);
  const page = await supabase.rpc('run_history', {
    p_outcome: query.status ?? null,
    p_active: query.active ?? null,
    p_trigger: query.trigger ?? null,
    p_saved_search: query.savedSearchId ?? null,
    p_rerun_of: query.rerunOf ?? null,
    p_board: query.board ?? null,
    p_error_class: query.errorClass ?? null,
    p_from: query.from ?? null,
    p_until: query.until ?? null,
    p_after_at: after?.[0] ?? null,
    p_after_id: after?.[1] ?? null,
    p_limit: query.limit + 1,
  });
  const { total, items } = pageSchema.parse(dataOf(page));
  return { total, ...pageOf(items, query.limit, toRun, (row) => [row.created_at, row.id]) };
}
