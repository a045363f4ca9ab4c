import type { Block } from '../catalogue/describe.js';
import type { SampleJob } from '../catalogue/job.js';
import { type HtmlStyle, slugOf, toHtml, toPlain } from './html.js';
import { payOf, postedAtOf } from './spelling.js';
import { notFound, type WireBoard, withBroken } from './wire-board.js';

/** A page's postings, whatever `limit` asks for. */
const perPage = 20;

const types: Record<SampleJob['employmentType'], string> = {
  full_time: 'Full Time',
  part_time: 'Part Time',
  contract: 'Contractor',
  temporary: 'Temporary',
  internship: 'Intern',
};

const countries: Record<string, string[]> = {
  Worldwide: [],
  USA: ['United States'],
  UK: ['United Kingdom'],
  Europe: ['Germany', 'France', 'Spain', 'Netherlands', 'Poland'],
  LATAM: ['Brazil', 'Mexico', 'Argentina'],
};

const style: HtmlStyle = {
  paragraph: (text) => `<p>${text}</p>`,
  heading: (text) => `<h2><strong>${text}</strong></h2>`,
};

/** Twenty a page, by an opaque cursor or, as before there was one, by offset. */
export const himalayas: WireBoard = {
  host: 'himalayas.app',
  etag: false,
  compresses: true,
  answer({ path, query, now, catalogue, most }) {
    if (path !== '/jobs/api') return notFound({ error: 'Not found' });
    const cursor = query.get('cursor');
    const offset = Number(cursor === null ? (query.get('offset') ?? 0) : decode(cursor));
    if (!Number.isInteger(offset) || offset < 0) return { status: 400, body: { error: 'Invalid cursor' } };
    const { records, broken, total } = withBroken(
      catalogue.onFeed('himalayas', now, ({ workMode }) => (workMode === 'remote' ? 0.3 : 0)),
      (job) => record(job, catalogue.describe(job)),
      (record) => ({ ...record, guid: null }),
      { from: offset, most: Math.min(perPage, most) },
    );
    const after = offset + records.length;
    const body = {
      comments: 'Please link back to Himalayas and name it as the source of each job.',
      updatedAt: Math.floor(now / 1_000),
      offset,
      limit: perPage,
      totalCount: total,
      nextCursor: records.length > 0 && after < total ? encode(after) : null,
      jobs: records,
    };
    return { status: 200, headers: { 'cache-control': 'public, max-age=3600' }, body, broken };
  },
};

const encode = (offset: number) => Buffer.from(`after ${offset}`).toString('base64url');
const decode = (cursor: string) => /^after (\d+)$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];

function record(job: SampleJob, blocks: readonly Block[]) {
  const companySlug = slugOf(job.company.name);
  const guid = `https://himalayas.app/companies/${companySlug}/jobs/${slugOf(job.title)}-${job.number}`;
  const pay = payOf(job);
  // An upstream slip: now and then a company is called by the name of its field.
  const nameless = job.number % 6 === 0;
  return {
    title: job.title,
    excerpt: toPlain(blocks).slice(0, 200),
    companyName: nameless ? 'name' : job.company.name,
    companySlug,
    companyLogo: nameless ? 'thumbnail_url' : `https://cdn.himalayas.app/${companySlug}.png`,
    employmentType: types[job.employmentType],
    minSalary: pay?.min ?? null,
    maxSalary: pay?.max ?? null,
    salaryPeriod: pay?.period === 'hour' ? 'hourly' : 'annual',
    currency: pay?.currency ?? null,
    seniority: [job.level || 'Mid-level'],
    locationRestrictions: restrictions(job),
    timezoneRestrictions: job.region === 'Europe' ? [0, 1, 2] : [-5, 5.5],
    categories: job.skills.map((skill) => skill.replaceAll(' ', '-')),
    parentCategories: [job.family.department.replaceAll(' ', '-')],
    description: toHtml(blocks, style, job.flaw),
    // Seconds, where the documentation says milliseconds.
    pubDate: Math.floor(postedAtOf(job) / 1_000),
    expiryDate: Math.floor(job.closesAt / 1_000),
    applicationLink: guid,
    guid,
  };
}

/** Names, or, as documented, objects. */
function restrictions({ region = 'Worldwide', number }: SampleJob) {
  const names = countries[region] ?? [region];
  return number % 4 === 0 ? names.map((name) => ({ name, slug: slugOf(name) })) : names;
}
