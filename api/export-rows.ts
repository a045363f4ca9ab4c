import { stringify } from 'csv-stringify/sync';
import type { Result } from './result-schemas.js';
import type { Run } from './schemas.js';

type Cell = string | number | null;
export type Columns<Row> = Record<string, (row: Row) => Cell>;

const list = (values: readonly string[]) => values.join('; ');

/** A run's results as a table: what a column is called, and what stands in it. */
export const resultColumns: Columns<Result> = {
  title: ({ title }) => title,
  company: ({ company }) => company,
  places: ({ locations }) => list(locations),
  work_mode: ({ workMode }) => workMode,
  employment_type: ({ employmentType }) => employmentType,
  pay_min: ({ salary }) => salary?.min ?? null,
  pay_max: ({ salary }) => salary?.max ?? null,
  pay_currency: ({ salary }) => salary?.currency ?? null,
  pay_period: ({ salary }) => salary?.period ?? null,
  pay_text: ({ salary }) => salary?.raw ?? null,
  posted_at: ({ postedAt }) => postedAt,
  first_seen_at: ({ firstSeenAt }) => firstSeenAt,
  closed_at: ({ closedAt }) => closedAt,
  new: ({ isNew }) => yesOrNo(isNew),
  saved: ({ mark }) => yesOrNo(Boolean(mark?.savedAt)),
  applied_on: ({ mark }) => mark?.appliedOn ?? null,
  note: ({ mark }) => mark?.note ?? null,
  boards: ({ sources }) => list(sources.map(({ label }) => label)),
  url: ({ sources }) => sources[0]?.url ?? null,
  apply_url: ({ sources }) => sources[0]?.applyUrl ?? null,
  posting_id: ({ postingId }) => postingId,
};

/** The history as a table. */
export const historyColumns: Columns<Omit<Run, 'serverTime'>> = {
  search: ({ summary }) => summary,
  status: ({ status }) => status,
  trigger: ({ trigger }) => trigger,
  device: ({ clientContext }) => clientContext?.device ?? null,
  found: ({ found }) => found,
  new: (run) => run.new,
  created_at: ({ createdAt }) => createdAt,
  started_at: ({ startedAt }) => startedAt,
  completed_at: ({ completedAt }) => completedAt,
  seconds: ({ startedAt, completedAt }) =>
    startedAt && completedAt ? (Date.parse(completedAt) - Date.parse(startedAt)) / 1_000 : null,
  error: ({ error }) => error?.class ?? null,
  error_text: ({ error }) => error?.message ?? null,
  boards: ({ boards }) => list(boards.map(({ label }) => label)),
  boards_failed: ({ boards }) =>
    list(boards.filter(({ state }) => state === 'failed').map(({ label }) => label)),
  saved_search_id: ({ savedSearchId }) => savedSearchId,
  rerun_of: ({ rerunOf }) => rerunOf,
  run_id: ({ id }) => id,
};

const yesOrNo = (value: boolean) => (value ? 'yes' : 'no');

/**
 * A table as CSV (RFC 4180), with the mark by which spreadsheets know UTF-8. What begins like a formula has a quote
 * before it: no posting's title is run by a spreadsheet.
 */
export function toCsv<Row>(rows: readonly Row[], columns: Columns<Row>): string {
  const names = Object.keys(columns);
  const cells = rows.map((row) => names.map((name) => columns[name]?.(row) ?? null));
  return stringify([names, ...cells], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
}
