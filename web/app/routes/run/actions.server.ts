import { data, redirect } from '@remix-run/node';
import { attempt } from '../../api/client.server.js';
import { problemSentence } from '../../api/problems.js';
import type { Problem, Run } from '../../api/types.js';
import { requireVisitor, type Visitor } from '../../auth.server.js';
import { safeRedirect } from '../../redirects.js';
import { startRun } from '../../start-run.server.js';

type Intent = (visitor: Visitor, run: Run, form: FormData, request: Request) => Promise<Problem | null>;

/** What a run's page can be asked to do, by the name of the button. Null is success: back to the page. */
const intents: Record<string, Intent> = {
  async cancel(visitor, run) {
    const outcome = await attempt(
      visitor.api.POST('/runs/{id}/cancel', { params: { path: { id: run.id } } }),
    );
    // It has ended in the meantime: there is nothing left to cancel, which is what was wanted.
    return outcome.ok || outcome.problem.status === 409 ? null : outcome.problem;
  },
  again: (visitor, run, _form, request) => startRun(request, visitor, { rerunOf: run.id }),
  'failed-boards': (visitor, run, _form, request) =>
    startRun(request, visitor, { rerunOf: run.id, onlyFailedBoards: true }),
  async save(visitor, run, form) {
    const name = String(form.get('name') ?? '').trim() || run.summary.slice(0, 80);
    const body = { name, parameters: run.parameters };
    const outcome = await attempt(visitor.api.POST('/saved-searches', { body }));
    if (outcome.ok) throw redirect(`/saved?saved=${outcome.data.id}`, { headers: visitor.headers });
    return outcome.problem;
  },
};

export async function actOnRun(request: Request, runId: string) {
  const visitor = await requireVisitor(request);
  const form = await request.formData();
  const intent = intents[String(form.get('intent'))];
  if (!intent) return data({ problem: 'This page cannot do that.' }, { status: 400 });
  const run = await visitor.ask(visitor.api.GET('/runs/{id}', { params: { path: { id: runId } } }));
  const problem = await intent(visitor, run, form, request);
  if (problem) return data({ problem: problemSentence(problem) }, { status: problem.status });
  throw redirect(safeRedirect(form.get('to'), `/runs/${runId}`), { headers: visitor.headers });
}
