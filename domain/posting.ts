import { z } from 'zod';
import { attributionSchema, boardNameSchema, companyTokenSchema } from './board.js';
import { workModes } from './work-mode.js';

export const employmentTypes = [
  'full_time',
  'part_time',
  'contract',
  'temporary',
  'internship',
  'freelance',
  'other',
] as const;
export const salaryPeriods = ['hour', 'day', 'week', 'month', 'year'] as const;

/** What a board says of pay. An unknown amount is absent, never 0; `raw` keeps words that could not be read. */
export const salarySchema = z.object({
  min: z.number().positive().optional(),
  max: z.number().positive().optional(),
  /** ISO 4217, upper case. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  period: z.enum(salaryPeriods).optional(),
  raw: z.string().max(200).optional(),
});
export type Salary = z.infer<typeof salarySchema>;

/** Pay as the database's columns tell it. */
export const salaryColumns = {
  salary_min: z.number().nullable(),
  salary_max: z.number().nullable(),
  salary_currency: z.string().nullable(),
  salary_period: z.enum(salaryPeriods).nullable(),
  salary_raw: z.string().nullable(),
};
type SalaryColumns = z.infer<z.ZodObject<typeof salaryColumns>>;

/** Null where nothing is known of it. */
export function salaryOf(row: SalaryColumns): Salary | null {
  const salary: Salary = {
    min: row.salary_min ?? undefined,
    max: row.salary_max ?? undefined,
    currency: row.salary_currency ?? undefined,
    period: row.salary_period ?? undefined,
    raw: row.salary_raw ?? undefined,
  };
  return salary.min || salary.max || salary.raw ? salary : null;
}

/** A place or a region in the gazetteer: `city:2643743`, `region:US.TX`, `country:GB`, `area:europe`, `world`. */
export const placeKeySchema = z.string().regex(/^(city|region|country|area):[A-Za-z0-9.-]{1,30}$|^world$/);

/** What tells the same job on another board: `greenhouse:4012`, `lever:<uuid>`, `url:example.com/jobs/7`. */
export const identityKeySchema = z.string().regex(/^[a-z]+:\S{1,500}$/);

const httpUrl = z.url({ protocol: /^https?$/ }).max(2_000);

/** One posting as every board's adapter hands it over: normalised, sanitised, safe to store and to show. */
export const postingSchema = z.object({
  board: boardNameSchema,
  /** The board's own id of the posting; unique within the board. */
  boardPostingId: z.string().min(1).max(300),
  /** The company's token on a company board. */
  companyToken: companyTokenSchema.optional(),
  /** The page that the board's terms ask to link to. */
  url: httpUrl,
  applyUrl: httpUrl.optional(),
  title: z.string().min(1).max(300),
  company: z.string().min(1).max(200),
  /** As the board spells them; empty when the board names none. */
  locations: z.array(z.string().min(1).max(200)).max(50),
  /** ISO 3166-1 alpha-2, upper case, only where the board says it. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  workMode: z.enum(workModes),
  /** Where the work is, each place with all that it lies in; empty when no place was recognised. */
  placeKeys: z.array(placeKeySchema).max(150).default([]),
  /** Remote postings only: where one may live. `world` when the board names no limit. */
  remoteKeys: z.array(placeKeySchema).max(50).default([]),
  /** Found in `url` and `applyUrl`. */
  identityKeys: z.array(identityKeySchema).max(10).default([]),
  employmentType: z.enum(employmentTypes).optional(),
  salary: salarySchema.optional(),
  /** UTC, ISO 8601. Absent when the board gives no date that can be trusted. */
  postedAt: z.iso.datetime().optional(),
  postedAtPrecision: z.enum(['second', 'day']).optional(),
  expiresAt: z.iso.datetime().optional(),
  /** Sanitised HTML. */
  descriptionHtml: z.string().max(100_000),
  /** The same as plain text. */
  descriptionText: z.string().max(60_000),
  /** Its words that a search can find, each once, with a space between. */
  descriptionWords: z.string().max(60_000).optional(),
  tags: z.array(z.string().min(1).max(100)).max(50),
  attribution: attributionSchema,
});
export type Posting = z.infer<typeof postingSchema>;
