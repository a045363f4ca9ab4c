import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { Form, Link, type MetaFunction, useLoaderData } from '@remix-run/react';
import { ExternalLink } from 'lucide-react';
import { listBoards } from '../../boards.server.js';
import { button } from '../../components/button.js';
import { boardOptions, FilterInput, FilterSelect, runErrorOptions } from '../../components/filter-field.js';
import { ShownStatusBadge } from '../../components/status-badge.js';
import { When } from '../../components/when.js';
import { explainRunError } from '../../format/errors.js';
import { statusLabels } from '../../format/run.js';
import { took } from './figures-format.js';
import {
  type AdminRunFilters,
  adminRunsPath,
  adminStatuses,
  readAdminFilters,
  sourceLabels,
} from './filters.js';
import { requireAdmin } from './require-admin.server.js';
import { Cell, Numbers, RowHead } from './table.js';

export const meta: MetaFunction = ({ error }) => [
  { title: error ? 'This page is not here · Searching The Fox' : 'Everybody’s runs · Searching The Fox' },
];

export async function loader({ request }: LoaderFunctionArgs) {
  const { api, ask, headers } = await requireAdmin(request);
  const query = new URL(request.url).searchParams;
  const filters = readAdminFilters(query);
  const cursor = query.get('cursor') ?? undefined;
  const [list, boards] = await Promise.all([
    ask(api.GET('/admin/runs', { params: { query: { ...filters, cursor } } })),
    listBoards(request),
  ]);
  return data(
    { ...list, filters, boards: boards.items.map(({ name, label }) => ({ name, label })), now: Date.now() },
    { headers },
  );
}

/** The runs behind the figures, with the way to each in the Temporal Web UI. */
export default function AdminRunsPage() {
  const { items, nextCursor, filters, boards, now } = useLoaderData<typeof loader>();
  return (
    <main id="main" className="mx-auto grid max-w-6xl grid-cols-[minmax(0,1fr)] gap-5 px-4 py-6 lg:py-10">
      <div>
        <h1 className="text-xl font-bold">Everybody’s runs</h1>
        <p className="text-muted">
          Those that go on first, then the last that ended.{' '}
          <Link to="/admin" className="link">
            Figures
          </Link>
        </p>
      </div>
      <Filters filters={filters} boards={boards} />
      {items.length === 0 ? (
        <p>No run fits.</p>
      ) : (
        <Numbers
          caption="Runs"
          head={['State', 'Ended', 'Took', 'Started by', 'What went wrong', 'Person', 'Workflow']}
        >
          {items.map((run) => (
            <tr key={run.id} data-admin-run={run.id}>
              <RowHead>
                <ShownStatusBadge status={run.status} />
              </RowHead>
              <Cell>{run.completedAt ? <When at={run.completedAt} now={now} /> : '–'}</Cell>
              <Cell>
                {took(run.completedAt ? Date.parse(run.completedAt) - Date.parse(run.createdAt) : null)}
              </Cell>
              <Cell>{sourceLabels[run.source]}</Cell>
              <Cell>
                {[
                  run.errorClass && explainRunError(run.errorClass).label,
                  ...run.failedBoards.map(
                    (board) =>
                      `${board.label}: ${board.class ? explainRunError(board.class).label : 'in part'}`,
                  ),
                ]
                  .filter(Boolean)
                  .join('; ') || '–'}
              </Cell>
              <Cell>
                <code>{run.userId}</code>
              </Cell>
              <Cell>
                {run.temporalUrl ? (
                  <a href={run.temporalUrl} className="link inline-flex items-center gap-1">
                    <code>{run.id}</code>
                    <ExternalLink aria-hidden="true" className="size-4" />
                    <span className="sr-only">in the Temporal Web UI</span>
                  </a>
                ) : (
                  <code>{run.id}</code>
                )}
              </Cell>
            </tr>
          ))}
        </Numbers>
      )}
      {nextCursor && (
        <Link
          to={adminRunsPath({ ...filters, cursor: nextCursor })}
          className={button('secondary', 'justify-self-center px-6')}
        >
          Older runs
        </Link>
      )}
    </main>
  );
}

/** A plain form: the filters are the address. What only a link from a figure says is kept beside them. */
function Filters({
  filters,
  boards,
}: {
  filters: AdminRunFilters;
  boards: { name: string; label: string }[];
}) {
  const chosen = (name: keyof AdminRunFilters) => ({ name, defaultValue: filters[name] ?? '' });
  return (
    <Form
      method="get"
      key={adminRunsPath(filters)}
      aria-label="Filter the runs"
      className="card grid grid-cols-2 gap-3 p-4 text-sm sm:grid-cols-4"
    >
      <FilterSelect
        {...chosen('status')}
        label="State"
        any="Any state"
        options={adminStatuses.map((status) => [status, statusLabels[status]])}
      />
      <FilterSelect
        {...chosen('source')}
        label="Started by"
        any="Anything"
        options={Object.entries(sourceLabels)}
      />
      <FilterSelect
        {...chosen('errorClass')}
        label="What went wrong"
        any="Anything or nothing"
        options={runErrorOptions}
      />
      <FilterSelect {...chosen('board')} label="Board" any="Any board" options={boardOptions(boards)} />
      <FilterInput {...chosen('from')} label="Ended from (UTC)" placeholder="2026-11-25T14:00Z" />
      <FilterInput {...chosen('until')} label="Ended before (UTC)" placeholder="2026-11-25T14:00Z" />
      <label className="flex min-h-10 items-center gap-2 self-end">
        <input
          type="checkbox"
          name="boardFailed"
          value="true"
          defaultChecked={filters.boardFailed === 'true'}
        />
        The board went wrong
      </label>
      {filters.tick && <input type="hidden" name="tick" value={filters.tick} />}
      <div className="flex flex-wrap gap-2 self-end">
        <button type="submit" className={button('secondary')}>
          Apply
        </button>
        <Link to="/admin/runs" className={button('quiet')}>
          Clear
        </Link>
      </div>
    </Form>
  );
}
