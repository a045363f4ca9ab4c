import type { Block } from '../catalogue/describe.js';
import type { SampleJob } from '../catalogue/job.js';
import type { Place } from '../catalogue/places.js';
import { type HtmlStyle, toHtml, toPlain } from './html.js';
import { payOf, postedAtOf } from './spelling.js';
import { notFound, type WireBoard, withBroken } from './wire-board.js';

const style: HtmlStyle = {
  paragraph: (text) => `<p style="min-height:1.5em">${text}</p>`,
  heading: (text) => `<h1>${text}</h1>`,
};
const employment: Record<SampleJob['employmentType'], string> = {
  full_time: 'FullTime',
  part_time: 'PartTime',
  contract: 'Contract',
  temporary: 'Temporary',
  internship: 'Intern',
};

export const ashbyEnvelope = (jobs: unknown[]) => ({ jobs, apiVersion: '1' });

/** A company's whole board at once, those that it does not list among them. */
export const ashby: WireBoard = {
  host: 'api.ashbyhq.com',
  etag: true,
  compresses: true,
  answer({ path, query, now, catalogue }) {
    const token = /^\/posting-api\/job-board\/([^/]+)$/.exec(path)?.[1];
    const jobs =
      token && catalogue.ofCompany('ashby', (own) => own.toLowerCase() === token.toLowerCase(), now);
    if (!token || !jobs) return notFound();
    const withPay = query.get('includeCompensation') === 'true';
    const { records, broken } = withBroken(
      jobs,
      (job) => ({ ...posting(job, token, catalogue.describe(job)), ...(withPay && compensation(job)) }),
      (record) => ({ ...record, jobUrl: undefined }),
    );
    return {
      status: 200,
      headers: { 'cache-control': 'public, max-age=60' },
      body: ashbyEnvelope(records),
      broken,
    };
  },
};

function posting(job: SampleJob, token: string, blocks: readonly Block[]) {
  const [first, ...others] = job.places;
  const jobUrl = `https://jobs.ashbyhq.com/${token}/${job.uuid}`;
  return {
    id: job.uuid,
    title: job.title,
    department: job.family.department,
    team: job.family.department,
    employmentType: employment[job.employmentType],
    location: first ? `${first.city}, ${first.country}` : job.region,
    secondaryLocations: others.map((place) => ({
      location: `${place.city}, ${place.country}`,
      address: address(place),
    })),
    publishedAt: new Date(postedAtOf(job)).toISOString().replace('Z', '+00:00'),
    isListed: job.number % 37 !== 0,
    // Also true for hybrid jobs.
    isRemote: job.workMode === 'onsite' ? null : true,
    workplaceType: { remote: 'Remote', hybrid: 'Hybrid', onsite: 'OnSite' }[job.workMode],
    address: first ? address(first) : null,
    jobUrl,
    applyUrl: `${jobUrl}/application`,
    descriptionHtml: toHtml(blocks, style, job.flaw),
    descriptionPlain: toPlain(blocks),
  };
}

const address = ({ city, region, country, iso2 }: Place) => ({
  postalAddress: {
    addressRegion: region,
    addressCountry: iso2 === 'US' ? 'USA' : country,
    addressLocality: city,
  },
});

/** Equity comes before the salary; everything is empty where the pay is hidden. */
function compensation(job: SampleJob) {
  const pay = payOf(job);
  const hidden = { compensationTierSummary: null, scrapeableCompensationSalarySummary: null };
  if (!pay) {
    return {
      shouldDisplayCompensationOnJobPostings: false,
      compensation: { ...hidden, compensationTiers: [], summaryComponents: [] },
    };
  }
  const summary = `${pay.currency} ${pay.min} - ${pay.max}`;
  const components = [
    {
      compensationType: 'EquityPercentage',
      interval: 'NONE',
      currencyCode: null,
      minValue: null,
      maxValue: null,
    },
    {
      compensationType: 'Salary',
      interval: pay.period === 'year' ? '1 YEAR' : '1 HOUR',
      currencyCode: pay.currency,
      minValue: pay.min,
      maxValue: pay.max,
    },
  ];
  return {
    shouldDisplayCompensationOnJobPostings: true,
    compensation: {
      compensationTierSummary: `${summary} • Offers Equity`,
      scrapeableCompensationSalarySummary: summary,
      compensationTiers: [{ id: job.uuid, title: null, components }],
      summaryComponents: components,
    },
  };
}
