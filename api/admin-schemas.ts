import { z } from 'zod';
import { boardAvailabilities, boardErrorClassSchema, boardNameSchema } from '../domain/board.js';
import { runErrorClassSchema, runSourceSchema } from '../domain/run.js';
import { tickCauses } from '../domain/schedule.js';
import { count, cursor, pageOf, timestamp } from './schemas.js';

/** The windows that figures are told for, and how many hours each has, the hour under way counted. */
export const windowHours = { '24h': 24, '7d': 168, '30d': 720 } as const;
export const windowQuerySchema = z.object({
  window: z
    .enum(Object.keys(windowHours) as [keyof typeof windowHours, ...(keyof typeof windowHours)[]])
    .default('24h'),
});

/** How a run ended, as people are shown it. */
export const runEnds = ['success', 'partial', 'failed', 'cancelled'] as const;
const ends = z.object({ success: count, partial: count, failed: count, cancelled: count });
const span = { from: timestamp, until: timestamp };
/** In milliseconds, from being asked for to the end; at most 2.5 % off. */
const durations = {
  runs: count,
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
};

export const runFiguresSchema = z
  .object({
    ...span,
    /** Runs by how and when they ended. */
    ends,
    /** Of these the scheduled ones. */
    scheduledEnds: ends,
    /** Successes, in part or in full, of the runs that nobody cancelled: 0 to 1; null without any. */
    successRate: z.number().nullable(),
    failureRate: z.number().nullable(),
    duration: z.object(durations),
    steps: z.array(z.object({ from: timestamp, until: timestamp, ends, ...durations })),
    /** Why runs failed as a whole, the most frequent first. */
    errors: z.array(z.object({ class: runErrorClassSchema, runs: count })),
    active: z.object({ pending: count, running: count, oldestAt: timestamp.nullable() }),
  })
  .meta({ id: 'RunFigures' });

export const boardFiguresSchema = z
  .object({
    ...span,
    items: z.array(
      z.object({
        board: boardNameSchema,
        label: z.string(),
        availability: z.enum(boardAvailabilities),
        ends: ends.extend({ skipped: count }),
        errors: z.array(z.object({ class: boardErrorClassSchema, runs: count })),
        /** When any source of it was last read, and when reading one last failed. */
        lastSuccessAt: timestamp.nullable(),
        lastFailure: z
          .object({ at: timestamp, source: z.string(), class: boardErrorClassSchema.nullable() })
          .nullable(),
        /** Requests to the board in the window; in its busiest hour; and what its limit lets through in an hour. */
        requests: count,
        busiestHourRequests: count,
        requestsPerHourLimit: z.number(),
      }),
    ),
  })
  .meta({ id: 'BoardFigures' });

export const scheduleFiguresSchema = z
  .object({
    ...span,
    /** What was due of each of the service’s schedules by its timetable, and what became of it. */
    schedules: z.array(
      z.object({
        id: z.string(),
        due: count,
        completed: count,
        unfinished: count,
        missed: count,
        runs: count,
        leftOut: count,
        nextAt: timestamp.nullable(),
        /** The last first; those that were not due by the clock are there too, by their cause. */
        ticks: z.array(
          z.object({
            /** Null where there was none. */
            id: z.string().nullable(),
            dueAt: timestamp,
            state: z.enum(['completed', 'unfinished', 'missed']),
            cause: z.enum(tickCauses).nullable(),
            runs: count,
            leftOut: count,
            /** From its beginning to when every due search had its run, in seconds. */
            tookSeconds: z.number().nullable(),
          }),
        ),
      }),
    ),
    /** Ticks of saved searches with times of their own. */
    own: z.object({ begun: count, completed: count }),
    alerts: z.array(
      z.object({
        id: z.uuid(),
        kind: z.string(),
        message: z.string(),
        raisedAt: timestamp,
        resolvedAt: timestamp.nullable(),
      }),
    ),
  })
  .meta({ id: 'ScheduleFigures' });

export const queueFiguresSchema = z
  .object({
    /** Why there are none: Temporal cannot be asked. */
    away: z.string().nullable(),
    queues: z.array(
      z.object({
        name: z.string(),
        /** Its page in the Temporal Web UI, where its address is set. */
        temporalUrl: z.url().nullable(),
        /** Tasks that wait, of workflows and activities, as Temporal estimates them. */
        backlog: count,
        /** How long the oldest of them waits, in seconds. */
        oldestSeconds: z.number(),
        /** Tasks a second that were added and handed out in the last half minute. */
        addedPerSecond: z.number(),
        dispatchedPerSecond: z.number(),
        workers: count,
      }),
    ),
    workers: z.array(
      z.object({
        identity: z.string(),
        /** `<deployment>.<build>`; null for a worker without a version. */
        version: z.string().nullable(),
        queues: count,
        lastSeenAt: timestamp.nullable(),
      }),
    ),
    /** Versions of worker deployments that Temporal knows, the current one of each marked. */
    versions: z.array(
      z.object({
        deployment: z.string(),
        build: z.string(),
        current: z.boolean(),
        createdAt: timestamp.nullable(),
      }),
    ),
  })
  .meta({ id: 'QueueFigures' });
export type QueueFigures = z.infer<typeof queueFiguresSchema>;

export const listAdminRunsQuerySchema = z.object({
  status: z.enum(['pending', 'running', ...runEnds]).optional(),
  source: runSourceSchema.optional(),
  /** Of the run as a whole; with `board`, of that board in the run. */
  errorClass: runErrorClassSchema.optional(),
  board: boardNameSchema.optional(),
  /** Only runs in which `board` went wrong, in whole or in part. */
  boardFailed: z.stringbool().optional(),
  /** Runs of one tick of a schedule: `refresh-all/2026-11-25T08:00Z`. */
  tick: z.string().min(1).max(200).optional(),
  /** Runs that ended at this moment or later, or go on. */
  from: timestamp.optional(),
  /** Runs that ended before this moment. */
  until: timestamp.optional(),
  cursor: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const adminRunListSchema = pageOf(
  z.object({
    id: z.uuid(),
    /** Nothing else is told of who asked for it, and nothing of what was looked for. */
    userId: z.uuid(),
    status: z.enum(['pending', 'running', ...runEnds]),
    source: runSourceSchema,
    errorClass: runErrorClassSchema.nullable(),
    failedBoards: z.array(
      z.object({ board: boardNameSchema, label: z.string(), class: boardErrorClassSchema.nullable() }),
    ),
    createdAt: timestamp,
    startedAt: timestamp.nullable(),
    completedAt: timestamp.nullable(),
    /** Its workflow in the Temporal Web UI, where its address is set. */
    temporalUrl: z.url().nullable(),
  }),
).meta({ id: 'AdminRunList' });
