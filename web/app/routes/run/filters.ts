import { workModeLabels } from '../../../../domain/work-mode.js';

/** The filters of a run's results, as they stand in the address. */
export interface Filters {
  board?: string;
  workMode?: string;
  onlyNew?: 'true';
  withSalary?: 'true';
  onlyOpen?: 'true';
  /** What the person has hidden, and nothing else: another list, not a narrower one. */
  hidden?: 'true';
}

/** Results of a page, where the address has no `limit`. */
export const resultsPageSize = 20;

/** Reads the filters of an address; what is empty or unknown filters nothing. */
export function readFilters(query: URLSearchParams): Filters {
  const workMode = query.get('workMode') ?? '';
  return {
    board: query.get('board') || undefined,
    workMode: workMode in workModeLabels ? workMode : undefined,
    onlyNew: query.get('onlyNew') === 'true' ? 'true' : undefined,
    withSalary: query.get('withSalary') === 'true' ? 'true' : undefined,
    onlyOpen: query.get('onlyOpen') === 'true' ? 'true' : undefined,
    hidden: query.get('hidden') === 'true' ? 'true' : undefined,
  };
}

/** The filters as a query, with a cursor or a limit beside them. */
export function filterQuery(filters: Filters, more: Record<string, string> = {}): string {
  const given = Object.entries({ ...filters, ...more }).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given as [string, string][]).toString();
}

export const isFiltered = ({ hidden: _, ...filters }: Filters) =>
  Object.values(filters).some((value) => value !== undefined);
