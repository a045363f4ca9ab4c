import type { SampleJob } from '../catalogue/job.js';
import type { Place } from '../catalogue/places.js';
import { toHtml } from './html.js';
import { postedAtOf } from './spelling.js';
import { notFound, type WireBoard, withBroken } from './wire-board.js';

const types: Record<SampleJob['employmentType'], string> = {
  full_time: 'Full-time',
  part_time: 'Part-time',
  contract: 'Contract',
  temporary: 'Temporary',
  internship: 'Internship',
};

/** A company's whole board at once; a job in several places once for each of them. */
export const workable: WireBoard = {
  host: 'apply.workable.com',
  etag: false,
  compresses: true,
  answer({ path, query, now, catalogue }) {
    const token = /^\/api\/v1\/widget\/accounts\/([^/]+)$/.exec(path)?.[1];
    const jobs = token && catalogue.ofCompany('workable', (own) => own === token, now);
    if (!jobs) return notFound();
    const withDetails = query.get('details') === 'true';
    const { records, broken } = withBroken(
      jobs,
      (job) => ({
        ...posting(job),
        ...(withDetails && { description: toHtml(catalogue.describe(job), undefined, job.flaw) }),
      }),
      (record) => ({ ...record, shortcode: '' }),
    );
    const repeated = jobs.flatMap((job) => job.places.slice(1).map((place) => posting(job, place)));
    const name = jobs[0]?.company.name ?? token;
    return { status: 200, body: { name, description: null, jobs: [...repeated, ...records] }, broken };
  },
};

function posting(job: SampleJob, place: Place | undefined = job.places[0]) {
  const shortcode = job.uuid.replaceAll('-', '').slice(0, 10).toUpperCase();
  const url = `https://apply.workable.com/j/${shortcode}`;
  const day = new Date(postedAtOf(job)).toISOString().slice(0, 10);
  return {
    title: job.title,
    shortcode,
    code: '',
    employment_type: types[job.employmentType],
    telecommuting: job.workMode === 'remote',
    department: job.family.department,
    url,
    shortlink: url,
    application_url: `${url}/apply`,
    published_on: day,
    created_at: day,
    country: place?.country ?? job.region,
    city: place?.city ?? '',
    state: place?.region ?? '',
    education: '',
    experience: '',
    function: job.family.name,
    industry: 'Computer Software',
    locations: place
      ? [
          {
            country: place.country,
            countryCode: place.iso2,
            city: place.city,
            region: place.region,
            hidden: false,
          },
        ]
      : [],
  };
}
