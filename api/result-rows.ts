import { z } from 'zod';
import { attributionSchema, boardNameSchema } from '../domain/board.js';
import { payAYear } from '../domain/currency-rates.js';
import { hiddenTermKinds } from '../domain/job-mark.js';
import { employmentTypes, salaryColumns, salaryOf } from '../domain/posting.js';
import { workModes } from '../domain/work-mode.js';
import type { CompanyPosting } from './company-schemas.js';
import type { Job } from './job-schemas.js';
import type { HiddenTerm, JobMark, Posting, Result } from './result-schemas.js';
import { labelOf, timestamp } from './rows.js';

// Postings as the database tells them: of a run, of a company, of a person.

const jobMarkRowSchema = z.object({
  saved_at: timestamp.nullable(),
  hidden_at: timestamp.nullable(),
  applied_on: z.string().nullable(),
  note: z.string().nullable(),
  updated_at: timestamp,
});

function toJobMark(row: z.infer<typeof jobMarkRowSchema>): JobMark {
  return {
    savedAt: row.saved_at,
    hiddenAt: row.hidden_at,
    appliedOn: row.applied_on,
    note: row.note,
    updatedAt: row.updated_at,
  };
}
export const readJobMark = (data: unknown): JobMark => toJobMark(jobMarkRowSchema.parse(data));

const hiddenTermRowSchema = z.object({
  id: z.uuid(),
  kind: z.enum(hiddenTermKinds),
  text: z.string(),
  created_at: timestamp,
});
export const hiddenTermColumns = 'id,kind,text,created_at';

function toHiddenTerm(row: z.infer<typeof hiddenTermRowSchema>): HiddenTerm {
  return { id: row.id, kind: row.kind, text: row.text, createdAt: row.created_at };
}
export const readHiddenTerm = (data: unknown): HiddenTerm => toHiddenTerm(hiddenTermRowSchema.parse(data));

export const resultPageSchema = z.object({
  total: z.number(),
  hidden: z.number(),
  items: z.array(
    z.object({
      posting_id: z.uuid(),
      score: z.number(),
      is_new: z.boolean(),
      mark: jobMarkRowSchema.nullable(),
      hidden_by: z.array(hiddenTermRowSchema),
      title: z.string(),
      company: z.string(),
      locations: z.array(z.string()),
      work_mode: z.enum(workModes),
      employment_type: z.enum(employmentTypes).nullable(),
      ...salaryColumns,
      posted_at: timestamp.nullable(),
      posted_at_precision: z.enum(['second', 'day']).nullable(),
      first_seen_at: timestamp,
      closed_at: timestamp.nullable(),
      excerpt: z.string(),
      sources: z.array(
        z.object({
          board: boardNameSchema,
          url: z.string(),
          apply_url: z.string().nullable(),
          attribution: attributionSchema,
          closed_at: timestamp.nullable(),
        }),
      ),
    }),
  ),
});
export type ResultRow = z.infer<typeof resultPageSchema>['items'][number];

/** @param payCurrency In which the search names its least pay. */
export function toResult(row: ResultRow, payCurrency: string | undefined): Result {
  const posting = toPosting(row);
  return {
    ...posting,
    salaryCompared: payCurrency ? payAYear(posting.salary, payCurrency) : null,
    isNew: row.is_new,
    score: row.score,
    mark: row.mark && toJobMark(row.mark),
    hiddenBy: row.hidden_by.map(toHiddenTerm),
  };
}

/** A posting by itself; it stands in its list where `at` says. */
export const postingRowSchema = resultPageSchema.shape.items.element
  .omit({ score: true, is_new: true, mark: true, hidden_by: true })
  .extend({ at: z.string() });
type PostingRow = Omit<z.infer<typeof postingRowSchema>, 'at'>;

export const companyPostingPageSchema = z.object({
  total: z.number(),
  hidden: z.number(),
  items: z.array(
    postingRowSchema.extend({ mark: jobMarkRowSchema.nullable(), hidden_by: z.array(hiddenTermRowSchema) }),
  ),
});
export const toCompanyPosting = (
  row: z.infer<typeof companyPostingPageSchema>['items'][number],
): CompanyPosting => ({
  ...toPosting(row),
  mark: row.mark && toJobMark(row.mark),
  hiddenBy: row.hidden_by.map(toHiddenTerm),
});

export const jobPageSchema = z.object({
  counts: z.object({ saved: z.number(), applied: z.number(), hidden: z.number() }),
  items: z.array(postingRowSchema.extend({ mark: jobMarkRowSchema })),
});
export const toJob = (row: z.infer<typeof jobPageSchema>['items'][number]): Job => ({
  ...toPosting(row),
  mark: toJobMark(row.mark),
});

export function toPosting(row: PostingRow): Posting {
  return {
    postingId: row.posting_id,
    title: row.title,
    company: row.company,
    locations: row.locations,
    workMode: row.work_mode,
    employmentType: row.employment_type,
    salary: salaryOf(row),
    postedAt: row.posted_at,
    postedAtPrecision: row.posted_at_precision,
    firstSeenAt: row.first_seen_at,
    closedAt: row.closed_at,
    excerpt: row.excerpt,
    sources: row.sources.map(({ apply_url, closed_at, ...source }) => ({
      ...source,
      label: labelOf(source.board),
      applyUrl: apply_url,
      closedAt: closed_at,
    })),
  };
}
