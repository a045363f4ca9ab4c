import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node';
import { type MetaFunction, useLoaderData } from '@remix-run/react';
import { findVisitor, type Visitor } from '../../auth.server.js';
import { listBoards } from '../../boards.server.js';
import { formValues } from '../../search-fields.js';
import { submitSearch } from './actions.server.js';
import { Dashboard } from './dashboard.js';
import { Landing } from './landing.js';

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  {
    title:
      loaded?.kind === 'dashboard'
        ? 'Search · Searching The Fox'
        : 'Searching The Fox: every job board in one search',
  },
];

export async function loader({ request }: LoaderFunctionArgs) {
  const visitor = await findVisitor(request);
  if (!visitor) {
    // The landing page has a story without the list too.
    const boards = await listBoards(request).catch(() => null);
    return data({ kind: 'landing' as const, boards: boards?.items ?? [] });
  }
  const { api, ask } = visitor;
  const [boards, form, saved, recent] = await Promise.all([
    listBoards(request),
    prefill(visitor, new URL(request.url).searchParams),
    ask(api.GET('/saved-searches', { params: { query: { limit: 6 } } })),
    ask(api.GET('/runs', { params: { query: { limit: 6 } } })),
  ]);
  return data(
    {
      kind: 'dashboard' as const,
      boards: boards.items,
      form,
      saved: saved.items,
      recent: recent.items,
      now: Date.now(),
    },
    { headers: visitor.headers },
  );
}

/** The form as a saved search or an earlier run fills it. */
async function prefill({ api, ask }: Visitor, query: URLSearchParams) {
  const [savedId, runId] = [query.get('saved'), query.get('run')];
  if (savedId) {
    const saved = await ask(api.GET('/saved-searches/{id}', { params: { path: { id: savedId } } }));
    return { saved: { id: saved.id, name: saved.name }, values: formValues(saved.parameters) };
  }
  if (!runId) return { saved: null, values: {} };
  const run = await ask(api.GET('/runs/{id}', { params: { path: { id: runId } } }));
  return { saved: null, values: { ...formValues(run.parameters), rerunOf: [run.id] } };
}

export const action = ({ request }: ActionFunctionArgs) => submitSearch(request);

export default function Home() {
  const loaded = useLoaderData<typeof loader>();
  return loaded.kind === 'dashboard' ? <Dashboard {...loaded} /> : <Landing boards={loaded.boards} />;
}
