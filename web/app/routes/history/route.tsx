import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node';
import { Link, type MetaFunction, useActionData, useLoaderData } from '@remix-run/react';
import { ArrowUp } from 'lucide-react';
import { requireVisitor } from '../../auth.server.js';
import { listBoards } from '../../boards.server.js';
import { button } from '../../components/button.js';
import { DownloadLinks } from '../../components/download-links.js';
import { ListKeys } from '../../components/list-keys.js';
import { countOf } from '../../format/run.js';
import { groupByDay } from '../../format/time.js';
import { useActiveRuns } from '../../live/active-runs.js';
import { useTimeZone } from '../../live/use-server-clock.js';
import { actOnRuns, readBulkForm } from './actions.server.js';
import { beginReport, withOutcome } from './bulk.js';
import { BulkBar } from './bulk-bar.js';
import { FilterBar } from './filter-bar.js';
import { exportPath, historyPath, isFiltered, readFilters, runsQuery } from './filters.js';
import { NoRuns } from './no-runs.js';
import { RunRow } from './run-row.js';
import { useBulk } from './use-bulk.js';

export const meta: MetaFunction = () => [{ title: 'History · Searching The Fox' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { api, ask, headers } = await requireVisitor(request);
  const query = new URL(request.url).searchParams;
  const filters = readFilters(query);
  const cursor = query.get('cursor') ?? undefined;
  const [runs, saved, boards] = await Promise.all([
    ask(api.GET('/runs', { params: { query: { ...runsQuery(filters), cursor, limit: 20 } } })),
    ask(api.GET('/saved-searches', { params: { query: { limit: 100 } } })),
    listBoards(request),
  ]);
  return data(
    {
      runs: runs.items,
      total: runs.total,
      nextCursor: runs.nextCursor,
      filters,
      later: cursor !== undefined,
      saved: saved.items.map(({ id, name }) => ({ id, name })),
      boards: boards.items.map(({ name, label }) => ({ name, label })),
      now: Date.now(),
    },
    { headers },
  );
}

/** The ticked runs of a page without scripts. */
export async function action({ request }: ActionFunctionArgs) {
  const visitor = await requireVisitor(request);
  const asked = readBulkForm(await request.formData());
  if (!asked) return data({ report: null }, { status: 400, headers: visitor.headers });
  let report = beginReport(asked.doing, asked.ids.length);
  for (const outcome of await actOnRuns(request, visitor, asked)) {
    const { summary } = outcome.sentence
      ? await visitor.ask(visitor.api.GET('/runs/{id}', { params: { path: { id: outcome.id } } }))
      : { summary: '' };
    report = withOutcome(report, { id: outcome.id, summary }, outcome);
  }
  return data({ report }, { headers: visitor.headers });
}

export default function HistoryPage() {
  const {
    runs: loaded,
    total,
    nextCursor,
    filters,
    later,
    saved,
    boards,
    now,
  } = useLoaderData<typeof loader>();
  const timeZone = useTimeZone();
  const { latest, runs: active } = useActiveRuns();
  const bulk = useBulk();
  const answered = useActionData<typeof action>()?.report ?? null;
  const runs = loaded.map(latest);
  const days = groupByDay(runs, (run) => Date.parse(run.createdAt), now, timeZone);
  const never = total === 0 && !later && !isFiltered(filters);
  const [newest] = loaded;
  const newer =
    later || isFiltered(filters)
      ? []
      : active.filter(({ createdAt }) => !newest || createdAt > newest.createdAt);

  return (
    <main id="main" className="mx-auto grid max-w-5xl gap-5 px-4 py-6 lg:py-10">
      <div className="flex flex-wrap items-end justify-between gap-2">
        <div>
          <h1 className="text-xl font-bold">Search history</h1>
          <p className="text-muted">Every search of yours, by hand or scheduled, from every device.</p>
        </div>
        {!never && (
          <ListKeys
            item="[data-run-row]"
            filter="[data-key-filter]"
            what="searches"
            selectable
            onEscape={bulk.clear}
          />
        )}
      </div>
      {!never && (
        <>
          <FilterBar filters={filters} boards={boards} saved={saved} />
          <BulkBar bulk={bulk} runs={runs} answered={answered}>
            {(later || newer.length > 0) && (
              <Link to={historyPath(filters)} className="link inline-flex min-h-10 items-center gap-1">
                <ArrowUp aria-hidden="true" className="size-4" />
                {later
                  ? 'Newest searches'
                  : `Show ${countOf(newer.length, 'newer search', 'newer searches')}`}
              </Link>
            )}
            <p role="status" className="px-2 text-muted" data-total={total}>
              {isFiltered(filters)
                ? countOf(total, 'search fits the filters', 'searches fit the filters')
                : countOf(total, 'search', 'searches')}
            </p>
          </BulkBar>
        </>
      )}
      {days.length === 0 && <NoRuns filters={filters} later={later} />}
      {days.map(({ key, label, items }) => (
        <section key={key} aria-labelledby={`day-${key}`}>
          <h2 id={`day-${key}`} className="mb-2 text-sm font-bold text-muted">
            {label}
          </h2>
          <ul className="card divide-y divide-line overflow-clip">
            {items.map((run) => (
              <RunRow
                key={run.id}
                run={run}
                timeZone={timeZone}
                selected={bulk.selected.has(run.id)}
                onSelect={bulk.select}
              />
            ))}
          </ul>
        </section>
      ))}
      {nextCursor && (
        <Link
          to={historyPath(filters, nextCursor)}
          className={button('secondary', 'justify-self-center px-6')}
        >
          Older searches
        </Link>
      )}
      {total > 0 && (
        <DownloadLinks
          what={isFiltered(filters) ? 'what fits the filters' : 'the history'}
          path={(format) => exportPath(filters, format)}
        />
      )}
    </main>
  );
}
