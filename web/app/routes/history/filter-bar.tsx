import { Form, Link, useNavigate } from '@remix-run/react';
import { ChevronDown, ListFilter } from 'lucide-react';
import { type ChangeEvent, useEffect, useState } from 'react';
import type { Board, SavedSearch } from '../../api/types.js';
import { button } from '../../components/button.js';
import { boardOptions, FilterInput, FilterSelect, runErrorOptions } from '../../components/filter-field.js';
import { statusLabels } from '../../format/run.js';
import { useHydrated } from '../../live/use-server-clock.js';
import { type HistoryFilters, historyPath, isFiltered, shownStatuses, triggerLabels } from './filters.js';

interface FilterBarProps {
  filters: HistoryFilters;
  boards: Pick<Board, 'name' | 'label'>[];
  saved: Pick<SavedSearch, 'id' | 'name'>[];
}

type Name = keyof HistoryFilters;

/** A day that is still being typed passes through years that nobody means. */
const isTyped = (name: Name, value: string) =>
  (name === 'from' || name === 'to') && value !== '' && value < '2000';

/** The filters of the history. They are the address: a link keeps them, and so does Back. */
export function FilterBar({ filters, boards, saved }: FilterBarProps) {
  const hydrated = useHydrated();
  const navigate = useNavigate();
  // The controls keep what is being entered, and the focus with it, while the list is read anew.
  const [entered, setEntered] = useState<Partial<Record<Name, string>>>(filters);
  const address = historyPath(filters);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address says when the filters are others
  useEffect(() => setEntered(filters), [address]);

  const change = (name: Name, value: string) => {
    const next = { ...entered, [name]: value || undefined };
    next.zone = next.from || next.to ? Intl.DateTimeFormat().resolvedOptions().timeZone : undefined;
    setEntered(next);
    if (!isTyped(name, value)) {
      navigate(historyPath(next as HistoryFilters), { replace: true, preventScrollReset: true });
    }
  };
  const controlled = (name: Name) => ({
    name,
    value: entered[name] ?? '',
    onChange: (event: ChangeEvent<HTMLSelectElement | HTMLInputElement>) => change(name, event.target.value),
  });
  const lost = saved.some(({ id }) => id === filters.saved) ? undefined : filters.saved;

  return (
    <Form
      method="get"
      className="card px-4 py-2 text-sm sm:py-4"
      aria-label="Filter the history"
      data-key-filter
    >
      {/* A phone shows the filters when asked; a wider screen always, where a closed details can be made to. */}
      <details open={isFiltered(filters)} className="sm:[&::details-content]:[content-visibility:visible]">
        <summary className="flex min-h-10 items-center gap-2 font-semibold sm:supports-[selector(::details-content)]:hidden">
          <ListFilter aria-hidden="true" className="size-4" />
          Filters
          <ChevronDown aria-hidden="true" className="ml-auto size-4" />
        </summary>
        <div className="grid grid-cols-2 gap-3 max-sm:pt-2 max-sm:pb-3 sm:grid-cols-4">
          <FilterSelect
            {...controlled('status')}
            label="State"
            any="Any state"
            options={shownStatuses.map((status) => [status, statusLabels[status]])}
          />
          <FilterSelect
            {...controlled('trigger')}
            label="Started by"
            any="Anything"
            options={Object.entries(triggerLabels)}
          />
          <FilterSelect
            {...controlled('saved')}
            label="Saved search"
            any="Any or none"
            options={[
              ...(lost ? [[lost, 'One that is gone'] as const] : []),
              ...saved.map(({ id, name }) => [id, name] as const),
            ]}
          />
          <FilterSelect
            {...controlled('board')}
            label="Board"
            any="Any board"
            options={boardOptions(boards)}
          />
          <FilterSelect
            {...controlled('error')}
            label="What went wrong"
            any="Anything or nothing"
            options={runErrorOptions}
          />
          <div className="col-span-2 grid grid-cols-2 gap-3">
            <FilterInput {...controlled('from')} type="date" label="From" />
            <FilterInput {...controlled('to')} type="date" label="To" />
          </div>
          {/* A scripted page tells days in its own zone; without scripts they are UTC's. */}
          {filters.zone && <input type="hidden" name="zone" value={filters.zone} />}
          {isFiltered(filters) && (
            <Link to="/history" className={button('quiet', 'self-end')} preventScrollReset replace>
              Clear filters
            </Link>
          )}
          {/* Last, so that nothing moves under a pointer when it goes. */}
          {!hydrated && (
            <button type="submit" className={button('secondary', 'self-end')}>
              Apply
            </button>
          )}
        </div>
      </details>
    </Form>
  );
}
