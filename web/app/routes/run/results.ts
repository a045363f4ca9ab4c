import type { LoaderFunctionArgs } from '@remix-run/node';
import { requireVisitor } from '../../auth.server.js';
import { loadResults } from './load-results.server.js';

/** A run's results as JSON, for the page that is open: the next page, or the same anew. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const visitor = await requireVisitor(request);
  const results = await loadResults(visitor, String(params.id), new URL(request.url).searchParams);
  return Response.json(results, { headers: visitor.headers });
}
