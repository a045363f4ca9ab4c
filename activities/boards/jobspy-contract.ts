import { z } from 'zod';
import { boardErrorClassSchema } from '../../domain/board.js';

/**
 * What the JobSpy service is asked and answers. `jobspy-service/contract/` holds the same as JSON Schema, by which the
 * service checks its requests; a test compares the two.
 */
export const jobspySites = [
  'indeed',
  'linkedin',
  'glassdoor',
  'google',
  'zip_recruiter',
  'bayt',
  'naukri',
] as const;
export type JobspySite = (typeof jobspySites)[number];
const site = z.enum(jobspySites);

export const scrapeRequest = z.strictObject({
  sites: z.array(site).min(1).max(jobspySites.length),
  searchTerm: z.string().min(1).max(300),
  location: z.string().min(1).max(300).optional().meta({ description: 'In words, as people write it.' }),
  remoteOnly: z.boolean().optional(),
  resultsWanted: z.int().min(1).max(500).meta({ description: 'The most jobs of each site.' }),
  hoursOld: z
    .int()
    .min(1)
    .max(8_760)
    .optional()
    .meta({ description: 'Only jobs posted since so many hours.' }),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .meta({ description: 'ISO 3166-1 alpha-2; for sites that search one country.' }),
});
export type ScrapeRequest = z.infer<typeof scrapeRequest>;

const text = z.string().nullable();

/** JobSpy's columns by their own names, those that are of use. */
export const scrapedJob = z.object({
  id: text,
  site,
  job_url: z.string(),
  job_url_direct: text,
  title: z.string(),
  company: text,
  location: text.meta({ description: 'City, state, country; what is known of them.' }),
  date_posted: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .nullable(),
  job_type: text.meta({ description: 'fulltime, parttime, contract, …; several are parted by commas.' }),
  interval: z.enum(['yearly', 'monthly', 'weekly', 'daily', 'hourly']).nullable(),
  min_amount: z.number().nullable(),
  max_amount: z.number().nullable(),
  currency: text,
  is_remote: z.boolean().nullable(),
  work_from_home_type: text,
  job_level: text,
  job_function: text,
  company_industry: text,
  skills: text.meta({ description: 'Parted by commas.' }),
  description: text.meta({ description: 'HTML as the site has it: not to be trusted.' }),
});
export type ScrapedJob = z.infer<typeof scrapedJob>;

export const scrapeResponse = z.object({
  jobs: z.array(scrapedJob),
  errors: z
    .array(z.object({ site, code: boardErrorClassSchema, message: z.string() }))
    .meta({ description: 'The sites that failed; a site that is not here had nothing more.' }),
});
