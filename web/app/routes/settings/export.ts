import type { LoaderFunctionArgs } from '@remix-run/node';
import { handOn } from '../../api/hand-on.server.js';
import { requireVisitor } from '../../auth.server.js';

/** Everything that is kept of the person, as a file. */
export async function loader({ request }: LoaderFunctionArgs) {
  return handOn(request, '/me/export', await requireVisitor(request));
}
