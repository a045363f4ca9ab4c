import { z } from 'zod';
import { type Board, BoardError, type PageRequest, type PostingStatus, type StatusRequest } from './board.js';
import { countryOf } from './normalise/countries.js';
import { postedAt } from './normalise/dates.js';
import { employmentType } from './normalise/employment.js';
import { regionsIn } from './normalise/places.js';
import { currency, period, salary } from './normalise/salary.js';
import { pageAfter, readCursor } from './paging.js';
import { readEnvelope, readPostings } from './read-postings.js';

const pageSize = 100;
/** The board lists the last seven days; more pages than this are a loop. */
const maxPages = 40;

const envelope = z.looseObject({
  jobs: z.array(z.unknown()),
  nextCursor: z.string().max(2_048).nullish(),
  hasMore: z.boolean().nullish(),
});

const words = z.union([z.array(z.string()), z.string().transform((word) => [word])]).nullish();

const job = z.looseObject({
  id: z.int(),
  url: z.string(),
  jobTitle: z.string(),
  companyName: z.string(),
  jobIndustry: words,
  jobType: words,
  jobGeo: z.string().nullish(),
  jobLevel: z.string().nullish(),
  jobExcerpt: z.string().nullish(),
  jobDescription: z.string().nullish(),
  pubDate: z.string().nullish(),
  salaryMin: z.unknown().optional(),
  salaryMax: z.unknown().optional(),
  salaryCurrency: z.unknown().optional(),
  salaryPeriod: z.unknown().optional(),
});

/**
 * Jobicy: the last seven days, paged by an opaque cursor. A posting that left the list is not therefore closed.
 * https://github.com/Jobicy/remote-jobs-api (one sync an hour; unknown parameters are answered with 400; a key
 * would cost money for each posting, so none is ever sent)
 */
export const jobicy: Board = {
  name: 'jobicy',
  label: 'Jobicy',
  kind: 'feed',
  hosts: ['jobicy.com'],
  minSyncIntervalSeconds: 3_600,
  requestsPerSecond: 0.5,
  attribution: { name: 'Jobicy', url: 'https://jobicy.com/', followLink: true },
  absence: 'says_nothing',
  fetchStatus: { idsAtATime: 100, ask: askStatus },

  async fetchPage(request) {
    const { cursor, signal } = request;
    const position = readCursor(cursor);
    const body = await askPage(request, position?.at);
    const answer = readEnvelope(jobicy, envelope, body);
    const page = await readPostings(jobicy, { items: answer.jobs, item: job, signal }, (item) => {
      const locations = regionsIn(item.jobGeo);
      return {
        boardPostingId: item.id,
        url: item.url,
        title: item.jobTitle,
        company: item.companyName,
        locations,
        country: countryOf(locations),
        workMode: 'remote',
        employmentType: employmentType(...(item.jobType ?? [])),
        salary: salary({
          min: item.salaryMin,
          max: item.salaryMax,
          currency: currency(item.salaryCurrency),
          period: period(item.salaryPeriod),
        }),
        ...postedAt(item.pubDate),
        description: item.jobDescription ?? item.jobExcerpt ?? '',
        tags: [...(item.jobIndustry ?? []), item.jobLevel === 'Any' ? null : item.jobLevel],
      };
    });
    const next = answer.hasMore === false ? null : (answer.nextCursor ?? null);
    const { postings } = page;
    return { ...page, ...pageAfter({ position, next, length: answer.jobs.length, postings, maxPages }) };
  },
};

const statusEnvelope = z.looseObject({
  jobs: z.array(z.looseObject({ id: z.union([z.int(), z.string()]), status: z.string() })),
});

/** Leaving the list says nothing, but the board answers for single postings. */
async function askStatus({ fetchJson, ids, signal }: StatusRequest): Promise<Map<string, PostingStatus>> {
  const url = `https://jobicy.com/api/v2/remote-jobs/status?${new URLSearchParams({ ids: ids.join(',') })}`;
  const body = await fetchJson({ url, hosts: jobicy.hosts, container: 'object', signal });
  const { jobs } = readEnvelope(jobicy, statusEnvelope, body);
  return new Map(
    jobs.map(({ id, status }) => [
      String(id),
      status === 'closed' ? 'closed' : status === 'active' ? 'open' : 'unknown',
    ]),
  );
}

/** A cursor lives for a day; one that the board no longer takes starts the list anew, within the same page cap. */
async function askPage({ fetchJson, signal }: PageRequest, cursor: string | undefined): Promise<unknown> {
  const ask = (at: string | undefined) => {
    const query = new URLSearchParams({ count: String(pageSize), ...(at && { cursor: at }) });
    const url = `https://jobicy.com/api/v2/remote-jobs?${query}`;
    return fetchJson({ url, hosts: jobicy.hosts, container: 'object', signal });
  };
  try {
    return await ask(cursor);
  } catch (error) {
    const expired = cursor !== undefined && error instanceof BoardError && error.options.status === 400;
    if (!expired) throw error;
    return ask(undefined);
  }
}
