import { Link } from '@remix-run/react';
import { CircleCheck, Filter, History, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { button } from '../../components/button.js';
import { EmptyState } from '../../components/empty-state.js';
import { type HistoryFilters, historyPath, isFiltered } from './filters.js';

/** Why the history shows nothing: never searched, nothing fits, nothing goes on, or nothing older. */
export function NoRuns({ filters, later }: { filters: HistoryFilters; later: boolean }) {
  if (later)
    return (
      <Empty
        icon={History}
        title="There are no older searches"
        to={historyPath(filters)}
        action="Newest searches"
      >
        This is past the end of the list.
      </Empty>
    );
  if (!isFiltered(filters))
    return (
      <Empty icon={History} title="No searches yet" to="/" action="Start your first search">
        What you search is kept here with its results, so that you can come back to it on any device.
      </Empty>
    );
  const only = Object.entries(filters).filter(([, value]) => value !== undefined);
  if (only.length === 1 && (filters.status === 'pending' || filters.status === 'running'))
    return (
      <Empty icon={CircleCheck} title="Nothing is under way" to="/history" action="Show all searches">
        Searches that wait or go on are shown here; every one of yours has ended.
      </Empty>
    );
  if (filters.from && filters.to && filters.from > filters.to)
    return (
      <Empty icon={Filter} title="The first day is after the last" to="/history" action="Clear the filters">
        Choose a day that is not later than the other.
      </Empty>
    );
  return (
    <Empty icon={Filter} title="No search fits these filters" to="/history" action="Clear the filters">
      There are searches in your history; the filters above hide them all.
    </Empty>
  );
}

function Empty({
  icon,
  title,
  to,
  action,
  children,
}: {
  icon: LucideIcon;
  title: string;
  to: string;
  action: string;
  children: ReactNode;
}) {
  return (
    <EmptyState
      icon={icon}
      title={title}
      actions={
        <Link to={to} className={button('primary')}>
          {action}
        </Link>
      }
    >
      {children}
    </EmptyState>
  );
}
