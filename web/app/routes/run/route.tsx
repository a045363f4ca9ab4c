import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node';
import {
  Link,
  type MetaFunction,
  type ShouldRevalidateFunction,
  useLoaderData,
  useLocation,
  useSearchParams,
} from '@remix-run/react';
import { ArrowLeft, RefreshCw } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { problemResponse } from '../../api/client.server.js';
import { isActive } from '../../api/types.js';
import { requireVisitor } from '../../auth.server.js';
import { BoardProgress } from '../../components/board-progress.js';
import { Notice } from '../../components/notice.js';
import { shownStatus, statusLabels, statusSentence } from '../../format/run.js';
import { useRunEvents } from '../../live/use-run-events.js';
import { useHydrated } from '../../live/use-server-clock.js';
import { useStreamWatcher } from '../../live/watchers.js';
import { safeRedirect } from '../../redirects.js';
import { actOnRun } from './actions.server.js';
import { readFilters } from './filters.js';
import { loadResults } from './load-results.server.js';
import { Results } from './results-section.js';
import { StatusCard } from './status-card.js';
import { useResults } from './use-results.js';

const listOf = new Intl.ListFormat('en-GB');

/** More of a run's re-runs than this are in the history only. */
const mostReruns = 5;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const meta: MetaFunction<typeof loader> = ({ data: loaded, error }) => [
  { title: loaded && !error ? pageTitle(loaded.run) : 'Search · Searching The Fox' },
];

const pageTitle = (run: Parameters<typeof shownStatus>[0] & { summary: string }) =>
  `${statusLabels[shownStatus(run)]}: ${run.summary} · Searching The Fox`;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visitor = await requireVisitor(request);
  const id = params.id ?? '';
  if (!uuid.test(id)) throw problemResponse({ type: '/problems/not-found', title: 'Not found', status: 404 });
  const { api, ask, headers } = visitor;
  const [run, again] = await Promise.all([
    ask(api.GET('/runs/{id}', { params: { path: { id } } })),
    ask(api.GET('/runs', { params: { query: { rerunOf: id, limit: mostReruns } } })),
  ]);
  // After the run, not beside it: results older than the run's own count would not be read again.
  const results = await loadResults(visitor, id, new URL(request.url).searchParams);
  return data({ run, reruns: again.items, results }, { headers });
}

/** A job was marked: the list keeps itself right, with what was loaded below its first page. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formAction, defaultShouldRevalidate }) =>
  formAction !== '/jobs/mark' && defaultShouldRevalidate;

export const action = ({ request, params }: ActionFunctionArgs) => actOnRun(request, params.id ?? '');

export default function RunPage() {
  const loaded = useLoaderData<typeof loader>();
  // Another run is another page: nothing of this one's state may stay.
  return <LiveRun key={loaded.run.id} {...loaded} />;
}

function LiveRun({
  run: loadedRun,
  reruns,
  results: loadedResults,
}: ReturnType<typeof useLoaderData<typeof loader>>) {
  const [query] = useSearchParams();
  const search = query.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(search)), [search]);
  const { run, connection } = useRunEvents(loadedRun, () => results.refresh());
  const results = useResults(run, filters, loadedResults);
  // Also on another device; the list keeps what was loaded below its first page.
  const readAgain = () => void results.refresh();
  useStreamWatcher({ onMarks: readAgain, onReopened: readAgain });
  const active = isActive(run);
  const bounded = run.boards.filter(({ moreMayFit }) => moreMayFit).map(({ label }) => label);
  // Whoever came from the history goes back to it as it was filtered.
  const { state, pathname } = useLocation();
  const from = (state as { history?: unknown } | null)?.history;
  const history = useHydrated() ? safeRedirect(from, '/history') : '/history';
  const title = pageTitle(run);
  useEffect(() => {
    document.title = title;
  }, [title]);

  return (
    <main id="main" className="mx-auto grid max-w-6xl gap-6 px-4 py-6 lg:grid-cols-[24rem_minmax(0,1fr)]">
      {active && (
        <noscript>
          <meta httpEquiv="refresh" content="10" />
        </noscript>
      )}
      <div className="lg:col-span-2">
        <Link
          to={history}
          state={{ opened: pathname }}
          className="link inline-flex items-center gap-1 text-sm"
        >
          <ArrowLeft aria-hidden="true" className="size-4" />
          All searches
        </Link>
        {query.get('joined') && active && (
          <Notice className="mt-3">
            This search was under way already, so here it is: it is not run twice at once.
          </Notice>
        )}
        {!run.placeKnown && (
          <p className="mt-3 text-sm text-muted">
            We don’t know the place “{run.parameters.place}”; its name is searched as text.
          </p>
        )}
        <p className="sr-only" aria-live="polite" role="status">
          {statusSentence(run)}
        </p>
        {active && (
          <noscript>
            <Notice className="mt-3">
              This page shows the search as it was a moment ago and reloads by itself.{' '}
              <a href={`/runs/${run.id}`} className="link">
                <RefreshCw aria-hidden="true" className="inline size-4" /> Reload now
              </a>
            </Notice>
          </noscript>
        )}
      </div>
      <div className="grid min-w-0 content-start gap-6">
        <StatusCard run={run} reruns={reruns} connection={connection} />
        <section className="card overflow-hidden" aria-labelledby="boards-heading">
          <h2 id="boards-heading" className="border-b border-line px-4 py-3 font-bold">
            Boards
          </h2>
          <BoardProgress boards={run.boards} />
          {run.boards.reduce((sum, board) => sum + board.found, 0) > run.found && (
            <p className="border-t border-line px-4 py-2.5 text-sm text-muted">
              A job on several boards counts at each of them, and once in all.
            </p>
          )}
          {bounded.length > 0 && (
            <p className="border-t border-line px-4 py-2.5 text-sm text-muted">
              So much fits on {listOf.format(bounded)} that only the newest are kept. Narrower words find the
              others.
            </p>
          )}
        </section>
      </div>
      <Results run={run} filters={filters} {...results} later={query.has('cursor')} />
    </main>
  );
}
