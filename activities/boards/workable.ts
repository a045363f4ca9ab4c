import { z } from 'zod';
import type { Posting } from '../../domain/posting.js';
import type { Board } from './board.js';
import { companyOf, partsOf } from './company.js';
import { countryOf } from './normalise/countries.js';
import { postedAt } from './normalise/dates.js';
import { employmentType } from './normalise/employment.js';
import { places, workModeIn } from './normalise/places.js';
import { readEnvelope, readPostings } from './read-postings.js';

const envelope = z.looseObject({ name: z.string().nullish(), jobs: z.array(z.unknown()) });

const place = z.looseObject({
  city: z.string().nullish(),
  region: z.string().nullish(),
  country: z.string().nullish(),
  hidden: z.boolean().nullish(),
});

const job = z.looseObject({
  shortcode: z.string().min(1),
  title: z.string(),
  employment_type: z.string().nullish(),
  telecommuting: z.boolean().nullish(),
  department: z.string().nullish(),
  function: z.string().nullish(),
  url: z.string(),
  application_url: z.string().nullish(),
  published_on: z.string().nullish(),
  created_at: z.string().nullish(),
  city: z.string().nullish(),
  state: z.string().nullish(),
  country: z.string().nullish(),
  locations: z.array(place).nullish(),
  description: z.string().nullish(),
});
type Job = z.infer<typeof job>;

/** Hosts of Workable's own, not of a company's. */
const ownHosts = new Set(['www', 'jobs', 'get', 'help', 'resources', 'id', 'status']);

/**
 * Workable: a company's whole board in one answer, by the call that its widget makes. It is not documented, and asks
 * oftener than every two seconds are answered with 429.
 */
export const workable: Board = {
  name: 'workable',
  label: 'Workable',
  kind: 'company',
  hosts: ['apply.workable.com'],
  minSyncIntervalSeconds: 3_600,
  requestsPerSecond: 0.4,
  attribution: { name: 'Workable', url: 'https://www.workable.com/', followLink: false },
  absence: 'closed',
  careers: {
    address: (token) => `apply.workable.com/${token}`,
    recognise(url) {
      const host = /^([^.]+)\.workable\.com$/.exec(url.hostname)?.[1];
      if (host !== 'apply') return host && !ownHosts.has(host) ? host : undefined;
      const [token] = partsOf(url);
      // `j/CODE` is a short address of a job: it names no company.
      return token === 'j' ? undefined : token?.toLowerCase();
    },
  },

  async fetchPage(request) {
    const { fetchJson, signal } = request;
    const company = companyOf(request);
    const url = `https://apply.workable.com/api/v1/widget/accounts/${company.token}?details=true`;
    const body = await fetchJson({ url, hosts: workable.hosts, container: 'object', signal });
    const account = readEnvelope(workable, envelope, body);
    // A job in several places comes once for each of them: its last coming has them all.
    const seen = new Map<string, string[]>();
    const page = await readPostings(workable, { items: account.jobs, item: job, signal }, (item) => {
      const locations = places([...(seen.get(item.shortcode) ?? []), ...placesOf(item)]);
      seen.set(item.shortcode, locations);
      return {
        boardPostingId: item.shortcode,
        companyToken: company.token,
        url: item.url,
        applyUrl: item.application_url,
        title: item.title,
        company: account.name?.trim() || company.name,
        locations,
        country: countryOf(locations),
        workMode: workMode(item),
        employmentType: employmentType(item.employment_type),
        ...postedAt(item.published_on ?? item.created_at),
        description: item.description ?? '',
        tags: [item.department, item.function],
      };
    });
    return { ...page, nextCursor: null };
  },
};

/** Where a company hides a place, its country is all that is said. */
function placesOf({ city, state, country, locations }: Job): string[] {
  const named = locations?.length ? locations : [{ city, region: state, country }];
  return named.map((place) => {
    const parts = place.hidden ? [place.country] : [place.city, place.region, place.country];
    return [...new Set(parts.filter(Boolean))].join(', ');
  });
}

function workMode({ telecommuting, title }: Job): Posting['workMode'] {
  const said = workModeIn(title);
  if (said === 'hybrid') return said;
  if (telecommuting) return 'remote';
  return said === 'unknown' && telecommuting === false ? 'onsite' : said;
}
