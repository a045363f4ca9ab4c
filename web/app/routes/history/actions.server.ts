import { attempt } from '../../api/client.server.js';
import { problemSentence } from '../../api/problems.js';
import type { Problem } from '../../api/types.js';
import type { Visitor } from '../../auth.server.js';
import { clientContext } from '../../format/client-context.js';
import { statusLabels } from '../../format/run.js';
import type { Doing, Outcome } from './bulk.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** More than this are not acted on in one request; a page shows fewer. */
const mostAtOnce = 100;

/** What a form asks to do with which runs; null when it asks for nothing that is known. */
export function readBulkForm(form: FormData): { doing: Doing; ids: string[] } | null {
  const doing = form.get('intent');
  if (doing !== 'cancel' && doing !== 'again') return null;
  const ids = form
    .getAll('run')
    .map(String)
    .filter((id) => uuid.test(id));
  return { doing, ids: [...new Set(ids)].slice(0, mostAtOnce) };
}

/** Does it with one run after the other, until a limit is met. */
export async function actOnRuns(
  request: Request,
  { api }: Visitor,
  { doing, ids }: { doing: Doing; ids: string[] },
): Promise<Outcome[]> {
  const context = clientContext(request.headers.get('User-Agent'));
  const act = async (id: string): Promise<Outcome> => {
    if (doing === 'cancel') {
      const outcome = await attempt(api.POST('/runs/{id}/cancel', { params: { path: { id } } }));
      return outcome.ok ? { id } : refused(id, outcome.problem);
    }
    const outcome = await attempt(api.POST('/runs', { body: { rerunOf: id, clientContext: context } }));
    if (!outcome.ok) return refused(id, outcome.problem);
    return outcome.data.joined ? { id, sentence: 'The same search is under way already.' } : { id };
  };
  const outcomes: Outcome[] = [];
  for (const id of ids) {
    const outcome = await act(id);
    outcomes.push(outcome);
    if (outcome.limit) break;
  }
  return outcomes;
}

function refused(id: string, problem: Problem): Outcome {
  if (problem.runStatus) {
    const state = statusLabels[problem.runStatus].toLowerCase();
    return { id, sentence: `It is ${state} already.` };
  }
  // What stops one stops all: too many at once, too many this hour, a service that is away, a session that ended.
  return { id, sentence: problemSentence(problem), limit: [401, 429, 503].includes(problem.status) };
}
