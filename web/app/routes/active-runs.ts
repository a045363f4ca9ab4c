import type { LoaderFunctionArgs } from '@remix-run/node';
import type { Run } from '../api/types.js';
import { findVisitor } from '../auth.server.js';

export interface ActiveRunsAnswer {
  active: Run[];
  /** Of the runs that the page knew as active: those that have ended, as they are now. */
  ended: Run[];
}

/** More active runs than this are not followed up one by one. */
const mostKnown = 10;

/** The signed-in person's active searches, for the header of an open page that names those it `known`s of. */
export async function loader({ request }: LoaderFunctionArgs) {
  const visitor = await findVisitor(request);
  if (!visitor) return new Response(null, { status: 401 });
  const { api, ask, headers } = visitor;
  const { items: active } = await ask(api.GET('/runs', { params: { query: { active: 'true' } } }));
  const still = new Set(active.map(({ id }) => id));
  const gone = new URL(request.url).searchParams.getAll('known').filter((id) => !still.has(id));
  const ended = await Promise.all(
    gone.slice(0, mostKnown).map((id) => ask(api.GET('/runs/{id}', { params: { path: { id } } }))),
  );
  return Response.json({ active, ended } satisfies ActiveRunsAnswer, { headers });
}
