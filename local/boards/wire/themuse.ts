import type { SampleJob } from '../catalogue/job.js';
import { slugOf, toHtml } from './html.js';
import { postedAtOf } from './spelling.js';
import { notFound, type WireBoard, withBroken } from './wire-board.js';

const perPage = 20;

/** Some of the jobs in the USA. */
const chance = ({ region, places }: SampleJob) =>
  region === 'USA' || places[0]?.country === 'United States' ? 0.3 : 0;

/** Pages of twenty by number from 0, which must be given; past the end an empty page. */
export const themuse: WireBoard = {
  host: 'www.themuse.com',
  etag: false,
  compresses: true,
  answer({ path, query, now, catalogue, most }) {
    if (path !== '/api/public/jobs') return notFound({ code: 404, error: 'Not found' });
    const page = query.get('page') ?? '';
    if (!/^\d+$/.test(page)) return { status: 400, body: { code: 400, error: 'page is required' } };
    const all = catalogue.onFeed('themuse', now, chance);
    const size = Math.min(perPage, most);
    const start = Number(page) * size;
    const { records, broken } = withBroken(
      all.slice(start, start + size),
      (job) => record(job, toHtml(catalogue.describe(job), undefined, job.flaw)),
      (broken) => ({ ...broken, refs: {} }),
    );
    return {
      status: 200,
      headers: { 'x-ratelimit-limit': '500', 'x-ratelimit-remaining': '499', 'x-ratelimit-reset': '3600' },
      body: {
        page: Number(page),
        page_count: Math.ceil(all.length / size),
        items_per_page: size,
        took: 7,
        timed_out: false,
        total: all.length,
        results: records,
      },
      broken,
    };
  },
};

function record(job: SampleJob, contents: string) {
  const company = slugOf(job.company.name);
  const slug = `${slugOf(job.title)}-${job.number}`;
  const level =
    job.level === 'Senior' ? 'Senior Level' : job.level === 'Junior' ? 'Entry Level' : 'Mid Level';
  return {
    contents,
    name: job.title,
    type: 'external',
    publication_date: new Date(postedAtOf(job)).toISOString(),
    short_name: slug,
    model_type: 'jobs',
    id: job.number,
    locations: job.region
      ? [{ name: 'Flexible / Remote' }]
      : job.places.map(({ city, region, country }) => ({
          name: country === 'United States' ? `${city}, ${region}` : `${city}, ${country}`,
        })),
    categories: [{ name: job.family.department }],
    levels: [{ name: level, short_name: slugOf(level) }],
    tags: [],
    refs: { landing_page: `https://www.themuse.com/jobs/${company}/${slug}` },
    company: { id: company.length, short_name: company, name: job.company.name },
  };
}
