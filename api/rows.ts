import { z } from 'zod';
import { boards } from '../activities/boards/registry.js';
import {
  type BoardName,
  boardErrorClassSchema,
  boardNameSchema,
  companyTokenSchema,
} from '../domain/board.js';
import {
  boardStateSchema,
  clientContextSchema,
  runErrorClassSchema,
  runSourceSchema,
  runStatusSchema,
  runTrigger,
} from '../domain/run.js';
import type { QuietHours } from '../domain/schedule.js';
import { describeSearch, searchParametersSchema } from '../domain/search.js';
import { type Company, companySchema } from './company-schemas.js';
import { scheduleColumns, scheduleRowSchema, toSchedule } from './schedule-rows.js';
import { type Run, type SavedSearch, skippedBecauseSchema } from './schemas.js';

// The database's rows as they come, and what the API makes of them.

export const timestamp = z.string().transform((at) => new Date(at).toISOString());

/** PostgREST's `select` for a run with its boards. */
export const runColumns =
  `id, status, source, parameters, saved_search_id, client_context, jobs_found, jobs_new,
  first_of_its_search, error_class, error_message, cancel_requested_at, created_at, started_at, completed_at, revision,
  place_in, rerun_of,
  boards:search_run_boards (board, state, sources_total, sources_done, sources_failed, page, found, new, more_may_fit,
    error_class, error_message, skipped_because, started_at, completed_at)`.replace(/\s+/g, '');

const runRowSchema = z.object({
  id: z.uuid(),
  status: runStatusSchema,
  source: runSourceSchema,
  parameters: searchParametersSchema,
  saved_search_id: z.uuid().nullable(),
  client_context: clientContextSchema.nullable().catch(null),
  jobs_found: z.number().nullable(),
  jobs_new: z.number().nullable(),
  first_of_its_search: z.boolean(),
  error_class: runErrorClassSchema.nullable(),
  error_message: z.string().nullable(),
  cancel_requested_at: timestamp.nullable(),
  created_at: timestamp,
  started_at: timestamp.nullable(),
  completed_at: timestamp.nullable(),
  revision: z.number(),
  place_in: z.array(z.string()).nullable(),
  rerun_of: z.uuid().nullable(),
  boards: z.array(
    z.object({
      board: boardNameSchema,
      state: boardStateSchema,
      sources_total: z.number(),
      sources_done: z.number(),
      sources_failed: z.number(),
      page: z.number(),
      found: z.number(),
      new: z.number(),
      more_may_fit: z.boolean(),
      error_class: boardErrorClassSchema.nullable(),
      error_message: z.string().nullable(),
      skipped_because: skippedBecauseSchema.nullable(),
      started_at: timestamp.nullable(),
      completed_at: timestamp.nullable(),
    }),
  ),
});

const order = new Map(boards.map((board, index) => [board.name, index]));
const labels = new Map(boards.map((board) => [board.name, board.label]));
export const labelOf = (board: BoardName) => labels.get(board) ?? board;

const errorOf = <Class>(errorClass: Class | null, message: string | null) =>
  errorClass === null ? null : { class: errorClass, message: message ?? '' };

export function toRun(data: unknown): Run {
  const row = runRowSchema.parse(data);
  return {
    id: row.id,
    status: row.status,
    source: row.source,
    parameters: row.parameters,
    summary: describeSearch(row.parameters),
    placeKnown: row.place_in === null || row.place_in.length > 0,
    savedSearchId: row.saved_search_id,
    trigger: runTrigger(row.source, row.rerun_of),
    rerunOf: row.rerun_of,
    clientContext: row.client_context,
    found: row.jobs_found ?? 0,
    new: row.jobs_new ?? 0,
    firstOfItsSearch: row.first_of_its_search,
    error: errorOf(row.error_class, row.error_message),
    cancelRequestedAt: row.cancel_requested_at,
    createdAt: row.created_at,
    startedAt: row.started_at,
    completedAt: row.completed_at,
    revision: row.revision,
    boards: row.boards
      .sort((a, b) => (order.get(a.board) ?? 0) - (order.get(b.board) ?? 0))
      .map((board) => ({
        board: board.board,
        label: labelOf(board.board),
        state: board.state,
        sourcesTotal: board.sources_total,
        sourcesDone: board.sources_done,
        sourcesFailed: board.sources_failed,
        page: board.page,
        found: board.found,
        new: board.new,
        moreMayFit: board.more_may_fit,
        error: errorOf(board.error_class, board.error_message),
        skipped: board.skipped_because,
        startedAt: board.started_at,
        completedAt: board.completed_at,
      })),
    serverTime: new Date().toISOString(),
  };
}

const savedSearchRowSchema = scheduleRowSchema.extend({
  id: z.uuid(),
  name: z.string(),
  parameters: searchParametersSchema,
  created_at: timestamp,
  updated_at: timestamp,
});
export const savedSearchColumns = `id,name,parameters,created_at,updated_at,${scheduleColumns}` as const;

export function toSavedSearch(data: unknown, quietHours: QuietHours | null): SavedSearch {
  const row = savedSearchRowSchema.parse(data);
  return {
    id: row.id,
    name: row.name,
    parameters: row.parameters,
    summary: describeSearch(row.parameters),
    ...toSchedule(row, quietHours),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

const companyRowSchema = z.object({
  board: boardNameSchema,
  token: companyTokenSchema,
  name: z.string(),
  state: companySchema.shape.state,
  error_class: boardErrorClassSchema.nullable(),
  error_message: z.string().nullable(),
  open_postings: z.number(),
  followed_at: timestamp,
  checked_at: timestamp.nullable(),
  synced_at: timestamp.nullable(),
});

const careersOf = new Map(boards.map(({ name, careers }) => [name, careers]));

export function toCompany(data: unknown): Company {
  const row = companyRowSchema.parse(data);
  const address = careersOf.get(row.board)?.address(row.token);
  return {
    board: row.board,
    label: labelOf(row.board),
    token: row.token,
    name: row.name,
    address: address ? `https://${address}` : null,
    state: row.state,
    error: errorOf(row.error_class, row.error_message),
    openPostings: row.open_postings,
    followedAt: row.followed_at,
    checkedAt: row.checked_at,
    syncedAt: row.synced_at,
  };
}
