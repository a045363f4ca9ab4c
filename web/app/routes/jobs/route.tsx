import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { Link, type MetaFunction, useLoaderData, useRevalidator } from '@remix-run/react';
import clsx from 'clsx';
import { Bookmark, EyeOff, type LucideIcon, Send } from 'lucide-react';
import type { ReactNode } from 'react';
import type { HiddenTerm, JobList } from '../../api/types.js';
import { requireVisitor, type Visitor } from '../../auth.server.js';
import { button } from '../../components/button.js';
import { EmptyState } from '../../components/empty-state.js';
import { ResultItem } from '../../components/result-item.js';
import { useStreamWatcher } from '../../live/watchers.js';
import { HiddenTermList, HideWord } from '../../marking/hide-forms.js';
import { JobActions } from '../../marking/job-actions.js';
import { Marking } from '../../marking/marking.js';

/** What the page can show, by the name in the address. */
const lists = {
  saved: { label: 'Saved', icon: Bookmark },
  applied: { label: 'Applied', icon: Send },
  hidden: { label: 'Hidden', icon: EyeOff },
} as const;
type ListName = keyof typeof lists;
const isListName = (name: string | null): name is ListName => name !== null && name in lists;

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded ? lists[loaded.shown].label : 'Your'} jobs · Searching The Fox` },
];

export async function loader({ request }: LoaderFunctionArgs) {
  const visitor = await requireVisitor(request);
  const query = new URL(request.url).searchParams;
  const named = query.get('show');
  const shown = isListName(named) ? named : 'saved';
  const cursor = query.get('cursor') ?? undefined;
  const [jobs, terms] = await Promise.all([
    visitor.ask(visitor.api.GET('/jobs', { params: { query: { mark: shown, cursor, limit: 20 } } })),
    shown === 'hidden' && !cursor ? everyTerm(visitor) : [],
  ]);
  return data(
    { shown, jobs, terms, later: cursor !== undefined, now: Date.now() },
    { headers: visitor.headers },
  );
}

/** All hidden companies and words: an account may have some hundred. */
async function everyTerm({ api, ask }: Visitor): Promise<HiddenTerm[]> {
  const terms: HiddenTerm[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await ask(api.GET('/hidden-terms', { params: { query: { cursor, limit: 100 } } }));
    terms.push(...page.items);
    if (page.nextCursor === null) return terms;
    cursor = page.nextCursor;
  }
}

export default function JobsPage() {
  const { shown, jobs, terms, later, now } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  useStreamWatcher({ onMarks: revalidate, onReopened: revalidate });
  return (
    <main id="main" className="mx-auto grid max-w-4xl gap-5 px-4 py-6 lg:py-10">
      <div>
        <h1 className="text-xl font-bold">Your jobs</h1>
        <p className="text-muted">
          What you saved, applied for and hid. Jobs stay here when their boards close them.
        </p>
      </div>
      <Tabs shown={shown} counts={jobs.counts} />
      {/* Another list is another page: nothing told of this one stays. */}
      <Marking key={shown}>
        {shown === 'hidden' && !later && <HiddenTerms terms={terms} />}
        <section aria-labelledby="list" className="grid gap-3">
          <div className="flex flex-wrap items-end justify-between gap-3">
            <h2 id="list" className={shown === 'hidden' ? 'text-lg font-bold' : 'sr-only'}>
              {lists[shown].label} jobs
            </h2>
            {later && (
              <Link to={`?show=${shown}`} className="link text-sm">
                Back to the first
              </Link>
            )}
          </div>
          {jobs.items.length === 0 ? (
            <NoJobs shown={shown} later={later} />
          ) : (
            <ol className="grid gap-3">
              {jobs.items.map((job) => (
                <ResultItem key={job.postingId} result={job} now={now}>
                  <JobActions job={job} now={now} />
                </ResultItem>
              ))}
            </ol>
          )}
          {jobs.nextCursor && (
            <Link
              to={`?show=${shown}&cursor=${encodeURIComponent(jobs.nextCursor)}`}
              className={button('secondary', 'min-h-11 justify-self-center px-6')}
            >
              More {lists[shown].label.toLowerCase()} jobs
            </Link>
          )}
        </section>
      </Marking>
    </main>
  );
}

function Tabs({ shown, counts }: { shown: ListName; counts: JobList['counts'] }) {
  return (
    <nav aria-label="Your jobs" className="flex gap-1 overflow-x-auto border-b border-line">
      {(Object.keys(lists) as ListName[]).map((name) => {
        const { label, icon: Icon } = lists[name];
        return (
          <Link
            key={name}
            to={`?show=${name}`}
            aria-current={name === shown ? 'page' : undefined}
            className={clsx(
              '-mb-px flex min-h-11 flex-1 items-center justify-center gap-1.5 border-b-2 px-2 text-sm font-semibold whitespace-nowrap no-underline sm:flex-none sm:px-4',
              name === shown
                ? 'border-accent-fill text-accent'
                : 'border-transparent text-muted hover:text-ink',
            )}
          >
            <Icon aria-hidden="true" className="size-4" />
            {label}
            <span className="tabular-nums" data-count={name}>
              {counts[name].toLocaleString('en-GB')}
            </span>
          </Link>
        );
      })}
    </nav>
  );
}

function NoJobs({ shown, later }: { shown: ListName; later: boolean }) {
  const toSearch = (
    <Link to="/" className={button('primary')}>
      To the search
    </Link>
  );
  const empty: Record<ListName, { icon: LucideIcon; title: string; text: ReactNode }> = {
    saved: {
      icon: Bookmark,
      title: later ? 'No more saved jobs' : 'No saved jobs yet',
      text: '“Save” below a result keeps the job here, also when its board closes it.',
    },
    applied: {
      icon: Send,
      title: later ? 'No more applications' : 'No applications yet',
      text: '“I applied” below a result keeps the job here, with the day and your note.',
    },
    hidden: {
      icon: EyeOff,
      title: later ? 'No more hidden jobs' : 'No hidden jobs',
      text: '“Hide” below a result leaves the job out of what you find. It can be shown again from here.',
    },
  };
  const { icon, title, text } = empty[shown];
  return (
    <EmptyState icon={icon} title={title} actions={toSearch}>
      {text}
    </EmptyState>
  );
}

function HiddenTerms({ terms }: { terms: HiddenTerm[] }) {
  return (
    <section aria-labelledby="terms" className="card grid gap-4 p-5">
      <div>
        <h2 id="terms" className="text-lg font-bold">
          Hidden companies and words
        </h2>
        <p className="text-sm text-muted">
          Jobs of these companies, and jobs with one of these words in the title or the company’s name, are
          left out of your results.
        </p>
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <HideWord kind="company" />
        <HideWord kind="word" />
      </div>
      {terms.length > 0 && <HiddenTermList terms={terms} />}
    </section>
  );
}
