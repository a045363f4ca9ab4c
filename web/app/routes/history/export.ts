import type { LoaderFunctionArgs } from '@remix-run/node';
import { handOn } from '../../api/hand-on.server.js';
import { requireVisitor } from '../../auth.server.js';
import { readFilters, runsQuery } from './filters.js';

/** The history as a file, with the filters of the page. */
export async function loader({ request }: LoaderFunctionArgs) {
  const visitor = await requireVisitor(request);
  const query = new URL(request.url).searchParams;
  const asked = { ...runsQuery(readFilters(query)), format: query.get('format') };
  const given = Object.entries(asked).filter(([, value]) => value);
  return handOn(request, `/runs/export?${new URLSearchParams(given as [string, string][])}`, visitor);
}
