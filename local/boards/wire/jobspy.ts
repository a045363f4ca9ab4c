import {
  type JobspySite,
  jobspySites,
  type ScrapedJob,
  scrapeRequest,
} from '../../../activities/boards/jobspy-contract.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import type { SampleJob } from '../catalogue/job.js';
import { toHtml } from './html.js';
import { searched } from './searched.js';
import { payOf, postedAtOf } from './spelling.js';
import { notFound, type WireBoard, withBroken } from './wire-board.js';

/** Of all sample jobs, how many are on a site. */
export const shareOnSite = 0.3;

const jobTypes: Record<SampleJob['employmentType'], string> = {
  full_time: 'fulltime',
  part_time: 'parttime',
  contract: 'contract',
  temporary: 'temporary',
  internship: 'internship',
};

/** The site's page of a job. */
const pages: Record<JobspySite, (id: string) => string> = {
  indeed: (id) => `https://www.indeed.com/viewjob?jk=${id}`,
  linkedin: (id) => `https://www.linkedin.com/jobs/view/${id}`,
  glassdoor: (id) => `https://www.glassdoor.com/job-listing/j?jl=${id}`,
  google: (id) => `https://www.google.com/search?udm=8&q=${id}`,
  zip_recruiter: (id) => `https://www.ziprecruiter.com/jobs/${id}`,
  bayt: (id) => `https://www.bayt.com/en/jobs/${id}/`,
  naukri: (id) => `https://www.naukri.com/job-listings-${id}`,
};

/** Sites whose lists hold the descriptions; the others keep them for the job's page. */
const withDescriptions: readonly JobspySite[] = ['indeed', 'google'];

/** The JobSpy service as one site's board asks it, by its contract. */
const service = (site: JobspySite): WireBoard => ({
  host: `${site.replace('_', '-')}.jobspy.internal`,
  etag: false,
  compresses: false,
  answer({ path, body, now, catalogue }) {
    if (path !== '/scrape') return notFound();
    const request = scrapeRequest.safeParse(body);
    if (!request.success) return { status: 422, body: { status: 422, title: 'Unprocessable Content' } };
    const { searchTerm, location, remoteOnly, resultsWanted } = request.data;
    const jobs = searched(
      catalogue.onFeed(site, now, () => shareOnSite),
      { words: searchTerm, place: location, remoteOnly },
    );
    const { records, broken } = withBroken(
      jobs.slice(0, resultsWanted),
      (job) => row(site, job, catalogue),
      (record) => ({ ...record, job_url: null }),
    );
    return { status: 200, body: { jobs: records, errors: [] }, broken };
  },
});

function row(site: JobspySite, job: SampleJob, catalogue: Catalogue): ScrapedJob {
  const pay = payOf(job);
  const id = job.uuid.replaceAll('-', '').slice(0, 16);
  const [place] = job.places;
  return {
    id: `${site.slice(0, 2)}-${id}`,
    site,
    job_url: pages[site](id),
    job_url_direct: null,
    title: job.title,
    company: job.company.name,
    location: place ? [place.city, place.region, place.country].filter(Boolean).join(', ') : null,
    date_posted: new Date(postedAtOf(job)).toISOString().slice(0, 10),
    job_type: jobTypes[job.employmentType],
    interval: pay ? (pay.period === 'hour' ? 'hourly' : 'yearly') : null,
    min_amount: pay?.min ?? null,
    max_amount: pay?.max ?? null,
    currency: pay?.currency ?? null,
    is_remote: job.workMode === 'remote',
    work_from_home_type: job.workMode === 'hybrid' ? 'Hybrid' : null,
    job_level: null,
    job_function: job.family.department,
    company_industry: null,
    skills: job.skills.join(', '),
    description: withDescriptions.includes(site)
      ? toHtml(catalogue.describe(job), undefined, job.flaw)
      : null,
  };
}

export const [indeed, linkedin, glassdoor, google, zipRecruiter, bayt, naukri] = jobspySites.map(service) as [
  WireBoard,
  WireBoard,
  WireBoard,
  WireBoard,
  WireBoard,
  WireBoard,
  WireBoard,
];
