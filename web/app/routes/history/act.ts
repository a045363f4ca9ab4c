import type { ActionFunctionArgs } from '@remix-run/node';
import { findVisitor } from '../../auth.server.js';
import { actOnRuns, readBulkForm } from './actions.server.js';

/** Acts on runs for an open page, which asks for one after the other and shows how far it is. */
export async function action({ request }: ActionFunctionArgs) {
  const visitor = await findVisitor(request);
  if (!visitor) return new Response(null, { status: 401 });
  const asked = readBulkForm(await request.formData());
  if (!asked) return new Response(null, { status: 400 });
  return Response.json(await actOnRuns(request, visitor, asked), { headers: visitor.headers });
}
