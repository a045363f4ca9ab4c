import type postgres from 'postgres';
import type { SearchParameters } from '../domain/search.js';

/** What fits a search, best first, as many as a run takes; its place is found by its text. */
export function match(sql: postgres.Sql, parameters: SearchParameters) {
  const place = parameters.place === undefined ? null : [];
  return sql<{ posting_id: string }[]>`
    select m.posting_id
    from public.matching_postings(
      ${sql.json(parameters as never)}, ${parameters.boards}, ${place}::text[], ${place}::text[],
      ${most(sql, parameters)})
      with ordinality m (posting_id, score, n)
    order by m.n`;
}

/** How many results a run takes. */
export const most = (sql: postgres.Sql, { boards }: SearchParameters) =>
  sql`public.service_limit('results_per_board') * ${boards.length}::integer`;
