import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { Link, type MetaFunction, useLoaderData } from '@remix-run/react';
import { button } from '../../components/button.js';
import { BoardFiguresSection } from './board-figures.js';
import { readWindow, type Window, windows } from './filters.js';
import { QueueFiguresSection } from './queue-figures.js';
import { requireAdmin } from './require-admin.server.js';
import { RunFiguresSection } from './run-figures.js';
import { ScheduleFiguresSection } from './schedule-figures.js';

export const meta: MetaFunction = ({ error }) => [
  { title: error ? 'This page is not here · Searching The Fox' : 'Admin · Searching The Fox' },
];

export async function loader({ request }: LoaderFunctionArgs) {
  const { api, ask, headers } = await requireAdmin(request);
  const window = readWindow(new URL(request.url).searchParams);
  const params = { query: { window } };
  const [runs, boards, schedules, queues] = await Promise.all([
    ask(api.GET('/admin/runs/figures', { params })),
    ask(api.GET('/admin/boards/figures', { params })),
    ask(api.GET('/admin/schedules/figures', { params })),
    ask(api.GET('/admin/queues')),
  ]);
  return data({ window, runs, boards, schedules, queues, now: Date.now() }, { headers });
}

/** What an operator looks at: figures of the whole service, each with the way to the runs behind it. */
export default function AdminPage() {
  const { window, runs, boards, schedules, queues, now } = useLoaderData<typeof loader>();
  return (
    <main id="main" className="mx-auto grid max-w-6xl grid-cols-[minmax(0,1fr)] gap-8 px-4 py-6 lg:py-10">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h1 className="text-xl font-bold">Admin</h1>
          <p className="text-muted">The whole service over the last {windows[window]}, this hour included.</p>
        </div>
        <nav aria-label="Window" className="flex flex-wrap gap-2">
          {(Object.keys(windows) as Window[]).map((each) => (
            <Link
              key={each}
              to={`/admin?window=${each}`}
              aria-current={each === window ? 'page' : undefined}
              className={button(
                'secondary',
                'aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent',
              )}
            >
              {windows[each]}
            </Link>
          ))}
          <Link to="/admin/runs" className={button('quiet')}>
            All runs
          </Link>
        </nav>
      </div>
      <RunFiguresSection figures={runs} byDay={window === '30d'} />
      <BoardFiguresSection figures={boards} now={now} />
      <ScheduleFiguresSection figures={schedules} now={now} />
      <QueueFiguresSection figures={queues} now={now} />
    </main>
  );
}
