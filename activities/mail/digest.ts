import { z } from 'zod';
import { attributionSchema } from '../../domain/board.js';
import { formatSalary } from '../../domain/pay-text.js';
import { salaryColumns, salaryOf } from '../../domain/posting.js';
import { workModeLabels, workModes } from '../../domain/work-mode.js';

const webAddress = z.url({ protocol: /^https?$/ });

const postingSchema = z.object({
  title: z.string(),
  company: z.string(),
  locations: z.array(z.string()),
  work_mode: z.enum(workModes),
  ...salaryColumns,
  sources: z.array(z.object({ url: webAddress, attribution: attributionSchema })).min(1),
});
type PostingRow = z.infer<typeof postingSchema>;

/** One that cannot be linked to, or is odd otherwise, holds no mail back: it is counted among the rest. */
const postingsSchema = z
  .array(z.unknown())
  .transform((rows) => rows.flatMap((row) => postingSchema.safeParse(row).data ?? []));

/** What `begin_digest_mail` tells: the mail's own, and what it is to say. */
export const digestSchema = z.object({
  mail_id: z.uuid(),
  address: z.string(),
  unsubscribe_token: z.string(),
  digest: z.enum(['each_tick', 'daily']),
  /** All new postings and their searches, of which the first are below. */
  total: z.number(),
  searches_total: z.number(),
  searches: z.array(
    z.object({ name: z.string(), run_id: z.uuid(), total: z.number(), postings: postingsSchema }),
  ),
});
export type Digest = z.infer<typeof digestSchema>;

/** Where the links of a mail lead. */
export interface MailLinks {
  site: string;
  unsubscribe: string;
}
export const mailLinks = (siteUrl: string, token: string): MailLinks => ({
  site: siteUrl,
  unsubscribe: `${siteUrl}/unsubscribe/${token}`,
});
export const runLink = ({ site }: MailLinks, runId: string) => `${site}/runs/${runId}?onlyNew=true`;
export const settingsLink = ({ site }: MailLinks) => `${site}/settings`;

export const counted = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`;

/** `3 new jobs for Platform engineer`, `7 new jobs in 3 of your searches`. */
export function digestSubject({ total, searches, searches_total }: Digest): string {
  const jobs = counted(total, 'new job');
  const [first] = searches;
  return searches_total === 1 && first
    ? `${jobs} for ${first.name}`
    : `${jobs} in ${searches_total} of your searches`;
}

/** Places beyond these are counted. */
const placesShown = 3;

/** Place, way of working and pay, as far as they are known. */
export function factsOf(posting: PostingRow): string[] {
  const { locations, work_mode } = posting;
  const more = locations.length - placesShown;
  const places = locations.slice(0, placesShown).join('; ') + (more > 0 ? ` and ${more} more` : '');
  const facts = [
    places,
    work_mode === 'unknown' ? '' : workModeLabels[work_mode],
    formatSalary(salaryOf(posting)) ?? '',
  ];
  // Boards name "Remote" as a place, too.
  return [...new Set(facts.filter(Boolean))];
}

/** Why the person gets it. */
export const digestReason = ({ digest }: Pick<Digest, 'digest'>) =>
  digest === 'daily'
    ? 'You get this mail once a day when your saved searches have found something new.'
    : 'You get this mail when your saved searches have run and found something new.';
