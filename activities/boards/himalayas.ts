import { z } from 'zod';
import type { Board } from './board.js';
import { countryOf } from './normalise/countries.js';
import { expiresAt, postedAt } from './normalise/dates.js';
import { employmentType } from './normalise/employment.js';
import { places } from './normalise/places.js';
import { currency, period, salary } from './normalise/salary.js';
import { numberAt, pageAfter, readCursor } from './paging.js';
import { readEnvelope, readPostings } from './read-postings.js';

/** What the board gives at most; it has given less than was asked for before. */
const pageSize = 20;
/** Newest first: what is older was read by an earlier sync. The board answers 429 to those who ask for everything. */
const maxPages = 25;

const envelope = z.looseObject({
  jobs: z.array(z.unknown()),
  totalCount: z.number().nullish(),
  nextCursor: z.string().max(2_048).nullish(),
});

const words = z.union([z.array(z.string()), z.string().transform((word) => [word])]).nullish();

const job = z.looseObject({
  guid: z.string().min(1),
  title: z.string(),
  companyName: z.string().nullish(),
  companySlug: z.string().nullish(),
  employmentType: z.string().nullish(),
  minSalary: z.unknown().optional(),
  maxSalary: z.unknown().optional(),
  salaryPeriod: z.unknown().optional(),
  currency: z.unknown().optional(),
  seniority: words,
  /** Documented as objects, seen as names. */
  locationRestrictions: z
    .array(z.union([z.string(), z.looseObject({ name: z.string().nullish() })]))
    .nullish(),
  categories: words,
  description: z.string().nullish(),
  excerpt: z.string().nullish(),
  pubDate: z.union([z.number(), z.string()]).nullish(),
  expiryDate: z.union([z.number(), z.string()]).nullish(),
  applicationLink: z.string().nullish(),
});
type Job = z.infer<typeof job>;

/**
 * Himalayas: remote jobs, newest first, paged by an opaque cursor; where an answer has none, by offset.
 * https://himalayas.app/api (terms: a link back to the posting there and the name of the source)
 */
export const himalayas: Board = {
  name: 'himalayas',
  label: 'Himalayas',
  kind: 'feed',
  hosts: ['himalayas.app'],
  minSyncIntervalSeconds: 3_600,
  requestsPerSecond: 0.5,
  attribution: { name: 'Himalayas', url: 'https://himalayas.app/', followLink: true },
  absence: 'says_nothing',

  async fetchPage({ fetchJson, cursor, signal }) {
    const position = readCursor(cursor);
    const mark = /^cursor:(.+)$/.exec(position?.at ?? '')?.[1];
    const offset = mark === undefined ? numberAt(position, 0) : undefined;
    const query = new URLSearchParams({
      limit: String(pageSize),
      ...(mark === undefined ? { offset: String(offset) } : { cursor: mark }),
    });
    const url = `https://himalayas.app/jobs/api?${query}`;
    const body = await fetchJson({ url, hosts: himalayas.hosts, container: 'object', signal });
    const answer = readEnvelope(himalayas, envelope, body);
    const page = await readPostings(himalayas, { items: answer.jobs, item: job, signal }, (item) => {
      const locations = places((item.locationRestrictions ?? []).map((place) => nameOf(place)));
      return {
        boardPostingId: item.guid,
        url: item.guid,
        applyUrl: item.applicationLink,
        title: item.title,
        company: company(item),
        locations,
        country: countryOf(locations),
        workMode: 'remote',
        employmentType: employmentType(item.employmentType),
        salary: salary({
          min: item.minSalary,
          max: item.maxSalary,
          currency: currency(item.currency),
          // Pay is a year's where the board does not say otherwise.
          period: period(item.salaryPeriod ?? 'annual'),
        }),
        // Documented as milliseconds, seen as seconds: told apart by their size.
        ...postedAt(item.pubDate),
        ...expiresAt(item.expiryDate),
        description: item.description ?? item.excerpt ?? '',
        tags: [...(item.categories ?? []).map(unhyphened), ...(item.seniority ?? [])],
      };
    });
    const { postings } = page;
    const { length } = answer.jobs;
    return { ...page, ...pageAfter({ position, next: next(answer, offset), length, postings, maxPages }) };
  },
};

/** The board's own cursor where it gives one; else the offset after what came, until everything has come. */
function next(answer: z.infer<typeof envelope>, offset: number | undefined): string | null {
  if (answer.nextCursor) return `cursor:${answer.nextCursor}`;
  if (answer.nextCursor === null || offset === undefined || answer.jobs.length === 0) return null;
  const after = offset + answer.jobs.length;
  return after < (answer.totalCount ?? Number.POSITIVE_INFINITY) ? String(after) : null;
}

const nameOf = (place: string | { name?: string | null }) => (typeof place === 'string' ? place : place.name);

/** "backend-engineer" */
const unhyphened = (slug: string) => slug.replaceAll('-', ' ');

/** The board has been seen to call every company "name"; its slug still tells which one it is. */
function company({ companyName, companySlug }: Job): string {
  const name = companyName?.trim() ?? '';
  if (name !== '' && name !== 'name') return name;
  return unhyphened(companySlug ?? '').replace(/(^|\s)\S/g, (letter) => letter.toUpperCase());
}
