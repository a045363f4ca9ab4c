import { data, redirect } from '@remix-run/node';
import { attempt, type Outcome, problemResponse } from '../api/client.server.js';
import { problemSentence } from '../api/problems.js';
import type { HiddenTerm, JobMark, Problem } from '../api/types.js';
import { requireVisitor, type Visitor } from '../auth.server.js';
import { safeRedirect } from '../redirects.js';

/** What became of a job, or what is hidden now. */
interface Marked {
  mark?: JobMark;
  term?: HiddenTerm;
}
export type MarkAnswer = ({ ok: true } & Marked) | { ok: false; problem: string };

type Act = (visitor: Visitor, field: (name: string) => string) => Promise<Outcome<Marked>>;

const marked = async (call: Parameters<typeof attempt<JobMark>>[0]): Promise<Outcome<Marked>> => {
  const outcome = await attempt(call);
  return outcome.ok ? { ok: true, data: { mark: outcome.data } } : outcome;
};
const taken = async (call: Parameters<typeof attempt<unknown>>[0]): Promise<Outcome<Marked>> => {
  const outcome = await attempt(call);
  return outcome.ok ? { ok: true, data: {} } : outcome;
};
const refused = (detail: string): Outcome<Marked> => {
  const problem: Problem = { type: '/problems/invalid-request', title: 'Not right', status: 400, detail };
  return { ok: false, problem };
};

const job = (field: (name: string) => string) => ({ params: { path: { id: field('posting') } } });
const unmark =
  (mark: 'saved' | 'applied' | 'hidden'): Act =>
  ({ api }, field) =>
    taken(api.DELETE('/jobs/{id}/{mark}', { params: { path: { id: field('posting'), mark } } }));

/** What can be done with a job or a hidden term, by the field `intent`. */
const acts: Record<string, Act> = {
  save: ({ api }, field) => marked(api.PUT('/jobs/{id}/saved', job(field))),
  unsave: unmark('saved'),
  hide: ({ api }, field) => marked(api.PUT('/jobs/{id}/hidden', job(field))),
  unhide: unmark('hidden'),
  apply: ({ api }, field) =>
    marked(
      api.PUT('/jobs/{id}/applied', {
        ...job(field),
        body: { on: field('on') || undefined, note: field('note') },
      }),
    ),
  unapply: unmark('applied'),
  note: ({ api }, field) =>
    marked(api.PUT('/jobs/{id}/note', { ...job(field), body: { note: field('note') } })),
  'hide-term': async ({ api }, field) => {
    const kind = field('kind') === 'company' ? 'company' : 'word';
    if (field('text').trim() === '') return refused(`Enter the ${kind} to hide.`);
    const outcome = await attempt(api.PUT('/hidden-terms', { body: { kind, text: field('text') } }));
    return outcome.ok ? { ok: true, data: { term: outcome.data } } : outcome;
  },
  'show-term': ({ api }, field) =>
    taken(api.DELETE('/hidden-terms/{id}', { params: { path: { id: field('term') } } })),
};

/** Does what a form asks. Scripts are answered with the outcome; without them it is back to the page. */
export async function act(request: Request) {
  const visitor = await requireVisitor(request);
  const form = await request.formData();
  // Browsers send line ends as two characters.
  const field = (name: string) => String(form.get(name) ?? '').replaceAll('\r\n', '\n');
  const wanted = acts[field('intent')];
  const outcome = wanted ? await wanted(visitor, field) : refused('This page cannot do that.');
  const { headers } = visitor;
  if (field('via') !== 'script') {
    if (outcome.ok) throw redirect(safeRedirect(form.get('to'), '/jobs'), { headers });
    throw problemResponse(outcome.problem);
  }
  const answer: MarkAnswer = outcome.ok
    ? { ok: true, ...outcome.data }
    : { ok: false, problem: problemSentence(outcome.problem) };
  return data(answer, { status: outcome.ok ? 200 : outcome.problem.status, headers });
}
