import { z } from 'zod';
import type { Board } from './board.js';
import { countryOf } from './normalise/countries.js';
import { postedAt } from './normalise/dates.js';
import { employmentType } from './normalise/employment.js';
import { unescapeHtml } from './normalise/html.js';
import { placesIn, workModeIn } from './normalise/places.js';
import { numberAt, pageAfter, readCursor } from './paging.js';
import { readEnvelope, readPostings } from './read-postings.js';

/** Newest first, a hundred a page: what is older was read by an earlier sync. The board asks not to be abused. */
const maxPages = 5;

const envelope = z.looseObject({
  data: z.array(z.unknown()),
  links: z.looseObject({ next: z.string().nullish() }).nullish(),
});

const job = z.looseObject({
  slug: z.string().min(1),
  company_name: z.string(),
  title: z.string(),
  description: z.string(),
  remote: z.boolean().nullish(),
  url: z.string(),
  tags: z.array(z.string()).nullish(),
  job_types: z.array(z.string()).nullish(),
  location: z.string().nullish(),
  created_at: z.union([z.number(), z.string()]).nullish(),
});

/** Arbeitnow: mostly Germany, paged by number. https://www.arbeitnow.com/blog/job-board-api (hourly data) */
export const arbeitnow: Board = {
  name: 'arbeitnow',
  label: 'Arbeitnow',
  kind: 'feed',
  hosts: ['www.arbeitnow.com'],
  minSyncIntervalSeconds: 3_600,
  requestsPerSecond: 0.5,
  attribution: { name: 'Arbeitnow', url: 'https://www.arbeitnow.com/', followLink: true },
  absence: 'says_nothing',

  async fetchPage({ fetchJson, cursor, signal }) {
    const position = readCursor(cursor);
    const number = numberAt(position, 1);
    const url = `https://www.arbeitnow.com/api/job-board-api?page=${number}`;
    const body = await fetchJson({ url, hosts: arbeitnow.hosts, container: 'object', signal });
    const { data, links } = readEnvelope(arbeitnow, envelope, body);
    const page = await readPostings(arbeitnow, { items: data, item: job, signal }, (item) => {
      const locations = placesIn(item.location);
      const said = workModeIn(item.location, item.title, ...(item.tags ?? []));
      return {
        boardPostingId: item.slug,
        url: item.url,
        title: item.title,
        company: item.company_name,
        locations,
        country: countryOf(locations),
        workMode:
          said === 'hybrid' ? 'hybrid' : item.remote ? 'remote' : item.remote === false ? 'onsite' : said,
        employmentType: employmentType(...(item.job_types ?? [])),
        ...postedAt(item.created_at),
        // Those taken over from Greenhouse come with their tags escaped, the others do not.
        description: unescapeHtml(item.description),
        tags: item.tags ?? [],
      };
    });
    const next = links?.next ? String(number + 1) : null;
    const { postings } = page;
    return { ...page, ...pageAfter({ position, next, length: data.length, postings, maxPages }) };
  },
};
