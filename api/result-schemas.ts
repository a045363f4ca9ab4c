import { z } from 'zod';
import { attributionSchema, boardNameSchema } from '../domain/board.js';
import { hiddenTermKinds } from '../domain/job-mark.js';
import { employmentTypes, salarySchema } from '../domain/posting.js';
import { workModes } from '../domain/work-mode.js';
import { count, cursor, pageOf, timestamp } from './schemas.js';

/** What the person does with a job. */
export const jobMarkSchema = z
  .object({
    savedAt: timestamp.nullable(),
    hiddenAt: timestamp.nullable(),
    /** The day on which the person applied. */
    appliedOn: z.iso.date().nullable(),
    note: z.string().nullable(),
    updatedAt: timestamp,
  })
  .meta({ id: 'JobMark' });
export type JobMark = z.infer<typeof jobMarkSchema>;

/** A company, or a whole word of title or company, whose jobs the person does not want to see. */
export const hiddenTermSchema = z
  .object({ id: z.uuid(), kind: z.enum(hiddenTermKinds), text: z.string(), createdAt: timestamp })
  .meta({ id: 'HiddenTerm' });
export type HiddenTerm = z.infer<typeof hiddenTermSchema>;

export const resultSchema = z
  .object({
    postingId: z.uuid(),
    title: z.string(),
    company: z.string(),
    locations: z.array(z.string()),
    workMode: z.enum(workModes),
    employmentType: z.enum(employmentTypes).nullable(),
    salary: salarySchema.nullable(),
    /**
     * The same as about so much a year in the currency that the search asks for; null when the search names no pay, the
     * posting says it so already, or it cannot be compared.
     */
    salaryCompared: z
      .object({
        min: z.number().optional(),
        max: z.number().optional(),
        currency: z.string(),
        /** The day of the exchange rates. */
        ratesOf: z.iso.date().optional(),
      })
      .nullable(),
    postedAt: timestamp.nullable(),
    postedAtPrecision: z.enum(['second', 'day']).nullable(),
    /** When the service saw the posting first; never changes. */
    firstSeenAt: timestamp,
    /** When it was found to be gone from every board, or its date passed; null while it is open. */
    closedAt: timestamp.nullable(),
    /** The first lines of the description, as plain text. */
    excerpt: z.string(),
    /** The person was never shown it before this run. */
    isNew: z.boolean(),
    score: z.number(),
    /** Null while the person has done nothing with it. */
    mark: jobMarkSchema.nullable(),
    /** The companies and words for which a hidden result is left out; its own mark can be another reason. */
    hiddenBy: z.array(hiddenTermSchema),
    /** Every board that has the posting, the original first. */
    sources: z.array(
      z.object({
        board: boardNameSchema,
        label: z.string(),
        url: z.string(),
        applyUrl: z.string().nullable(),
        attribution: attributionSchema,
        /** When it was found to be gone from this board. */
        closedAt: timestamp.nullable(),
      }),
    ),
  })
  .meta({ id: 'Result' });
export type Result = z.infer<typeof resultSchema>;

/** A posting by itself, outside of any run. */
export const postingSchema = resultSchema
  .omit({ isNew: true, score: true, salaryCompared: true, mark: true, hiddenBy: true })
  .meta({ id: 'Posting' });
export type Posting = z.infer<typeof postingSchema>;

export const listResultsQuerySchema = z.object({
  board: boardNameSchema.optional(),
  onlyNew: z.stringbool().optional(),
  workMode: z.enum(workModes).optional(),
  withSalary: z.stringbool().optional(),
  /** Without postings that are closed. */
  onlyOpen: z.stringbool().optional(),
  /** What the person has hidden, and nothing else. */
  hidden: z.stringbool().optional(),
  cursor: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export const resultListSchema = pageOf(resultSchema)
  .extend({
    /** How many results fit the filters, over all pages; without those that are hidden, or only these. */
    total: count,
    /** How many fit the other filters and are hidden. */
    hidden: count,
  })
  .meta({ id: 'ResultList' });
