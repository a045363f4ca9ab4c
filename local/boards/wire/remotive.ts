import type { SampleJob } from '../catalogue/job.js';
import { escapeHtml, type HtmlStyle, slugOf, toHtml } from './html.js';
import { payOf, postedAtOf } from './spelling.js';
import { notFound, type WireBoard, withBroken } from './wire-board.js';

const delay = 24 * 3_600_000;

/** Text pasted out of a site built with Tailwind. */
const style: HtmlStyle = {
  paragraph: (text) =>
    `<p style="border-color: #e5e7eb; --tw-shadow: 0 0 #0000; line-height: 1.38;">${text}</p>`,
  heading: (text) => `<p class="h3" dir="ltr"><strong>${text}</strong></p>`,
};

export const remotiveEnvelope = (jobs: unknown[]) => ({
  '00-warning': 'Please note that this API is delayed by 24 hours. Four requests a day are enough.',
  '0-legal-notice':
    'Remotive API Legal Notice: link back to the job found on Remotive and mention Remotive as the source.',
  'job-count': jobs.length,
  'total-job-count': jobs.length,
  jobs,
});

/** Remote jobs, and above all those of companies without a board of their own. */
const chance = ({ workMode, company }: SampleJob) => (workMode !== 'remote' ? 0 : company.own ? 0.4 : 0.7);

/** The whole list whatever is asked for, a day late. */
export const remotive: WireBoard = {
  host: 'remotive.com',
  etag: false,
  compresses: true,
  answer({ path, now, catalogue }) {
    if (path !== '/api/remote-jobs') return notFound();
    const jobs = catalogue.onFeed('remotive', now, chance).filter(({ postedAt }) => postedAt <= now - delay);
    const { records, broken } = withBroken(
      jobs,
      (job) => ({
        id: job.number,
        url: `https://remotive.com/remote-jobs/${slugOf(job.family.remotiveCategory)}/${slugOf(job.title)}-${job.number}`,
        title: job.title,
        // Some names end in a space.
        company_name: job.number % 10 === 0 ? `${job.company.name} ` : job.company.name,
        company_logo: `https://remotive.com/job/${job.number}/logo`,
        category: job.family.remotiveCategory,
        tags: job.skills.map((skill) => skill.toLowerCase()),
        job_type: job.employmentType === 'temporary' ? '' : job.employmentType,
        publication_date: new Date(postedAtOf(job)).toISOString().slice(0, 19),
        candidate_required_location: job.region,
        salary: salaryText(job),
        description: toHtml(catalogue.describe(job), style, job.flaw),
        company_logo_url: `https://remotive.com/job/${job.number}/logo`,
      }),
      (record) => ({ ...record, title: null, description: escapeHtml(record.description) }),
    );
    return {
      status: 200,
      headers: { 'cache-control': 'max-age=3600' },
      body: remotiveEnvelope(records),
      broken,
    };
  },
};

/** Pay in the words of whoever filled in the form. */
function salaryText(job: SampleJob): string {
  const pay = payOf(job);
  if (!pay) return job.number % 3 === 0 ? 'Competitive' : '';
  const sign = { USD: '$', GBP: '£', EUR: '€' }[pay.currency] ?? '';
  if (pay.period === 'hour') return `${sign}${pay.min} - ${sign}${pay.max} /hour`;
  const thousands = (amount: number) => `${sign}${String(amount / 1_000).replace('.', ',')}k`;
  const whole = (amount: number) => `${sign}${amount.toLocaleString('en-US')}`;
  const code = sign ? '' : ` ${pay.currency}`;
  return job.number % 2 === 0
    ? `${thousands(pay.min)}- ${thousands(pay.max)}${code}`
    : `${whole(pay.min)} - ${whole(pay.max)}${code}`;
}
