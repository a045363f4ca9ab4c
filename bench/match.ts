import type postgres from 'postgres';
import type { SearchParameters } from '../domain/search.js';

/** What fits a search, best first, as a run finds it; its place is found by its text. */
export function match(sql: postgres.Sql, parameters: SearchParameters, most: number) {
  const place = parameters.place === undefined ? null : [];
  return sql<{ posting_id: string }[]>`
    select m.posting_id
    from public.matching_postings(
      ${sql.json(parameters as never)}, ${parameters.boards}, ${place}::text[], ${place}::text[], ${most}::integer)
      with ordinality m (posting_id, score, n)
    order by m.n`;
}
