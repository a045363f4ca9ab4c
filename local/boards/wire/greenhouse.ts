import type { SampleJob } from '../catalogue/job.js';
import { escapeHtml, toHtml } from './html.js';
import { cityAndCountry, isoWithOffset, postedAtOf } from './spelling.js';
import { notFound, type WireBoard, withBroken } from './wire-board.js';

const hour = 3_600_000;
const firstId = 4_000_000_000;

/** A company's whole board at once; the token in any case. Descriptions come with their tags escaped. */
export const greenhouse: WireBoard = {
  host: 'boards-api.greenhouse.io',
  etag: true,
  compresses: true,
  answer({ path, query, now, catalogue }) {
    const token = /^\/v1\/boards\/([^/]+)\/jobs$/.exec(path)?.[1];
    if (!token) return notFound({ status: 404, error: 'Job board not found' });
    const jobs = catalogue.ofCompany('greenhouse', (own) => own === token.toLowerCase(), now);
    if (!jobs) return notFound({ status: 404, error: 'Job not found' });
    const withContent = query.get('content') === 'true';
    const touchedAt = Math.floor(now / hour) * hour;
    const { records, broken } = withBroken(
      jobs,
      (job) => ({
        absolute_url: urlOf(job, token),
        data_compliance: [{ type: 'gdpr', requires_consent: false, retention_period: null }],
        internal_job_id: firstId + job.number * 10,
        location: { name: location(job) },
        metadata: job.number % 3 === 0 ? workplace(job) : null,
        id: firstId + job.number,
        // Touched by every automation; says nothing about the posting's age.
        updated_at: isoWithOffset(touchedAt),
        requisition_id: `R-${job.number}`,
        title: job.title,
        company_name: job.company.name,
        first_published: withNewYorkOffset(postedAtOf(job)),
        language: 'en',
        application_deadline: job.number % 7 === 0 ? isoWithOffset(job.closesAt) : null,
        ...(withContent && {
          content: escapeHtml(toHtml(catalogue.describe(job), undefined, job.flaw)),
          departments: [{ id: 4_000, name: job.family.department, parent_id: null, child_ids: [] }],
          offices: job.places.map(({ city }, index) => ({ id: index + 1, name: city, location: city })),
        }),
      }),
      (record) => ({ ...record, absolute_url: '', title: null }),
    );
    const prospect = { ...prospectPost(token, jobs[0]), updated_at: isoWithOffset(touchedAt) };
    const all = jobs.length > 0 ? [...records, prospect] : records;
    const headers = { 'cache-control': 'max-age=0, private, must-revalidate' };
    return { status: 200, headers, body: { jobs: all, meta: { total: all.length } }, broken };
  },
};

/** Some companies show their postings on a site of their own. */
const urlOf = (job: SampleJob, token: string) =>
  job.number % 2 === 0
    ? `https://job-boards.greenhouse.io/${token}/jobs/${firstId + job.number}`
    : `https://careers.${token}.example/openings?gh_jid=${firstId + job.number}&gh_src=board`;

function location(job: SampleJob): string {
  if (job.region) return job.number % 2 === 0 ? `Remote, ${job.region}` : job.region;
  const names = cityAndCountry(job);
  return job.workMode === 'hybrid' && job.number % 3 !== 0 ? `${names} (Hybrid)` : names;
}

const workplace = (job: SampleJob) => [
  {
    id: 77,
    name: 'Workplace Type',
    value: job.workMode === 'onsite' ? 'On-site' : job.workMode,
    value_type: 'single_select',
  },
  {
    id: 78,
    name: 'Pay Range',
    value: { min_value: '0', max_value: '0', unit: 'USD' },
    value_type: 'currency_range',
  },
];

/** "Don't see your job?": a form without a job behind it. */
const prospectPost = (token: string, job: SampleJob | undefined) => ({
  absolute_url: `https://job-boards.greenhouse.io/${token}/jobs/1`,
  internal_job_id: null,
  location: { name: 'Anywhere' },
  metadata: null,
  id: 1,
  title: 'General application',
  company_name: job?.company.name,
  first_published: '2024-01-02T03:04:05-05:00',
  content: '&lt;p&gt;Leave us your details.&lt;/p&gt;',
  departments: [],
  offices: [],
});

const withNewYorkOffset = (time: number) => `${new Date(time - 5 * hour).toISOString().slice(0, 19)}-05:00`;
