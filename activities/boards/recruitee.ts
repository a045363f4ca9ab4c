import { z } from 'zod';
import { countryNamed } from '../../domain/places/index.js';
import type { Posting } from '../../domain/posting.js';
import { type Board, BoardError } from './board.js';
import { companyOf } from './company.js';
import { countryOf } from './normalise/countries.js';
import { expiresAt, postedAt } from './normalise/dates.js';
import { employmentType } from './normalise/employment.js';
import { places, workModeIn } from './normalise/places.js';
import { currency, period, salary } from './normalise/salary.js';
import { readEnvelope, readPostings } from './read-postings.js';

const envelope = z.looseObject({ offers: z.array(z.unknown()) });

const place = z.looseObject({
  city: z.string().nullish(),
  state: z.string().nullish(),
  country: z.string().nullish(),
  name: z.string().nullish(),
});

const offer = z.looseObject({
  id: z.int(),
  title: z.string(),
  company_name: z.string().nullish(),
  status: z.string().nullish(),
  location: z.string().nullish(),
  locations: z.array(place).nullish(),
  country_code: z.string().nullish(),
  remote: z.boolean().nullish(),
  hybrid: z.boolean().nullish(),
  on_site: z.boolean().nullish(),
  department: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  employment_type_code: z.string().nullish(),
  salary: z
    .looseObject({
      min: z.unknown().optional(),
      max: z.unknown().optional(),
      currency: z.unknown().optional(),
      period: z.unknown().optional(),
    })
    .nullish(),
  published_at: z.string().nullish(),
  close_at: z.string().nullish(),
  careers_url: z.string(),
  careers_apply_url: z.string().nullish(),
  description: z.string().nullish(),
  requirements: z.string().nullish(),
});
type Offer = z.infer<typeof offer>;

/** Hosts of Recruitee's own, not of a company's. */
const ownHosts = new Set(['www', 'app', 'api', 'docs', 'support', 'help', 'status', 'go']);

/**
 * Recruitee: a company's whole board in one answer, on a host of the company's own.
 * https://docs.recruitee.com/reference/offers (offers carry the recruiter's mailbox, which is never read)
 */
export const recruitee: Board = {
  name: 'recruitee',
  label: 'Recruitee',
  kind: 'company',
  hosts: ['*.recruitee.com'],
  minSyncIntervalSeconds: 3_600,
  requestsPerSecond: 1,
  attribution: { name: 'Recruitee', url: 'https://recruitee.com/', followLink: false },
  absence: 'closed',
  careers: {
    address: (token) => `${token}.recruitee.com`,
    recognise({ hostname }) {
      const token = /^([^.]+)\.recruitee\.com$/.exec(hostname)?.[1];
      return token && !ownHosts.has(token) ? token : undefined;
    },
  },

  async fetchPage(request) {
    const { fetchJson, signal } = request;
    const company = companyOf(request);
    const host = hostOf(company.token);
    const url = `https://${host}/api/offers/`;
    const body = await fetchJson({ url, hosts: [host], container: 'object', signal });
    const { offers } = readEnvelope(recruitee, envelope, body);
    const page = await readPostings(recruitee, { items: offers, item: offer, signal }, (item) => {
      if (item.status && item.status !== 'published') return undefined;
      const locations = places(item.locations?.length ? item.locations.map(nameOf) : [item.location]);
      return {
        boardPostingId: item.id,
        companyToken: company.token,
        url: item.careers_url,
        applyUrl: item.careers_apply_url,
        title: item.title,
        company: item.company_name?.trim() || company.name,
        locations,
        country: countryNamed(item.country_code ?? '') ?? countryOf(locations),
        workMode: workMode(item),
        // "fulltime_fixed_term"
        employmentType: employmentType(item.employment_type_code?.split('_')[0]),
        salary: salary({
          min: item.salary?.min,
          max: item.salary?.max,
          currency: currency(item.salary?.currency),
          period: period(item.salary?.period),
        }),
        ...postedAt(item.published_at),
        ...expiresAt(item.close_at),
        description: [item.description, item.requirements].join(''),
        tags: [item.department, ...(item.tags ?? [])],
      };
    });
    return { ...page, nextCursor: null };
  },
};

/** @throws BoardError `config` when the token cannot be one part of a host's name. */
function hostOf(token: string): string {
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(token)) {
    throw new BoardError('config', `"${token}" cannot be a company's token`);
  }
  return `${token.toLowerCase()}.recruitee.com`;
}

const nameOf = ({ city, state, country, name }: z.infer<typeof place>) =>
  [...new Set([city, state, country].filter(Boolean))].join(', ') || name;

/** Several may be true: what lets one stay away most counts. */
function workMode({ remote, hybrid, on_site, title, location }: Offer): Posting['workMode'] {
  if (remote) return 'remote';
  if (hybrid) return 'hybrid';
  return on_site ? 'onsite' : workModeIn(title, location);
}
