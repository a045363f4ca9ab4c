import { z } from 'zod';
import type { Posting } from '../../domain/posting.js';
import type { Board } from './board.js';
import { companyOf, partsOf } from './company.js';
import { countryOf } from './normalise/countries.js';
import { postedAt } from './normalise/dates.js';
import { employmentType } from './normalise/employment.js';
import { places, workModeIn } from './normalise/places.js';
import { currency, period, salary } from './normalise/salary.js';
import { numberAt, pageAfter, readCursor } from './paging.js';
import { readPostings } from './read-postings.js';

const pageSize = 100;
const maxPages = 50;

const posting = z.looseObject({
  id: z.string().min(1),
  text: z.string(),
  categories: z
    .looseObject({
      location: z.string().nullish(),
      commitment: z.string().nullish(),
      team: z.string().nullish(),
      department: z.string().nullish(),
      allLocations: z.array(z.string()).nullish(),
    })
    .nullish(),
  country: z.string().nullish(),
  createdAt: z.union([z.number(), z.string()]).nullish(),
  workplaceType: z.string().nullish(),
  description: z.string().nullish(),
  additional: z.string().nullish(),
  lists: z.array(z.looseObject({ text: z.string().nullish(), content: z.string().nullish() })).nullish(),
  hostedUrl: z.string(),
  applyUrl: z.string().nullish(),
  salaryRange: z
    .looseObject({
      min: z.unknown().optional(),
      max: z.unknown().optional(),
      currency: z.unknown().optional(),
      interval: z.unknown().optional(),
    })
    .nullish(),
});
type LeverPosting = z.infer<typeof posting>;

const workModes: Record<string, Posting['workMode']> = {
  remote: 'remote',
  hybrid: 'hybrid',
  'on-site': 'onsite',
  onsite: 'onsite',
};

/**
 * Lever: a company's board, paged by offset; the token is case-sensitive and the answer does not name the company.
 * https://github.com/lever/postings-api
 */
export const lever: Board = {
  name: 'lever',
  label: 'Lever',
  kind: 'company',
  hosts: ['api.lever.co'],
  minSyncIntervalSeconds: 1_800,
  requestsPerSecond: 2,
  attribution: { name: 'Lever', url: 'https://www.lever.co/', followLink: false },
  absence: 'closed',
  careers: {
    address: (token) => `jobs.lever.co/${token}`,
    recognise: (url) => (url.hostname === 'jobs.lever.co' ? partsOf(url)[0] : undefined),
    refuse: ({ hostname }) =>
      hostname.endsWith('.eu.lever.co')
        ? 'Companies on Lever’s European site (jobs.eu.lever.co) cannot be followed yet.'
        : undefined,
  },

  async fetchPage(request) {
    const { fetchJson, cursor, signal } = request;
    const company = companyOf(request);
    const position = readCursor(cursor);
    const skip = numberAt(position, 0);
    const url = `https://api.lever.co/v0/postings/${company.token}?mode=json&skip=${skip}&limit=${pageSize}`;
    const items = (await fetchJson({ url, hosts: lever.hosts, container: 'array', signal })) as unknown[];
    const page = await readPostings(lever, { items, item: posting, signal }, (item) => {
      const { location, commitment, team, department, allLocations } = item.categories ?? {};
      const locations = places([location, ...(allLocations ?? [])]);
      return {
        boardPostingId: item.id,
        companyToken: company.token,
        url: item.hostedUrl,
        applyUrl: item.applyUrl,
        title: item.text,
        company: company.name,
        locations,
        country: /^[A-Z]{2}$/.exec(item.country?.toUpperCase() ?? '')?.[0] ?? countryOf(locations),
        workMode: workModes[item.workplaceType?.toLowerCase() ?? ''] ?? workModeIn(location, item.text),
        employmentType: employmentType(commitment),
        salary: salary({
          min: item.salaryRange?.min,
          max: item.salaryRange?.max,
          currency: currency(item.salaryRange?.currency),
          period: period(item.salaryRange?.interval),
        }),
        ...postedAt(item.createdAt),
        description: describe(item),
        tags: [team, department],
      };
    });
    // Only an empty page is the end: a page may be shorter than asked for.
    const next = items.length === 0 ? null : String(skip + items.length);
    const { postings } = page;
    return { ...page, ...pageAfter({ position, next, length: items.length, postings, maxPages }) };
  },
};

/** Lever keeps a posting's lists ("What you'll do") apart from the text around them. */
function describe({ description, lists, additional }: LeverPosting): string {
  const sections = (lists ?? []).map(
    ({ text, content }) => `<h3>${text ?? ''}</h3><ul>${content ?? ''}</ul>`,
  );
  return [description, ...sections, additional].join('');
}
