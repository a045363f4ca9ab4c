import { data, redirect } from '@remix-run/node';
import { attempt } from '../../api/client.server.js';
import { problemSentence } from '../../api/problems.js';
import { requireVisitor } from '../../auth.server.js';
import { searchLimits } from '../../search-fields.js';
import { apiFormProblem, readSearchForm } from '../../search-form.server.js';
import { startRun } from '../../start-run.server.js';

/** What the search form can be asked to do, by the name of the button pressed. */
const intents = ['search', 'save', 'update'] as const;

export async function submitSearch(request: Request) {
  const visitor = await requireVisitor(request);
  const form = await request.formData();
  const intent = intents.find((each) => each === form.get('intent')) ?? 'search';
  const refuse = (problem: ReturnType<typeof apiFormProblem>, status = 422) =>
    data(problem, { status, headers: visitor.headers });

  const read = readSearchForm(form);
  if (!read.ok) return refuse(read.problem);
  const { parameters } = read;

  if (intent === 'search') {
    const rerunOf = String(form.get('rerunOf') ?? '') || undefined;
    const problem = await startRun(request, visitor, { parameters, rerunOf });
    return refuse(apiFormProblem(form, problem, problemSentence(problem)), problem.status);
  }

  const name = String(form.get('name') ?? '').trim();
  if (name === '' || name.length > searchLimits.savedSearchNameCharacters) {
    const detail = `Give the search a name of at most ${searchLimits.savedSearchNameCharacters} characters.`;
    const problem = apiFormProblem(form, { type: '', title: '', status: 422 }, '');
    return refuse({ ...problem, form: undefined, fields: { name: detail } });
  }
  const savedId = String(form.get('saved') ?? '');
  const body = { name, parameters };
  const outcome = await attempt(
    intent === 'update' && savedId
      ? visitor.api.PUT('/saved-searches/{id}', { params: { path: { id: savedId } }, body })
      : visitor.api.POST('/saved-searches', { body }),
  );
  if (outcome.ok) throw redirect(`/saved?saved=${outcome.data.id}`, { headers: visitor.headers });
  return refuse(
    apiFormProblem(form, outcome.problem, problemSentence(outcome.problem)),
    outcome.problem.status,
  );
}
