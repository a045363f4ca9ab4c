import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { Link, type MetaFunction, useLoaderData } from '@remix-run/react';
import clsx from 'clsx';
import { CalendarClock, History, SearchX, User } from 'lucide-react';
import type { Run, RunStatus } from '../api/types.js';
import { requireVisitor } from '../auth.server.js';
import { button } from '../components/button.js';
import { EmptyState } from '../components/empty-state.js';
import { StatusBadge } from '../components/status-badge.js';
import { Timer } from '../components/timer.js';
import { describeDevice } from '../format/client-context.js';
import { statusLabels } from '../format/run.js';
import { absoluteTime, clockTime, groupByDay } from '../format/time.js';
import { useTimeZone } from '../live/use-server-clock.js';

const statuses: RunStatus[] = ['pending', 'running', 'success', 'failed', 'cancelled'];

export const meta: MetaFunction = () => [{ title: 'History · Searching The Fox' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { api, ask, headers } = await requireVisitor(request);
  const query = new URL(request.url).searchParams;
  const status = statuses.find((each) => each === query.get('status'));
  const cursor = query.get('cursor') ?? undefined;
  const runs = await ask(api.GET('/runs', { params: { query: { status, cursor, limit: 20 } } }));
  return data(
    { runs: runs.items, nextCursor: runs.nextCursor, status: status ?? null, now: Date.now() },
    { headers },
  );
}

export default function HistoryPage() {
  const { runs, nextCursor, status, now } = useLoaderData<typeof loader>();
  const timeZone = useTimeZone();
  const days = groupByDay(runs, (run) => Date.parse(run.createdAt), now, timeZone);
  return (
    <main id="main" className="mx-auto grid max-w-4xl gap-6 px-4 py-6 lg:py-10">
      <div>
        <h1 className="text-xl font-bold">Search history</h1>
        <p className="text-muted">Every search of yours, by hand or scheduled, from every device.</p>
      </div>
      <nav aria-label="Filter by state" className="flex flex-wrap gap-2">
        {[null, ...statuses].map((each) => (
          <Link
            key={each ?? 'all'}
            to={each ? `/history?status=${each}` : '/history'}
            aria-current={status === each ? 'page' : undefined}
            className={clsx(
              'inline-flex min-h-9 items-center rounded-full border px-3.5 text-sm font-semibold no-underline',
              status === each
                ? 'border-accent bg-accent-soft text-accent'
                : 'border-line bg-surface text-muted hover:text-ink',
            )}
          >
            {each ? statusLabels[each] : 'All'}
          </Link>
        ))}
      </nav>
      {days.length === 0 && <NoRuns status={status} />}
      {days.map(({ key, label, items }) => (
        <section key={key} aria-labelledby={`day-${key}`}>
          <h2 id={`day-${key}`} className="mb-2 text-sm font-bold text-muted">
            {label}
          </h2>
          <ul className="card divide-y divide-line overflow-hidden">
            {items.map((run) => (
              <RunRow key={run.id} run={run} timeZone={timeZone} />
            ))}
          </ul>
        </section>
      ))}
      {nextCursor && (
        <Link
          to={`/history?${new URLSearchParams({ ...(status && { status }), cursor: nextCursor })}`}
          className={button('secondary', 'justify-self-center px-6')}
        >
          Older searches
        </Link>
      )}
    </main>
  );
}

function RunRow({ run, timeZone }: { run: Run; timeZone: string }) {
  const at = Date.parse(run.createdAt);
  const scheduled = run.source === 'cron';
  const device = describeDevice(run.clientContext);
  const Trigger = scheduled ? CalendarClock : User;
  return (
    <li className="relative grid gap-x-4 gap-y-2 px-4 py-3.5 hover:bg-inset sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <Link
          to={`/runs/${run.id}`}
          className="font-semibold no-underline after:absolute after:inset-0 hover:underline"
        >
          {run.summary}
        </Link>
        <p className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
          <time dateTime={run.createdAt} title={absoluteTime(at, timeZone)}>
            {clockTime(at, timeZone)}
          </time>
          <span className="inline-flex items-center gap-1.5">
            <Trigger aria-hidden="true" className="size-4" />
            {scheduled ? 'Scheduled' : device ? `By you, ${device}` : 'By you'}
          </span>
          <span>{boardsText(run)}</span>
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm sm:justify-end">
        <span className="text-muted tabular-nums">
          <strong className="text-ink">{run.found.toLocaleString('en-GB')}</strong> found,{' '}
          <strong className="text-ink">{run.new.toLocaleString('en-GB')}</strong> new
        </span>
        <Timer run={run} compact />
        <StatusBadge run={run} />
      </div>
    </li>
  );
}

const boardsText = ({ boards }: Run) =>
  boards.length <= 2 ? boards.map(({ label }) => label).join(', ') : `${boards.length} boards`;

function NoRuns({ status }: { status: RunStatus | null }) {
  if (status)
    return (
      <EmptyState
        icon={SearchX}
        title={`No search is “${statusLabels[status].toLowerCase()}”`}
        actions={
          <Link to="/history" className={button('primary')}>
            Show all searches
          </Link>
        }
      />
    );
  return (
    <EmptyState
      icon={History}
      title="No searches yet"
      actions={
        <Link to="/" className={button('primary')}>
          Start your first search
        </Link>
      }
    >
      What you search is kept here with its results, so that you can come back to it on any device.
    </EmptyState>
  );
}
