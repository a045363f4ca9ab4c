import { z } from 'zod';
import type { Board } from './board.js';
import { companyOf, partsOf } from './company.js';
import { countryOf } from './normalise/countries.js';
import { expiresAt, postedAt } from './normalise/dates.js';
import { unescapeHtml } from './normalise/html.js';
import { placesIn, workModeIn } from './normalise/places.js';
import { readEnvelope, readPostings } from './read-postings.js';

const envelope = z.looseObject({ jobs: z.array(z.unknown()) });

const job = z.looseObject({
  id: z.union([z.int(), z.string().min(1)]),
  /** `null` marks a prospect post: a form to leave one's details with, no job. */
  internal_job_id: z.union([z.int(), z.string()]).nullish(),
  title: z.string(),
  company_name: z.string().nullish(),
  first_published: z.string().nullish(),
  location: z.looseObject({ name: z.string().nullish() }).nullish(),
  absolute_url: z.string(),
  application_deadline: z.string().nullish(),
  content: z.string().nullish(),
  departments: z.array(z.looseObject({ name: z.string().nullish() })).nullish(),
  metadata: z.array(z.looseObject({ name: z.string().nullish(), value: z.unknown().optional() })).nullish(),
});
type Job = z.infer<typeof job>;

/** Greenhouse: a company's whole board in one answer. https://developers.greenhouse.io/job-board.html */
export const greenhouse: Board = {
  name: 'greenhouse',
  label: 'Greenhouse',
  kind: 'company',
  hosts: ['boards-api.greenhouse.io'],
  minSyncIntervalSeconds: 1_800,
  requestsPerSecond: 2,
  attribution: { name: 'Greenhouse', url: 'https://www.greenhouse.com/', followLink: false },
  absence: 'closed',
  careers: {
    address: (token) => `boards.greenhouse.io/${token}`,
    recognise(url) {
      const [first, second, third] = partsOf(url);
      if (url.hostname === 'boards-api.greenhouse.io') {
        return first === 'v1' && second === 'boards' ? third?.toLowerCase() : undefined;
      }
      if (!/^(job-)?boards(\.eu)?\.greenhouse\.io$/.test(url.hostname)) return undefined;
      // `embed/job_board?for=company` is what employers show inside their own pages.
      const token = first?.toLowerCase() === 'embed' ? url.searchParams.get('for') : first;
      return token?.toLowerCase() || undefined;
    },
  },

  async fetchPage(request) {
    const { fetchJson, signal } = request;
    const company = companyOf(request);
    const url = `https://boards-api.greenhouse.io/v1/boards/${company.token}/jobs?content=true`;
    const body = await fetchJson({ url, hosts: greenhouse.hosts, container: 'object', signal });
    const { jobs } = readEnvelope(greenhouse, envelope, body);
    const page = await readPostings(greenhouse, { items: jobs, item: job, signal }, (item) => {
      if (item.internal_job_id === null) return undefined;
      const locations = placesIn(item.location?.name);
      return {
        boardPostingId: item.id,
        companyToken: company.token,
        url: item.absolute_url,
        title: item.title,
        company: item.company_name?.trim() || company.name,
        locations,
        country: countryOf(locations),
        workMode: workModeIn(item.location?.name, item.title, workplaceType(item)),
        // `updated_at` changes all the time; `first_published` is the date.
        ...postedAt(item.first_published),
        ...expiresAt(item.application_deadline),
        description: unescapeHtml(item.content ?? ''),
        tags: (item.departments ?? []).map(({ name }) => name),
      };
    });
    return { ...page, nextCursor: null };
  },
};

/** Some companies keep the workplace in a field of their own. */
function workplaceType({ metadata }: Job): string | undefined {
  const field = metadata?.find(({ name }) => /\b(work(place)?|location) ?(type|mode)\b/i.test(name ?? ''));
  return typeof field?.value === 'string' ? field.value : undefined;
}
