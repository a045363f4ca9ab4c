import { Form, Link, useSubmit } from '@remix-run/react';
import { workModeLabels } from '../../../../domain/work-mode.js';
import type { Run } from '../../api/types.js';
import { button } from '../../components/button.js';
import { askedBoards } from '../../format/run.js';
import { useHydrated } from '../../live/use-server-clock.js';
import { type Filters, isFiltered } from './filters.js';

/** The filters of the results. They are the address: a link keeps them, and so does Back. */
export function FilterBar({ run, filters }: { run: Run; filters: Filters }) {
  const submit = useSubmit();
  const hydrated = useHydrated();
  return (
    <Form
      method="get"
      preventScrollReset
      className="flex flex-wrap items-center gap-x-5 gap-y-2 text-sm"
      aria-label="Filter the results"
      onChange={(event) => submit(event.currentTarget, { replace: true, preventScrollReset: true })}
      // Another address may tell of other filters: the controls start anew from it.
      key={JSON.stringify(filters)}
    >
      {filters.hidden && <input type="hidden" name="hidden" value="true" />}
      <label className="flex items-center gap-2">
        <span className="text-muted">Board</span>
        <select name="board" defaultValue={filters.board ?? ''} className="field min-h-10 w-auto py-1">
          <option value="">All</option>
          {askedBoards(run).map(({ board, label }) => (
            <option key={board} value={board}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label className="flex items-center gap-2">
        <span className="text-muted">Work mode</span>
        <select name="workMode" defaultValue={filters.workMode ?? ''} className="field min-h-10 w-auto py-1">
          <option value="">Any</option>
          {Object.entries(workModeLabels).map(([mode, label]) => (
            <option key={mode} value={mode}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <Check name="onlyNew" label="Only new" checked={filters.onlyNew === 'true'} />
      <Check name="withSalary" label="With stated pay" checked={filters.withSalary === 'true'} />
      <Check name="onlyOpen" label="Only open" checked={filters.onlyOpen === 'true'} />
      {isFiltered(filters) && (
        <Link to={`/runs/${run.id}`} className="link" preventScrollReset replace>
          Clear
        </Link>
      )}
      {/* Last, so that nothing moves under a pointer when it goes. */}
      {!hydrated && (
        <button type="submit" className={button('secondary')}>
          Apply
        </button>
      )}
    </Form>
  );
}

function Check({ name, label, checked }: { name: string; label: string; checked: boolean }) {
  return (
    <label className="flex min-h-10 items-center gap-2">
      <input type="checkbox" name={name} value="true" defaultChecked={checked} className="size-5" />
      {label}
    </label>
  );
}
