import type { LoaderFunctionArgs } from '@remix-run/node';
import { findVisitor } from '../auth.server.js';

/** The signed-in person's pending and running searches, for the header of an open page. */
export async function loader({ request }: LoaderFunctionArgs) {
  const visitor = await findVisitor(request);
  if (!visitor) return new Response(null, { status: 401 });
  const runs = await visitor.ask(visitor.api.GET('/runs', { params: { query: { active: 'true' } } }));
  return Response.json(runs, { headers: visitor.headers });
}
