import type { Block } from '../catalogue/describe.js';
import type { SampleJob } from '../catalogue/job.js';
import { toHtml, toPlain } from './html.js';
import { cityAndCountry, payOf, postedAtOf } from './spelling.js';
import { notFound, type WireBoard, withBroken } from './wire-board.js';

const commitments: Record<SampleJob['employmentType'], string> = {
  full_time: 'Permanent',
  part_time: 'Part-time',
  contract: 'Contractor',
  temporary: 'Short Term',
  internship: 'Intern',
};

/** A bare array, paged by offset; the token's case counts, and nothing says which company it is. */
export const lever: WireBoard = {
  host: 'api.lever.co',
  etag: false,
  compresses: false,
  answer({ path, query, now, catalogue, most }) {
    const token = /^\/v0\/postings\/([^/]+)$/.exec(path)?.[1];
    const jobs = token && catalogue.ofCompany('lever', (own) => own === token, now);
    if (!token || !jobs) return notFound({ ok: false, error: 'Document not found' });
    const skip = Math.max(0, Number(query.get('skip') ?? 0) || 0);
    const limit = Math.max(1, Number(query.get('limit') ?? jobs.length) || jobs.length);
    const { records, broken } = withBroken(
      jobs,
      (job) => posting(job, token, catalogue.describe(job)),
      (record) => ({ ...record, text: null }),
      { from: skip, most: Math.min(limit, most) },
    );
    return { status: 200, body: records, broken };
  },
};

function posting(job: SampleJob, token: string, blocks: readonly Block[]) {
  const location = cityAndCountry({ ...job, places: job.places.slice(0, 1) });
  const hostedUrl = `https://jobs.lever.co/${token}/${job.uuid}`;
  const pay = payOf(job);
  const opening = blocks.slice(0, 3);
  const closing = blocks.slice(-2);
  return {
    additionalPlain: toPlain(closing),
    additional: `<div>${toHtml(closing)}</div>`,
    categories: {
      commitment: commitments[job.employmentType],
      department: job.family.department,
      location,
      team: job.family.name,
      allLocations: job.region ? [location] : job.places.map(({ city, country }) => `${city}, ${country}`),
    },
    createdAt: postedAtOf(job),
    descriptionPlain: toPlain(opening),
    description: `<div>${toHtml(opening, undefined, job.flaw)}</div>`,
    id: job.uuid,
    lists: lists(blocks),
    text: job.title,
    country: job.places[0]?.iso2 ?? null,
    workplaceType:
      job.number % 5 === 0 && job.workMode === 'onsite'
        ? 'unspecified'
        : { remote: 'remote', hybrid: 'hybrid', onsite: 'on-site' }[job.workMode],
    opening: '',
    openingPlain: '',
    descriptionBody: `<div>${toHtml(opening)}</div>`,
    descriptionBodyPlain: toPlain(opening),
    hostedUrl,
    applyUrl: `${hostedUrl}/apply`,
    ...(pay && {
      salaryRange: {
        currency: pay.currency,
        interval: pay.period === 'year' ? 'per-year-salary' : 'per-hour-wage',
        min: pay.min,
        max: pay.max,
      },
    }),
  };
}

/** Each list with the heading before it. */
function lists(blocks: readonly Block[]): { text: string; content: string }[] {
  return blocks.flatMap((block, index) => {
    const heading = blocks[index - 1];
    if (block.kind !== 'list' || heading?.kind !== 'heading') return [];
    return [{ text: heading.text, content: block.items.map((item) => `<li>${item}</li>`).join('\n') }];
  });
}
