import { redirect } from '@remix-run/node';
import { attempt } from './api/client.server.js';
import type { paths } from './api/schema.gen.js';
import type { Problem } from './api/types.js';
import type { Visitor } from './auth.server.js';
import { clientContext } from './format/client-context.js';

type AskedRun = Omit<paths['/runs']['post']['requestBody']['content']['application/json'], 'clientContext'>;

/**
 * Starts a search, or joins the same one when it is under way already, and goes to its page.
 * @returns the problem when it could not be started; throws the redirect when it was.
 */
export async function startRun(request: Request, visitor: Visitor, search: AskedRun): Promise<Problem> {
  const body = { ...search, clientContext: clientContext(request.headers.get('User-Agent')) };
  const outcome = await attempt(visitor.api.POST('/runs', { body }));
  if (!outcome.ok) return outcome.problem;
  const { run, joined } = outcome.data;
  throw redirect(`/runs/${run.id}${joined ? '?joined=true' : ''}`, { headers: visitor.headers });
}
