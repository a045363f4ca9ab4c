import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { Link, type MetaFunction, useLoaderData, useRevalidator } from '@remix-run/react';
import { ArrowLeft, Eye, EyeOff, SearchX } from 'lucide-react';
import { requireVisitor } from '../../auth.server.js';
import { button } from '../../components/button.js';
import { EmptyState } from '../../components/empty-state.js';
import { ResultItem } from '../../components/result-item.js';
import { countOf } from '../../format/run.js';
import { useStreamWatcher } from '../../live/watchers.js';
import { JobActions } from '../../marking/job-actions.js';
import { Marking } from '../../marking/marking.js';

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded?.postings.company.name ?? 'Company'} · Searching The Fox` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { api, ask, headers } = await requireVisitor(request);
  const asked = new URL(request.url).searchParams;
  const cursor = asked.get('cursor') ?? undefined;
  const hidden = asked.get('hidden') === 'true' ? 'true' : undefined;
  const path = { board: String(params.board), token: String(params.token) };
  const postings = await ask(
    api.GET('/companies/{board}/{token}/postings', {
      params: { path, query: { cursor, hidden, limit: 20 } },
    }),
  );
  return data({ postings, hidden, later: cursor !== undefined, now: Date.now() }, { headers });
}

export default function CompanyPostingsPage() {
  const { postings, hidden, later, now } = useLoaderData<typeof loader>();
  const { company, items, total, nextCursor } = postings;
  const { revalidate } = useRevalidator();
  useStreamWatcher({ onMarks: revalidate, onReopened: revalidate });
  const first = hidden ? '?hidden=true' : '?';
  return (
    <main id="main" className="mx-auto grid max-w-4xl gap-4 px-4 py-6 lg:py-10">
      <Link to="/companies" className="link inline-flex items-center gap-1 text-sm">
        <ArrowLeft aria-hidden="true" className="size-4" />
        All companies
      </Link>
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div className="min-w-0">
          <h1 className="text-xl font-bold break-words">{company.name}</h1>
          <p className="text-muted">
            {countOf(total, hidden ? 'hidden posting' : 'open posting')} on {company.label}, newest first.
          </p>
        </div>
        {later && (
          <Link to={first} className="link text-sm">
            Back to the newest
          </Link>
        )}
      </div>
      {/* What is hidden is another list: nothing told of this one stays. */}
      <Marking key={first}>
        <HiddenNote hidden={postings.hidden} shown={hidden !== undefined} />
        {items.length === 0 ? (
          <NoPostings hidden={postings.hidden} shown={hidden !== undefined} />
        ) : (
          <>
            <h2 className="sr-only">{hidden ? 'Hidden postings' : 'Open postings'}</h2>
            <ol className="grid gap-3">
              {items.map((posting) => (
                <ResultItem key={posting.postingId} result={posting} now={now}>
                  <JobActions job={posting} now={now} />
                </ResultItem>
              ))}
            </ol>
          </>
        )}
        {nextCursor && (
          <Link
            to={`${hidden ? `${first}&` : first}cursor=${encodeURIComponent(nextCursor)}`}
            className={button('secondary', 'min-h-11 justify-self-center px-6')}
          >
            Older postings
          </Link>
        )}
      </Marking>
    </main>
  );
}

/** How many of the company's postings the person has hidden, and the way there and back. */
function HiddenNote({ hidden, shown }: { hidden: number; shown: boolean }) {
  if (shown)
    return (
      <Link to="?" className="link justify-self-start text-sm">
        Back to the open postings
      </Link>
    );
  if (hidden === 0) return null;
  return (
    <p className="text-sm text-muted" data-hidden={hidden}>
      {countOf(hidden, 'posting')} hidden by you.{' '}
      <Link to="?hidden=true" className="link">
        Show what is hidden
      </Link>
    </p>
  );
}

function NoPostings({ hidden, shown }: { hidden: number; shown: boolean }) {
  if (shown)
    return (
      <EmptyState icon={Eye} title="Nothing here is hidden">
        What you hide of these postings is kept here, to be shown again.
      </EmptyState>
    );
  if (hidden > 0)
    return (
      <EmptyState icon={EyeOff} title="You have hidden all of it">
        {countOf(hidden, 'posting')} would be here, by themselves or by a company or a word that you hide.
      </EmptyState>
    );
  return (
    <EmptyState icon={SearchX} title="Nothing is open at the moment">
      What the company posts next is found by your searches.
    </EmptyState>
  );
}
