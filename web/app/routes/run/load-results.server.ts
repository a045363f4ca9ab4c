import type { ResultList, RunBoard } from '../../api/types.js';
import type { Visitor } from '../../auth.server.js';
import { readFilters, resultsPageSize } from './filters.js';

/** One page of a run's results, as the address asks: filters, cursor and limit. */
export async function loadResults(
  { api, ask }: Visitor,
  runId: string,
  query: URLSearchParams,
): Promise<ResultList> {
  const { board, workMode, onlyNew, withSalary, onlyOpen, hidden } = readFilters(query);
  const limit = Number(query.get('limit') ?? resultsPageSize);
  return ask(
    api.GET('/runs/{id}/results', {
      params: {
        path: { id: runId },
        query: {
          // A board that is none is the API's to refuse: it knows them.
          board: board as RunBoard['board'] | undefined,
          workMode: workMode as ResultList['items'][number]['workMode'] | undefined,
          onlyNew,
          withSalary,
          onlyOpen,
          hidden,
          cursor: query.get('cursor') ?? undefined,
          limit: Number.isInteger(limit) ? limit : resultsPageSize,
        },
      },
    }),
  );
}
