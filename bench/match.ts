import type postgres from 'postgres';
import type { SearchParameters } from '../domain/search.js';

/** What fits a search, best first, as a run finds it. */
export function match(sql: postgres.Sql, parameters: SearchParameters, most: number) {
  return sql<{ posting_id: string }[]>`
    select m.posting_id
    from public.matching_postings(${sql.json(parameters as never)}, ${parameters.boards}, ${most})
      with ordinality m (posting_id, score, n)
    order by m.n`;
}
