import type { SampleJob } from '../catalogue/job.js';
import { escapeHtml, slugOf, toHtml } from './html.js';
import { postedAtOf } from './spelling.js';
import { notFound, type WireBoard, withBroken } from './wire-board.js';

const perPage = 100;
/** Postings that come again at the top of the next page, as they do when new ones push the list down. */
const repeated = 3;
const api = 'https://www.arbeitnow.com/api/job-board-api';

const germanTypes: Partial<Record<SampleJob['employmentType'], string[]>> = {
  part_time: ['Teilzeit'],
  internship: ['Working student', 'berufseinstieg'],
  temporary: ['befristet'],
  contract: ['Contract'],
};

export const arbeitnowEnvelope = (data: unknown[], page: number, more: boolean) => ({
  data,
  links: {
    first: `${api}?page=1`,
    last: null,
    prev: page > 1 ? `${api}?page=${page - 1}` : null,
    next: more ? `${api}?page=${page + 1}` : null,
  },
  meta: {
    current_page: page,
    from: data.length > 0 ? (page - 1) * perPage + 1 : null,
    path: api,
    per_page: perPage,
    to: data.length > 0 ? (page - 1) * perPage + data.length : null,
    terms:
      'This is a free public API for jobs, please do not abuse. I would appreciate linking back to the site. By using the API, you agree to the terms of service present on Arbeitnow.com',
    info: 'Jobs are updated every hour and order by the `created_at` timestamp. Use `?page=` to paginate.',
  },
});

/** Jobs where German is spoken: all of those whose company has no board of its own. */
function chance({ region, places, company }: SampleJob): number {
  if (region) return ['Germany', 'Europe'].includes(region) ? 0.7 : 0;
  const isGermanSpeaking = ['Germany', 'Austria', 'Switzerland'].includes(places[0]?.country ?? '');
  return isGermanSpeaking ? (company.own ? 0.7 : 1) : 0;
}

/** Pages of a hundred by number; past the end an empty page. */
export const arbeitnow: WireBoard = {
  host: 'www.arbeitnow.com',
  etag: false,
  compresses: true,
  answer({ path, query, now, catalogue, most }) {
    if (path !== '/api/job-board-api') return notFound();
    const page = Math.max(1, Math.floor(Number(query.get('page') ?? 1)) || 1);
    const all = catalogue.onFeed('arbeitnow', now, chance);
    const size = Math.min(perPage, most);
    const start = (page - 1) * (size - repeated);
    const { records, broken } = withBroken(
      all.slice(start, start + size),
      (job) => {
        const html = toHtml(catalogue.describe(job), undefined, job.flaw);
        const slug = `${job.region ? 'remote-' : ''}${slugOf(job.title)}-${slugOf(job.places[0]?.city ?? '')}-${job.number}`;
        return {
          slug: slug.replace('--', '-'),
          company_name: job.company.name,
          title: job.title,
          // What was taken over from an applicant tracking system arrives with its tags escaped.
          description: job.company.own ? escapeHtml(html) : html,
          remote: job.workMode === 'remote',
          url: `https://www.arbeitnow.com/jobs/companies/${slugOf(job.company.name)}/${slug.replace('--', '-')}`,
          tags: [job.family.department, ...(job.workMode === 'hybrid' ? ['Hybrid'] : [])],
          job_types: germanTypes[job.employmentType] ?? (job.number % 2 ? [] : ['Full Time']),
          location: job.region
            ? 'Remote'
            : job.places.map(({ city, region }) => `${city}, ${region}`).join('; '),
          created_at: Math.floor(postedAtOf(job) / 1_000),
        };
      },
      (record) => ({ ...record, url: null, tags: {} }),
    );
    const headers = {
      'cache-control': 'private, max-age=432000',
      'x-ratelimit-limit': '50',
      'x-ratelimit-remaining': '49',
    };
    const more = start + size < all.length;
    return { status: 200, headers, body: arbeitnowEnvelope(records, page, more), broken };
  },
};
