import type { SampleJob } from '../catalogue/job.js';
import { slugOf, toHtml } from './html.js';
import { payOf, postedAtOf } from './spelling.js';
import { notFound, type WireBoard, withBroken } from './wire-board.js';

const types: Record<SampleJob['employmentType'], string> = {
  full_time: 'fulltime_permanent',
  part_time: 'parttime_permanent',
  contract: 'contract',
  temporary: 'temporary',
  internship: 'internship',
};

/** A company's whole board at once, on a host of its own. */
export const recruitee: WireBoard = {
  host: '*.recruitee.com',
  etag: false,
  compresses: true,
  answer({ host, path, now, catalogue }) {
    const [token = ''] = host.split('.');
    const jobs = catalogue.ofCompany('recruitee', (own) => own === token, now);
    if (!jobs || path !== '/api/offers/') return notFound({ error: 'Not Found' });
    const { records, broken } = withBroken(
      jobs,
      (job) => offer(job, token, toHtml(catalogue.describe(job), undefined, job.flaw)),
      (record) => ({ ...record, careers_url: null }),
    );
    return { status: 200, body: { offers: records }, broken };
  },
};

function offer(job: SampleJob, token: string, html: string) {
  const slug = `${slugOf(job.title)}-${job.number}`;
  // Some companies show their offers on a site of their own.
  const site = job.number % 2 === 0 ? `https://${token}.recruitee.com` : `https://jobs.${token}.example`;
  const [first] = job.places;
  const pay = payOf(job);
  const published = withUtc(postedAtOf(job));
  // The requirements are a field of their own.
  const [description = '', ...requirements] = html.split(/(?=<h3>)/);
  return {
    id: job.number,
    guid: job.uuid.slice(0, 5),
    slug,
    title: job.title,
    company_name: job.company.name,
    status: 'published',
    city: first?.city ?? '',
    country: first?.country ?? '',
    country_code: first?.iso2 ?? null,
    location: first ? `${first.city}, ${first.region}, ${first.country}` : `Remote, ${job.region}`,
    locations: job.places.map(({ city, region, country, iso2 }, index) => ({
      id: index + 1,
      name: city,
      state: region,
      country,
      city,
      country_code: iso2,
    })),
    remote: job.workMode === 'remote',
    hybrid: job.workMode === 'hybrid',
    on_site: job.workMode === 'onsite',
    department: job.family.department,
    employment_type_code: types[job.employmentType],
    experience_code: 'mid_level',
    salary: {
      min: pay ? String(pay.min) : null,
      max: pay ? String(pay.max) : null,
      period: pay?.period ?? 'month',
      currency: pay?.currency ?? 'EUR',
    },
    tags: job.skills,
    close_at: null,
    created_at: published,
    published_at: published,
    updated_at: published,
    careers_url: `${site}/o/${slug}`,
    careers_apply_url: `${site}/o/${slug}/c/new`,
    description,
    requirements: requirements.join(''),
    translations: {},
    mailbox_email: `job.${job.number}@${token}.recruitee.example`,
  };
}

const withUtc = (time: number) => `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
