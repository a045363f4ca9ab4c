import type { LoaderFunctionArgs } from '@remix-run/node';
import { handOn } from '../../api/hand-on.server.js';
import { requireVisitor } from '../../auth.server.js';
import { filterQuery, readFilters } from './filters.js';

/** A run's results as a file, with the filters of the page. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const visitor = await requireVisitor(request);
  const query = new URL(request.url).searchParams;
  const asked = filterQuery(readFilters(query), { format: query.get('format') ?? '' });
  return handOn(request, `/runs/${encodeURIComponent(String(params.id))}/results/export?${asked}`, visitor);
}
