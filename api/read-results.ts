import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { searchParametersSchema } from '../domain/search.js';
import { decodeCursor, pageOf } from './keyset.js';
import { dataOf } from './plugins/supabase.js';
import { type ResultRow, resultPageSchema, toResult } from './result-rows.js';
import type { listResultsQuerySchema } from './result-schemas.js';

const askedSchema = z.object({ parameters: searchParametersSchema });
const scorePosition = z.tuple([z.number(), z.uuid()]);

/**
 * A page of what a run found, best first.
 * @throws Problem `not-found` for an unknown run and for somebody else's alike.
 */
export async function readResults(
  supabase: SupabaseClient,
  runId: string,
  query: z.infer<typeof listResultsQuerySchema>,
) {
  const after = decodeCursor(query.cursor, scorePosition);
  const [run, page] = await Promise.all([
    supabase.from('search_runs').select('parameters').eq('id', runId).maybeSingle(),
    supabase.rpc('run_results', {
      p_run: runId,
      p_board: query.board ?? null,
      p_only_new: query.onlyNew ?? null,
      p_work_mode: query.workMode ?? null,
      p_with_salary: query.withSalary ?? null,
      p_only_open: query.onlyOpen ?? null,
      p_hidden: query.hidden ?? null,
      p_after_score: after?.[0] ?? null,
      p_after_posting: after?.[1] ?? null,
      p_limit: query.limit + 1,
    }),
  ]);
  const { salaryFloor } = askedSchema.parse(dataOf(run)).parameters;
  const asResult = (row: ResultRow) => toResult(row, salaryFloor?.currency);
  const results = resultPageSchema.parse(dataOf(page));
  return {
    total: results.total,
    hidden: results.hidden,
    ...pageOf(results.items, query.limit, asResult, (row) => [row.score, row.posting_id]),
  };
}
