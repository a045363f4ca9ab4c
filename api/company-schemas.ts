import { z } from 'zod';
import { boardErrorClassSchema, boardNameSchema, companyTokenSchema } from '../domain/board.js';
import { resultSchema } from './result-schemas.js';
import { count, pageOf, timestamp } from './schemas.js';

export const followCompanySchema = z
  .object({
    /** Of a company's jobs on its board, or of one of them, as it was copied. */
    address: z.string().max(2_000),
  })
  .meta({ id: 'FollowCompany' });
export const companySchema = z
  .object({
    board: boardNameSchema,
    label: z.string(),
    token: companyTokenSchema,
    name: z.string(),
    /** Where its board shows its jobs; null when the service does not know the board any more. */
    address: z.url().nullable(),
    /** `checking`: its board is being asked. `not_found`: its board has no such company. `failed`: it could not be asked. */
    state: z.enum(['checking', 'open', 'not_found', 'failed']),
    /** Of its check, or of the last attempt to read it. */
    error: z.object({ class: boardErrorClassSchema, message: z.string() }).nullable(),
    openPostings: count,
    followedAt: timestamp,
    checkedAt: timestamp.nullable(),
    /** When its postings were read last. */
    syncedAt: timestamp.nullable(),
  })
  .meta({ id: 'Company' });
export type Company = z.infer<typeof companySchema>;
export const companyListSchema = pageOf(companySchema).meta({ id: 'CompanyList' });
/** A posting of a company, with what the person does with it. */
export const companyPostingSchema = resultSchema
  .omit({ isNew: true, score: true, salaryCompared: true })
  .meta({ id: 'CompanyPosting' });
export type CompanyPosting = z.infer<typeof companyPostingSchema>;
export const companyPostingsSchema = pageOf(companyPostingSchema)
  .extend({
    company: z.object({
      board: boardNameSchema,
      label: z.string(),
      token: companyTokenSchema,
      name: z.string(),
    }),
    /** How many are open, over all pages; without those that are hidden, or only these. */
    total: count,
    /** How many of them the person has hidden. */
    hidden: count,
  })
  .meta({ id: 'CompanyPostings' });
