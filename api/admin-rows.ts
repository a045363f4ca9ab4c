import { z } from 'zod';
import { boards } from '../activities/boards/registry.js';
import { boardAvailabilities, boardErrorClassSchema, boardNameSchema } from '../domain/board.js';
import { runErrorClassSchema, runSourceSchema } from '../domain/run.js';
import { searchRunWorkflowId } from '../workflows/workflow-ids.js';
import type {
  adminRunListSchema,
  boardFiguresSchema,
  listAdminRunsQuerySchema,
  runFiguresSchema,
} from './admin-schemas.js';
import { decodeCursor, pageOf } from './keyset.js';
import { labelOf, timestamp } from './rows.js';
import { type TemporalSettings, temporalUrl } from './temporal-url.js';

// What the database answers admins, and what the API makes of it.

const orNone = z.string().transform((text) => (text === '' ? null : text));
const spanRow = { since: timestamp, until: timestamp };

const runFiguresRow = z.object({
  ...spanRow,
  step_hours: z.number(),
  counts: z.array(
    z.object({
      outcome: z.string(),
      source: runSourceSchema,
      error_class: orNone.pipe(runErrorClassSchema.nullable()),
      runs: z.number(),
    }),
  ),
  steps: z.array(z.object({ at: timestamp, outcome: z.string(), runs: z.number() })),
  durations: z.array(
    z.object({ at: timestamp.nullable(), runs: z.number(), p50: z.number(), p95: z.number() }),
  ),
  active: z.object({ pending: z.number(), running: z.number(), oldest: timestamp.nullable() }),
});

interface Counted {
  outcome: string;
  runs: number;
}

function endsOf(counted: readonly Counted[]) {
  const of = (outcome: string) =>
    counted.filter((each) => each.outcome === outcome).reduce((sum, { runs }) => sum + runs, 0);
  return {
    success: of('success'),
    partial: of('partial'),
    failed: of('failed'),
    cancelled: of('cancelled'),
  };
}

/** Sums what was counted by class, the most frequent first; what has none is left out. */
function errorsOf<Class extends string>(counted: readonly { error_class: Class | null; runs: number }[]) {
  const sums = new Map<Class, number>();
  for (const { error_class: of, runs } of counted) if (of !== null) sums.set(of, (sums.get(of) ?? 0) + runs);
  return [...sums].sort(([, a], [, b]) => b - a).map(([name, runs]) => ({ class: name, runs }));
}

export function toRunFigures(data: unknown): z.infer<typeof runFiguresSchema> {
  const row = runFiguresRow.parse(data);
  const ends = endsOf(row.counts);
  const counted = ends.success + ends.partial + ends.failed;
  const durationAt = (at: string | null) => {
    const found = row.durations.find((each) => each.at === at);
    return { runs: found?.runs ?? 0, p50Ms: found?.p50 ?? null, p95Ms: found?.p95 ?? null };
  };
  const stepMs = row.step_hours * 3_600_000;
  const steps = [];
  for (let from = Date.parse(row.since); from < Date.parse(row.until); from += stepMs) {
    const at = new Date(from).toISOString();
    steps.push({
      from: at,
      until: new Date(from + stepMs).toISOString(),
      ends: endsOf(row.steps.filter((each) => each.at === at)),
      ...durationAt(at),
    });
  }
  return {
    from: row.since,
    until: row.until,
    ends,
    scheduledEnds: endsOf(row.counts.filter(({ source }) => source === 'cron')),
    successRate: counted === 0 ? null : (ends.success + ends.partial) / counted,
    failureRate: counted === 0 ? null : ends.failed / counted,
    duration: durationAt(null),
    steps,
    errors: errorsOf(row.counts),
    active: { pending: row.active.pending, running: row.active.running, oldestAt: row.active.oldest },
  };
}

const boardFiguresRow = z.object({
  ...spanRow,
  boards: z.array(
    z.object({
      board: boardNameSchema,
      availability: z.enum(boardAvailabilities),
      outcomes: z.array(
        z.object({
          outcome: z.string(),
          error_class: orNone.pipe(boardErrorClassSchema.nullable()),
          runs: z.number(),
        }),
      ),
      requests: z.number(),
      busiest_hour: z.number(),
      synced_at: timestamp.nullable(),
      failed_at: timestamp.nullable(),
      error_class: boardErrorClassSchema.nullable(),
      source_failed: z.string().nullable(),
    }),
  ),
});

export function toBoardFigures(data: unknown): z.infer<typeof boardFiguresSchema> {
  const row = boardFiguresRow.parse(data);
  const written = new Map(row.boards.map((each) => [each.board, each]));
  return {
    from: row.since,
    until: row.until,
    items: boards.flatMap(({ name, requestsPerSecond }) => {
      const of = written.get(name);
      if (!of) return [];
      return {
        board: name,
        label: labelOf(name),
        availability: of.availability,
        ends: {
          ...endsOf(of.outcomes),
          skipped: of.outcomes
            .filter(({ outcome }) => outcome === 'skipped')
            .reduce((sum, { runs }) => sum + runs, 0),
        },
        errors: errorsOf(of.outcomes),
        lastSuccessAt: of.synced_at,
        lastFailure:
          of.failed_at === null
            ? null
            : { at: of.failed_at, source: of.source_failed ?? name, class: of.error_class },
        requests: of.requests,
        busiestHourRequests: of.busiest_hour,
        requestsPerHourLimit: requestsPerSecond * 3_600,
      };
    }),
  };
}

const adminRunsRow = z.array(
  z.object({
    id: z.uuid(),
    user_id: z.uuid(),
    outcome: z.enum(['pending', 'running', 'success', 'partial', 'failed', 'cancelled']),
    source: runSourceSchema,
    error_class: runErrorClassSchema.nullable(),
    created_at: timestamp,
    started_at: timestamp.nullable(),
    // The cursor keeps the database's own precision.
    completed_at: z.string().nullable(),
    failed_boards: z.array(
      z.object({ board: boardNameSchema, error_class: boardErrorClassSchema.nullable() }),
    ),
  }),
);

/** The last row's end and id; a run that goes on has no end yet, and stands before all that have. */
const endPosition = z.tuple([z.union([z.iso.datetime({ offset: true }), z.literal('infinity')]), z.uuid()]);

/** The arguments of `admin_runs` for a page and one row more. @throws Problem */
export function adminRunsArguments(query: z.infer<typeof listAdminRunsQuerySchema>) {
  const after = decodeCursor(query.cursor, endPosition);
  return {
    p_outcome: query.status ?? null,
    p_source: query.source ?? null,
    p_error_class: query.errorClass ?? null,
    p_board: query.board ?? null,
    p_board_failed: query.boardFailed ?? null,
    p_tick: query.tick ?? null,
    p_since: query.from ?? null,
    p_until: query.until ?? null,
    p_after_at: after?.[0] ?? null,
    p_after_id: after?.[1] ?? null,
    p_limit: query.limit + 1,
  };
}

export function toAdminRuns(
  data: unknown,
  limit: number,
  temporal: TemporalSettings,
): z.infer<typeof adminRunListSchema> {
  return pageOf(
    adminRunsRow.parse(data),
    limit,
    (row) => ({
      id: row.id,
      userId: row.user_id,
      status: row.outcome,
      source: row.source,
      errorClass: row.error_class,
      failedBoards: row.failed_boards.map(({ board, error_class }) => ({
        board,
        label: labelOf(board),
        class: error_class,
      })),
      createdAt: row.created_at,
      startedAt: row.started_at,
      completedAt: row.completed_at && new Date(row.completed_at).toISOString(),
      temporalUrl: temporalUrl(temporal, 'workflows', searchRunWorkflowId(row.id)),
    }),
    (row) => [row.completed_at ?? 'infinity', row.id],
  );
}
