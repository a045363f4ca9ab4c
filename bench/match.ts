import type postgres from 'postgres';
import { placeOfSearch } from '../domain/places/index.js';
import type { SearchParameters } from '../domain/search.js';

/** What fits a search, best first, as many as a run takes. */
export function match(sql: postgres.Sql, parameters: SearchParameters) {
  const place = placeOf(parameters);
  return sql<{ posting_id: string }[]>`
    select m.posting_id
    from public.matching_postings(
      ${sql.json(parameters as never)}, ${parameters.boards}, ${place.in}::text[], ${place.reach}::text[],
      ${most(sql, parameters)})
      with ordinality m (posting_id, score, n)
    order by m.n`;
}

/** Null when no place is asked, empty when the gazetteer does not know it: as a run's row has it. */
const placeOf = ({ place }: SearchParameters) => placeOfSearch(place) ?? { in: null, reach: null };

/** How many results a run takes. */
export const most = (sql: postgres.Sql, { boards }: SearchParameters) =>
  sql`public.service_limit('results_per_board') * ${boards.length}::integer`;
