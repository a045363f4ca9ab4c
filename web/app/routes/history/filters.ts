import type { paths } from '../../api/schema.gen.js';
import { endOfDay, isDay, isTimeZone, startOfDay } from '../../format/days.js';
import { errorClasses, type RunError } from '../../format/errors.js';
import { type ShownStatus, statusLabels } from '../../format/run.js';

type RunsQuery = NonNullable<paths['/runs']['get']['parameters']['query']>;
type Trigger = NonNullable<RunsQuery['trigger']>;

/** The filters of the history, as they stand in the address. */
export interface HistoryFilters {
  status?: ShownStatus;
  trigger?: Trigger;
  /** A saved search's id. */
  saved?: string;
  board?: string;
  error?: RunError;
  /** The first and the last day, `2026-11-25`, of the zone beside them. */
  from?: string;
  to?: string;
  zone?: string;
}

export const triggerLabels: Record<Trigger, string> = {
  manual: 'By hand',
  schedule: 'The schedule',
  rerun: 'Run again',
};
export const shownStatuses = Object.keys(statusLabels) as ShownStatus[];

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const boardName = /^[a-z0-9_]{1,50}$/;

/** Reads the filters of an address; what is empty or cannot be filters nothing. */
export function readFilters(query: URLSearchParams): HistoryFilters {
  const given = (name: string, fits: (text: string) => boolean) => {
    const text = query.get(name) ?? '';
    return fits(text) ? text : undefined;
  };
  const among = <Value extends string>(name: string, values: readonly Value[]) =>
    values.find((value) => value === query.get(name));
  const [from, to] = [given('from', isDay), given('to', isDay)];
  return {
    status: among('status', shownStatuses),
    trigger: among('trigger', Object.keys(triggerLabels) as Trigger[]),
    saved: given('saved', (id) => uuid.test(id)),
    board: given('board', (name) => boardName.test(name)),
    error: among('error', errorClasses),
    from,
    to,
    zone: from || to ? given('zone', isTimeZone) : undefined,
  };
}

/** The page's address with these filters, from where a cursor says. */
export const historyPath = (filters: HistoryFilters, cursor?: string) =>
  withQuery('/history', { ...filters, cursor });

/** Where the runs that fit these filters are downloaded. */
export const exportPath = (filters: HistoryFilters, format: 'csv' | 'json') =>
  withQuery('/history/export', { ...filters, format });

function withQuery(path: string, parameters: Record<string, string | undefined>): string {
  const given = Object.entries(parameters).filter(([, value]) => value);
  const query = new URLSearchParams(given as [string, string][]).toString();
  return query ? `${path}?${query}` : path;
}

export const isFiltered = ({ zone: _zone, ...filters }: HistoryFilters) =>
  Object.values(filters).some((value) => value !== undefined);

/** What the API is asked for these filters: days become moments of the person's own zone. */
export function runsQuery({ saved, error, from, to, zone = 'UTC', ...same }: HistoryFilters): RunsQuery {
  return {
    ...same,
    savedSearchId: saved,
    errorClass: error,
    from: from && new Date(startOfDay(from, zone)).toISOString(),
    until: to && new Date(endOfDay(to, zone)).toISOString(),
  };
}
