import type { SampleJob } from '../catalogue/job.js';
import { slugOf } from './html.js';
import { postedAtOf } from './spelling.js';
import { notFound, type WireBoard, withBroken } from './wire-board.js';

const mostAPage = 100;

const types: Record<SampleJob['employmentType'], string> = {
  full_time: 'Full-time',
  part_time: 'Part-time',
  contract: 'Contract',
  temporary: 'Temporary',
  internship: 'Intern',
};

/** A company's board by offset, at most a hundred a page. A company that is not known has an empty one. */
export const smartrecruiters: WireBoard = {
  host: 'api.smartrecruiters.com',
  etag: false,
  compresses: true,
  answer({ path, query, now, catalogue, most }) {
    const token = /^\/v1\/companies\/([^/]+)\/postings$/.exec(path)?.[1];
    if (!token) return notFound({ code: 'RESOURCE_NOT_FOUND', message: 'Resource not found' });
    const jobs = catalogue.ofCompany('smartrecruiters', (own) => own === token, now) ?? [];
    const offset = Math.max(0, Number(query.get('offset') ?? 0) || 0);
    const limit = Math.min(
      mostAPage,
      most,
      Math.max(1, Number(query.get('limit') ?? mostAPage) || mostAPage),
    );
    const { records, broken, total } = withBroken(
      jobs,
      (job) => posting(job, token),
      (record) => ({ ...record, name: null }),
      { from: offset, most: limit },
    );
    return { status: 200, body: { offset, limit, totalFound: total, content: records }, broken };
  },
};

function posting(job: SampleJob, token: string) {
  const id = String(744_000_000_000_000 + job.number);
  const [place] = job.places;
  return {
    id,
    name: job.title,
    uuid: job.uuid,
    refNumber: `REF${job.number}`,
    company: { identifier: token, name: job.company.name },
    releasedDate: new Date(postedAtOf(job)).toISOString(),
    location: {
      ...(place && { city: place.city, region: place.region, country: place.iso2.toLowerCase() }),
      remote: job.workMode === 'remote',
      hybrid: job.workMode === 'hybrid',
      latitude: '0.0',
      longitude: '0.0',
      fullLocation: place ? `${place.city}, ${place.region}, ${place.country}` : job.region,
    },
    industry: { id: job.company.industry, label: job.company.industry },
    department: job.number % 5 === 0 ? {} : { id: '1', label: job.family.department },
    function: { id: slugOf(job.family.name), label: job.family.name },
    typeOfEmployment: { id: slugOf(types[job.employmentType]), label: types[job.employmentType] },
    experienceLevel: { id: 'mid_senior_level', label: 'Mid-Senior Level' },
    customField: [{ fieldId: '1', fieldLabel: 'Recruiter', valueId: '1', valueLabel: 'Jane Doe' }],
    visibility: 'PUBLIC',
    ref: `https://api.smartrecruiters.com/v1/companies/${token}/postings/${id}`,
    language: { code: 'en', label: 'English' },
    creator: { name: 'Jane Doe' },
  };
}
