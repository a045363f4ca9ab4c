import { z } from 'zod';
import { countryNamed } from '../../domain/places/index.js';
import type { Posting } from '../../domain/posting.js';
import type { Board } from './board.js';
import { companyOf, partsOf } from './company.js';
import { countryOf } from './normalise/countries.js';
import { postedAt } from './normalise/dates.js';
import { employmentType } from './normalise/employment.js';
import { places, workModeIn } from './normalise/places.js';
import { currency, period, salary } from './normalise/salary.js';
import { salaryIn } from './normalise/salary-text.js';
import { readEnvelope, readPostings } from './read-postings.js';

const envelope = z.looseObject({ jobs: z.array(z.unknown()) });

const component = z.looseObject({
  compensationType: z.string().nullish(),
  interval: z.string().nullish(),
  currencyCode: z.string().nullish(),
  minValue: z.unknown().optional(),
  maxValue: z.unknown().optional(),
});

const job = z.looseObject({
  id: z.string().min(1),
  title: z.string(),
  department: z.string().nullish(),
  team: z.string().nullish(),
  employmentType: z.string().nullish(),
  location: z.string().nullish(),
  secondaryLocations: z.array(z.looseObject({ location: z.string().nullish() })).nullish(),
  publishedAt: z.string().nullish(),
  isListed: z.boolean().nullish(),
  isRemote: z.boolean().nullish(),
  workplaceType: z.string().nullish(),
  address: z
    .looseObject({ postalAddress: z.looseObject({ addressCountry: z.string().nullish() }).nullish() })
    .nullish(),
  compensation: z
    .looseObject({
      scrapeableCompensationSalarySummary: z.string().nullish(),
      summaryComponents: z.array(component).nullish(),
    })
    .nullish(),
  jobUrl: z.string(),
  applyUrl: z.string().nullish(),
  descriptionHtml: z.string().nullish(),
});
type Job = z.infer<typeof job>;

const workModes: Record<string, Posting['workMode']> = {
  Remote: 'remote',
  Hybrid: 'hybrid',
  OnSite: 'onsite',
};

/** Ashby: a company's whole board in one answer. https://developers.ashbyhq.com/docs/public-job-posting-api */
export const ashby: Board = {
  name: 'ashby',
  label: 'Ashby',
  kind: 'company',
  hosts: ['api.ashbyhq.com'],
  minSyncIntervalSeconds: 1_800,
  requestsPerSecond: 2,
  attribution: { name: 'Ashby', url: 'https://www.ashbyhq.com/', followLink: false },
  absence: 'closed',
  careers: {
    address: (token) => `jobs.ashbyhq.com/${token}`,
    recognise: (url) => (url.hostname === 'jobs.ashbyhq.com' ? partsOf(url)[0]?.toLowerCase() : undefined),
  },

  async fetchPage(request) {
    const { fetchJson, signal } = request;
    const company = companyOf(request);
    const url = `https://api.ashbyhq.com/posting-api/job-board/${company.token}?includeCompensation=true`;
    const body = await fetchJson({ url, hosts: ashby.hosts, container: 'object', signal });
    const { jobs } = readEnvelope(ashby, envelope, body);
    const page = await readPostings(ashby, { items: jobs, item: job, signal }, (item) => {
      if (item.isListed === false) return undefined;
      const locations = places([
        item.location,
        ...(item.secondaryLocations ?? []).map(({ location }) => location),
      ]);
      return {
        boardPostingId: item.id,
        companyToken: company.token,
        url: item.jobUrl,
        applyUrl: item.applyUrl,
        title: item.title,
        company: company.name,
        locations,
        country: countryNamed(item.address?.postalAddress?.addressCountry ?? '') ?? countryOf(locations),
        workMode: workMode(item),
        employmentType: employmentType(item.employmentType),
        salary: pay(item),
        ...postedAt(item.publishedAt),
        description: item.descriptionHtml ?? '',
        tags: [item.department, item.team],
      };
    });
    return { ...page, nextCursor: null };
  },
};

/** `isRemote` is true beside "Hybrid" as well: it counts only where no workplace type is given. */
function workMode({ workplaceType, isRemote, location, title }: Job): Posting['workMode'] {
  return workModes[workplaceType ?? ''] ?? (isRemote ? 'remote' : workModeIn(location, title));
}

/** The salary among the parts of the pay (equity and bonus are others); their summary when it has no numbers. */
function pay({ compensation }: Job): Posting['salary'] {
  const part = compensation?.summaryComponents?.find(({ compensationType }) => compensationType === 'Salary');
  const numbers = salary({
    min: part?.minValue,
    max: part?.maxValue,
    currency: currency(part?.currencyCode),
    period: period(part?.interval?.replace(/^1 /, '')),
  });
  return numbers ?? salaryIn(compensation?.scrapeableCompensationSalarySummary);
}
