import type { paths } from '../../api/schema.gen.js';
import { errorClasses, type RunError } from '../../format/errors.js';

export const windows = { '24h': '24 hours', '7d': '7 days', '30d': '30 days' } as const;
export type Window = keyof typeof windows;

export const readWindow = (query: URLSearchParams): Window =>
  (Object.keys(windows) as Window[]).find((window) => window === query.get('window')) ?? '24h';

/** What the API can be asked for of everybody's runs, as it stands in the address. */
export type AdminRunFilters = Omit<
  NonNullable<paths['/admin/runs']['get']['parameters']['query']>,
  'cursor' | 'limit'
>;

export const adminStatuses = ['pending', 'running', 'success', 'partial', 'failed', 'cancelled'] as const;
export const sourceLabels = { manual: 'A person', cron: 'The schedule' } as const;

const isMoment = (text: string) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text));

/** Reads the filters of an address; what is empty or cannot be filters nothing. */
export function readAdminFilters(query: URLSearchParams): AdminRunFilters {
  const given = (name: string, fits: (text: string) => boolean) => {
    const text = query.get(name) ?? '';
    return fits(text) ? text : undefined;
  };
  const among = <Value extends string>(name: string, values: readonly Value[]) =>
    values.find((value) => value === query.get(name));
  const moment = (name: string) => {
    const text = given(name, isMoment);
    return text && new Date(text).toISOString();
  };
  const board = given('board', (name) => /^[a-z0-9_]{1,50}$/.test(name));
  return {
    status: among('status', adminStatuses),
    source: among('source', ['manual', 'cron'] as const),
    errorClass: among<RunError>('errorClass', errorClasses),
    board,
    boardFailed: board && among('boardFailed', ['true'] as const),
    tick: given('tick', (id) => /^[\w/:-]{1,200}$/.test(id)),
    from: moment('from'),
    until: moment('until'),
  };
}

/** Where the runs are that fit. */
export function adminRunsPath(filters: AdminRunFilters & { cursor?: string }): string {
  const given = Object.entries(filters).filter(([, value]) => value);
  const query = new URLSearchParams(given as [string, string][]).toString();
  return query ? `/admin/runs?${query}` : '/admin/runs';
}
