import { z } from 'zod';
import type { BoardQuery } from '../../domain/board.js';
import { placeKeysOf } from '../../domain/places/index.js';
import { type Board, BoardError, type PageRequest } from './board.js';
import {
  type JobspySite,
  type ScrapedJob,
  type ScrapeRequest,
  scrapedJob,
  scrapeResponse,
} from './jobspy-contract.js';
import { countryOf } from './normalise/countries.js';
import { postedAt } from './normalise/dates.js';
import { employmentType } from './normalise/employment.js';
import { placesIn, workModeIn } from './normalise/places.js';
import type { PostingDraft } from './normalise/posting.js';
import { currency, period, salary } from './normalise/salary.js';
import { readEnvelope, readPostings } from './read-postings.js';

/** Older postings have been seen by an earlier search, or are hardly worth an application. */
const hoursOld = 30 * 24;

/** The jobs are read one by one, so that a broken one costs only itself. */
const envelope = scrapeResponse.extend({ jobs: z.array(z.unknown()) });

/**
 * A site that the JobSpy service (jobspy-service/) scrapes for us. Its answer to a query comes whole, newest and most
 * fitting first as the site has them, and never everything: what is missing may be open all the same.
 */
export function jobspyBoard(site: {
  name: JobspySite;
  label: string;
  url: string;
  /** What the service is asked for; each page more is a request to the site, and some want seconds in between. */
  resultsWanted: number;
}): Board {
  const { name, label, url, resultsWanted } = site;
  const board: Board = {
    name,
    label,
    kind: 'query',
    // As whose the sample boards server plays the service; a deployment's stands at JOBSPY_URL.
    hosts: [`${name.replace('_', '-')}.jobspy.internal`],
    minSyncIntervalSeconds: 3_600,
    requestsPerSecond: 0.2,
    attribution: { name: label, url, followLink: false },
    absence: 'says_nothing',
    needs: { settings: ['JOBSPY_URL'], without: 'off' },

    async fetchPage({ fetchJson, query, settings, signal }) {
      const service = serviceOf(settings);
      if (!query) throw new BoardError('config', `${label} is asked for a query`);
      const body = await fetchJson({
        ...service,
        container: 'object',
        signal,
        body: requestFor(name, query, resultsWanted),
      });
      const answer = readEnvelope(board, envelope, body);
      const page = await readPostings(board, { items: answer.jobs, item: scrapedJob, signal }, draft);
      const failure = answer.errors.find((error) => error.site === name);
      if (failure && page.postings.length === 0) throw new BoardError(failure.code, failure.message);
      const cutShort = failure !== undefined || answer.jobs.length >= resultsWanted;
      return { ...page, nextCursor: null, ...(cutShort && { cutShort }) };
    },
  };
  return board;
}

/** @throws BoardError `config` when there is no address of the service. */
function serviceOf({ JOBSPY_URL, JOBSPY_SECRET }: PageRequest['settings']) {
  if (!JOBSPY_URL) throw new BoardError('config', 'JOBSPY_URL is not set');
  const url = new URL('scrape', JOBSPY_URL.replace(/\/?$/, '/'));
  return {
    url: url.href,
    hosts: [url.hostname],
    withKey: true,
    ...(JOBSPY_SECRET && { headers: { authorization: `Bearer ${JOBSPY_SECRET}` } }),
  };
}

function requestFor(
  site: JobspySite,
  { title, place, remoteOnly }: BoardQuery,
  resultsWanted: number,
): ScrapeRequest {
  const country = place === null ? undefined : countryOfPlace(place);
  return {
    sites: [site],
    searchTerm: title,
    ...(place !== null && { location: place }),
    ...(country && { country }),
    remoteOnly,
    resultsWanted,
    hoursOld,
  };
}

/** The country that a place lies in, if it is one. */
function countryOfPlace(place: string): string | undefined {
  const [country, ...others] = placeKeysOf([place]).filter((key) => key.startsWith('country:'));
  return others.length === 0 ? country?.slice('country:'.length) : undefined;
}

/** `undefined` for a job without what a posting cannot do without. */
function draft(job: ScrapedJob): PostingDraft | undefined {
  const locations = placesIn(job.location);
  return {
    boardPostingId: job.id ?? '',
    url: job.job_url,
    applyUrl: job.job_url_direct,
    title: job.title,
    company: job.company ?? '',
    locations,
    country: countryOf(locations),
    workMode: job.is_remote ? 'remote' : workModeIn(job.work_from_home_type, job.location, job.title),
    employmentType: employmentType(...(job.job_type ?? '').split(',')),
    salary: salary({
      min: job.min_amount,
      max: job.max_amount,
      currency: currency(job.currency),
      period: period(job.interval),
    }),
    ...postedAt(job.date_posted),
    description: job.description ?? '',
    tags: [job.job_level, job.job_function, job.company_industry, ...(job.skills ?? '').split(',')],
  };
}
