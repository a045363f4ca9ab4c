import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { Link, type MetaFunction, useLoaderData } from '@remix-run/react';
import { ArrowLeft, SearchX } from 'lucide-react';
import { requireVisitor } from '../../auth.server.js';
import { button } from '../../components/button.js';
import { EmptyState } from '../../components/empty-state.js';
import { ResultItem } from '../../components/result-item.js';
import { countOf } from '../../format/run.js';

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded?.postings.company.name ?? 'Company'} · Searching The Fox` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { api, ask, headers } = await requireVisitor(request);
  const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined;
  const path = { board: String(params.board), token: String(params.token) };
  const postings = await ask(
    api.GET('/companies/{board}/{token}/postings', { params: { path, query: { cursor, limit: 20 } } }),
  );
  return data({ postings, later: cursor !== undefined, now: Date.now() }, { headers });
}

export default function CompanyPostingsPage() {
  const { postings, later, now } = useLoaderData<typeof loader>();
  const { company, items, total, nextCursor } = postings;
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
            {countOf(total, 'open posting')} on {company.label}, newest first.
          </p>
        </div>
        {later && (
          <Link to="?" className="link text-sm">
            Back to the newest
          </Link>
        )}
      </div>
      {items.length === 0 ? (
        <EmptyState icon={SearchX} title="Nothing is open at the moment">
          What the company posts next is found by your searches.
        </EmptyState>
      ) : (
        <>
          <h2 className="sr-only">Open postings</h2>
          <ol className="grid gap-3">
            {items.map((posting) => (
              <ResultItem key={posting.postingId} result={posting} now={now} />
            ))}
          </ol>
        </>
      )}
      {nextCursor && (
        <Link
          to={`?cursor=${encodeURIComponent(nextCursor)}`}
          className={button('secondary', 'min-h-11 justify-self-center px-6')}
        >
          Older postings
        </Link>
      )}
    </main>
  );
}
