import { Link, useNavigate, useRevalidator } from '@remix-run/react';
import { ArrowRight, Bookmark, History } from 'lucide-react';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import type { Board, Run, SavedSearch } from '../../api/types.js';
import { button } from '../../components/button.js';
import { LoadingInsight } from '../../components/loading-insight.js';
import { NextRun } from '../../components/next-run.js';
import { ProgressBar } from '../../components/progress-bar.js';
import { RunLink } from '../../components/run-link.js';
import { StatusBadge } from '../../components/status-badge.js';
import { Timer } from '../../components/timer.js';
import { countOf, wrapSummary } from '../../format/run.js';
import { useActiveRuns } from '../../live/active-runs.js';
import type { FormValues } from '../../search-fields.js';
import { SearchForm } from './search-form.js';

interface DashboardProps {
  boards: Board[];
  form: { values: FormValues; saved: { id: string; name: string } | null };
  saved: SavedSearch[];
  recent: Run[];
  /** The server's time, in ms. */
  now: number;
}

const formHeading = ({ saved, values }: DashboardProps['form']) => {
  if (saved) return `Search: ${saved.name}`;
  return values.rerunOf ? 'Edit and run again' : 'What job do you look for?';
};

/** The home of somebody who is signed in: what is under way, the search form, and what was before. */
export function Dashboard({ boards, form, saved, recent, now }: DashboardProps) {
  const { runs } = useActiveRuns();
  const column = useRef<HTMLDivElement>(null);
  useFollowRuns(column);

  return (
    <main
      id="main"
      className="mx-auto grid max-w-6xl gap-6 px-4 py-6 lg:grid-cols-[minmax(0,1fr)_22rem] lg:py-10"
    >
      {/* Direct children keep their order on a phone: what is under way, the form, what was before. */}
      <div className="grid min-w-0 content-start gap-6" ref={column}>
        {runs.length > 0 && (
          <section aria-label="Searches under way" className="grid gap-4">
            {runs.map((run, index) => (
              <ActiveRunCard key={run.id} run={run} insight={index === 0} />
            ))}
          </section>
        )}
        <section className="card p-4 sm:p-7">
          <h1 className="mb-5 text-xl font-bold">{formHeading(form)}</h1>
          {/* A form filled from elsewhere is another form: its controls start anew. */}
          <SearchForm key={JSON.stringify(form)} boards={boards} {...form} />
        </section>
      </div>

      <div className="grid min-w-0 content-start gap-6">
        <Panel title="Saved searches" icon={<Bookmark aria-hidden="true" className="size-5" />} more="/saved">
          {saved.length === 0 ? (
            <p className="px-4 pb-4 text-sm text-muted">
              None yet. “Save this search” below the form keeps a search here, ready to run again.
            </p>
          ) : (
            <ul className="divide-y divide-line border-t border-line">
              {saved.map((search) => (
                <li key={search.id} className="has-[a:hover]:bg-inset">
                  <Link to={`/?saved=${search.id}`} className="group block px-4 pt-3 pb-1 no-underline">
                    <span className="block font-semibold group-hover:underline">{search.name}</span>
                    <span className="block text-sm text-muted">{search.summary}</span>
                  </Link>
                  <div className="px-4 pb-3">
                    <NextRun search={search} now={now} />
                  </div>
                </li>
              ))}
            </ul>
          )}
        </Panel>
        <Panel
          title="Recent searches"
          icon={<History aria-hidden="true" className="size-5" />}
          more="/history"
        >
          {recent.length === 0 ? (
            <p className="px-4 pb-4 text-sm text-muted">
              Your searches will be listed here, with what they found, on every device you sign in on.
            </p>
          ) : (
            <ul className="divide-y divide-line border-t border-line">
              {recent.map((run) => (
                <li key={run.id}>
                  <RunLink run={run} />
                </li>
              ))}
            </ul>
          )}
        </Panel>
      </div>
    </main>
  );
}

/**
 * The page follows what starts and ends, on whatever device: its lists are read again. Once a search that was seen
 * here ends, its results appear; not under the hands of somebody who is filling the form.
 */
function useFollowRuns(column: RefObject<HTMLElement>) {
  const { runs, ended } = useActiveRuns();
  const navigate = useNavigate();
  const { revalidate } = useRevalidator();
  const ids = runs.map(({ id }) => id).join();
  const seen = useRef({ ids, ended });
  useEffect(() => {
    const before = seen.current;
    seen.current = { ids, ended };
    if (ended && ended !== before.ended && !isInUse(column.current?.querySelector('form')))
      navigate(`/runs/${ended.id}`);
    else if (ids !== before.ids) revalidate();
  }, [ids, ended, navigate, revalidate, column]);
}

/** Somebody is in the form, or has entered something; before scripts ran, too, when no event told of it. */
function isInUse(form: HTMLFormElement | null | undefined): boolean {
  if (!form) return false;
  if (form.contains(document.activeElement)) return true;
  return [...form.elements].some((control) => {
    if (control instanceof HTMLInputElement)
      return control.type === 'checkbox'
        ? control.checked !== control.defaultChecked
        : control.value !== control.defaultValue;
    return (
      control instanceof HTMLSelectElement &&
      [...control.options].some(({ selected, defaultSelected }) => selected !== defaultSelected)
    );
  });
}

function ActiveRunCard({ run, insight }: { run: Run; insight: boolean }) {
  return (
    <article className="card grid gap-4 p-5" data-run={run.id}>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="min-w-0 text-lg font-bold">{wrapSummary(run.summary)}</h2>
        <StatusBadge run={run} />
      </div>
      <ProgressBar run={run} />
      {insight && <LoadingInsight seed={run.id} />}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-sm">
          <Timer run={run} />
          <span className="text-muted"> · {countOf(run.found, 'posting')} so far</span>
        </p>
        <Link to={`/runs/${run.id}`} className={button('primary')}>
          Watch it live
          <ArrowRight aria-hidden="true" className="size-4" />
        </Link>
      </div>
    </article>
  );
}

function Panel({
  title,
  icon,
  more,
  children,
}: {
  title: string;
  icon: ReactNode;
  more: string;
  children: ReactNode;
}) {
  return (
    <section className="card overflow-hidden">
      <div className="flex items-center justify-between gap-2 px-4 py-3">
        <h2 className="flex items-center gap-2 font-bold">
          <span className="text-accent">{icon}</span>
          {title}
        </h2>
        <Link to={more} className="link text-sm font-semibold" aria-label={`All ${title.toLowerCase()}`}>
          All
        </Link>
      </div>
      {children}
    </section>
  );
}
