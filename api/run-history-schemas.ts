import { z } from 'zod';
import { boardNameSchema } from '../domain/board.js';
import { runErrorClassSchema, runStatuses, runTriggerSchema } from '../domain/run.js';
import { count, cursor, pageOf, runSchema, timestamp } from './schemas.js';

export const listRunsQuerySchema = z.object({
  /** As people are shown it: `success` when every board answered in full, `partial` when some did. */
  status: z.enum([...runStatuses, 'partial']).optional(),
  trigger: runTriggerSchema.optional(),
  savedSearchId: z.uuid().optional(),
  /** Runs that do this one again. */
  rerunOf: z.uuid().optional(),
  /** Runs that search this board. */
  board: boardNameSchema.optional(),
  /** Runs with a board that went wrong so (the one that `board` names), or that did as a whole. */
  errorClass: runErrorClassSchema.optional(),
  /** Runs started at this moment or later. */
  from: timestamp.optional(),
  /** Runs started before this moment. */
  until: timestamp.optional(),
  /** Only pending and running runs. */
  active: z.stringbool().optional(),
  cursor: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const runListSchema = pageOf(runSchema)
  .extend({
    /** How many runs fit the filters, over all pages. */
    total: count,
  })
  .meta({ id: 'RunList' });
