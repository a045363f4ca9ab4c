import { Link } from '@remix-run/react';
import { Ban, CloudOff, Eye, EyeOff, Filter, LoaderCircle, SearchX } from 'lucide-react';
import { memo } from 'react';
import { isActive, type Result, type ResultList, type Run } from '../../api/types.js';
import { button } from '../../components/button.js';
import { DownloadLinks } from '../../components/download-links.js';
import { EmptyState } from '../../components/empty-state.js';
import { LoadingInsight } from '../../components/loading-insight.js';
import { Notice } from '../../components/notice.js';
import { ResultItem } from '../../components/result-item.js';
import { explainBoardError, explainSkip } from '../../format/errors.js';
import { countOf } from '../../format/run.js';
import { JobActions } from '../../marking/job-actions.js';
import { Marking } from '../../marking/marking.js';
import type { Told } from '../../marking/tell.js';
import { FilterBar } from './filter-bar.js';
import { type Filters, filterQuery, isFiltered } from './filters.js';

const minute = 60_000;

interface ResultsProps {
  run: Run;
  filters: Filters;
  list: ResultList;
  more: () => Promise<boolean>;
  told: (told: Told) => void;
  loadingMore: boolean;
  /** The page begins at a cursor: it was reached by the link, without scripts. */
  later: boolean;
}

/** What a run found, best first, filling in while it goes on. */
export function Results({ run, filters, list, more, told, loadingMore, later }: ResultsProps) {
  // To the minute, as ages are told: while a run goes on, its rows are not rendered anew each time it is heard of.
  const now = Math.floor(Date.parse(run.serverTime) / minute) * minute;
  const nextPage = list.nextCursor && `?${filterQuery(filters, { cursor: list.nextCursor })}#results`;
  return (
    <section aria-labelledby="results" className="grid min-w-0 content-start gap-4">
      <Marking onTold={told}>
        {isActive(run) && <LoadingInsight seed={run.id} />}
        <div className="flex flex-wrap items-end justify-between gap-3">
          <h2 id="results" className="scroll-mt-24 text-lg font-bold">
            {list.total > 0 ? countOf(list.total, filters.hidden ? 'hidden posting' : 'posting') : 'Results'}
            {isFiltered(filters) && list.total > 0 && (
              <span className="font-normal text-muted"> that fit the filters</span>
            )}
          </h2>
          {later && (
            <Link to={`?${filterQuery(filters)}`} className="link text-sm">
              Back to the best results
            </Link>
          )}
        </div>
        <FirstRunNote run={run} />
        {(run.found > 0 || isFiltered(filters)) && <FilterBar run={run} filters={filters} />}
        <HiddenNote filters={filters} hidden={list.hidden} />
        {list.items.length === 0 ? (
          <NoResults run={run} filters={filters} hidden={list.hidden} />
        ) : (
          <ol className="grid gap-3">
            {list.items.map((result) => (
              <Row key={result.postingId} result={result} now={now} />
            ))}
          </ol>
        )}
        {list.total > 0 && (
          <DownloadLinks
            what={isFiltered(filters) ? 'what fits the filters' : 'the results'}
            path={(format) => `/runs/${run.id}/export?${filterQuery(filters, { format })}`}
          />
        )}
        {nextPage && (
          <div className="flex flex-col items-center gap-2 pt-2">
            <a
              href={nextPage}
              className={button('secondary', 'min-h-11 px-6')}
              aria-disabled={loadingMore || undefined}
              onClick={(event) => {
                event.preventDefault();
                if (!loadingMore) void more().then((read) => read || window.location.assign(nextPage));
              }}
            >
              {loadingMore && <LoaderCircle aria-hidden="true" className="size-4 animate-spin" />}
              Show more
            </a>
            <p className="text-sm text-muted" aria-live="polite">
              {!later && `${list.items.length} of ${list.total.toLocaleString('en-GB')} shown`}
            </p>
          </div>
        )}
      </Marking>
    </section>
  );
}

const Row = memo(({ result, now }: { result: Result; now: number }) => (
  <ResultItem result={result} now={now}>
    <JobActions job={result} now={now} />
  </ResultItem>
));

const resultsPath = ({ hidden: _, ...filters }: Filters) => `?${filterQuery(filters)}`;
const hiddenPath = (filters: Filters) => `?${filterQuery({ ...filters, hidden: 'true' })}`;

/** What "New" means where there was no search before. */
function FirstRunNote({ run }: { run: Run }) {
  if (!run.firstOfItsSearch || run.found === 0 || isActive(run)) return null;
  return (
    <Notice>
      {run.new === run.found
        ? 'This is the first run of this search, so everything is new. From the next run on, “New” marks what has come since.'
        : 'This is the first run of this search. “New” marks what none of your searches had found before.'}
    </Notice>
  );
}

/** How much of the results the person has hidden, and the way there and back. */
function HiddenNote({ filters, hidden }: { filters: Filters; hidden: number }) {
  if (filters.hidden)
    return (
      <p className="text-sm text-muted">
        These are left out of the results.{' '}
        <Link to={resultsPath(filters)} className="link" preventScrollReset>
          Back to the results
        </Link>
      </p>
    );
  if (hidden === 0) return null;
  return (
    <p className="text-sm text-muted" data-hidden={hidden}>
      {countOf(hidden, 'posting')} hidden by you.{' '}
      <Link to={hiddenPath(filters)} className="link" preventScrollReset>
        Show what is hidden
      </Link>
    </p>
  );
}

/** Why there is nothing to show: still searching, filtered away, cancelled, all boards failed, or no match. */
function NoResults({ run, filters, hidden }: { run: Run; filters: Filters; hidden: number }) {
  const edit = (
    <Link to={`/?run=${run.id}`} className={button('primary')}>
      Edit and run
    </Link>
  );
  if (filters.hidden)
    return (
      <EmptyState
        icon={Eye}
        title="Nothing here is hidden"
        actions={
          <Link to={resultsPath(filters)} className={button('primary')} preventScrollReset>
            To the results
          </Link>
        }
      >
        What you hide of these results is kept here, to be shown again.
      </EmptyState>
    );
  if (hidden > 0)
    return (
      <EmptyState
        icon={EyeOff}
        title="You have hidden all of it"
        actions={
          <Link to={hiddenPath(filters)} className={button('primary')} preventScrollReset>
            Show what is hidden
          </Link>
        }
      >
        {countOf(hidden, 'posting')} would be here, by themselves or by a company or a word that you hide.
      </EmptyState>
    );
  if (isFiltered(filters) && run.found > 0)
    return (
      <EmptyState
        icon={Filter}
        title="No result fits these filters"
        actions={
          <Link to={`/runs/${run.id}`} className={button('primary')} preventScrollReset>
            Clear the filters
          </Link>
        }
      >
        The search found {countOf(run.found, 'posting')}; the filters above hide them all.
      </EmptyState>
    );
  if (isActive(run)) return <StillSearching />;
  if (run.status === 'cancelled')
    return (
      <EmptyState icon={Ban} title="Cancelled before anything was found" actions={edit}>
        Run it again to search all its boards.
      </EmptyState>
    );
  if (run.status === 'failed')
    return (
      <EmptyState icon={CloudOff} title="No board could be searched" actions={edit}>
        This says nothing about the jobs out there. {notSearched(run)}
      </EmptyState>
    );
  const searched = run.boards.filter(({ state }) => state === 'success').map(({ label }) => label);
  return (
    <EmptyState icon={SearchX} title="No posting fits" actions={edit}>
      <p>
        Searched to the end: {searched.join(', ')}. {notSearched(run)} Fewer or other words in the title help
        most; then a wider place, an older age, or a lower pay.
      </p>
    </EmptyState>
  );
}

/** The boards that are missing from the results, each with why. */
function notSearched({ boards }: Run): string {
  const missing = boards.flatMap(({ label, error, skipped, state }) => {
    const why = skipped
      ? explainSkip(skipped)
      : state === 'failed' && error && explainBoardError(error.class);
    return why ? `${label} (${why.label.toLowerCase()})` : [];
  });
  return missing.length > 0 ? `Not searched: ${missing.join(', ')}.` : '';
}

function StillSearching() {
  return (
    <div className="grid gap-3">
      <p className="text-muted">Results appear here as each board answers.</p>
      {[0, 1, 2].map((row) => (
        <div
          key={row}
          aria-hidden="true"
          className="card grid animate-pulse gap-3 p-5 motion-reduce:animate-none"
        >
          <div className="h-5 w-2/3 rounded-sm bg-inset" />
          <div className="h-4 w-1/3 rounded-sm bg-inset" />
          <div className="h-4 w-full rounded-sm bg-inset" />
        </div>
      ))}
    </div>
  );
}
