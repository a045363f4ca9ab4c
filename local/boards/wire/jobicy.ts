import type { SampleJob } from '../catalogue/job.js';
import { escapeHtml, slugOf, toHtml, toPlain } from './html.js';
import { isoWithOffset, payOf, postedAtOf } from './spelling.js';
import { notFound, type WireAnswer, type WireBoard, type WireRequest, withBroken } from './wire-board.js';

const day = 86_400_000;
const known = new Set(['count', 'cursor', 'geo', 'industry', 'tag', 'get']);
const types: Record<SampleJob['employmentType'], string> = {
  full_time: 'Full-Time',
  part_time: 'Part-Time',
  contract: 'Contract',
  temporary: 'Temporary',
  internship: 'Internship',
};

export const jobicyEnvelope = (
  jobs: unknown[],
  page: { count: number; cursor?: string; next: string | null; now: number },
) => ({
  apiVersion: '2.2.18',
  documentationUrl: 'https://jobicy.com/jobs-rss-feed',
  friendlyNotice: 'Please credit Jobicy, keep the source URL, and do not sync more than once an hour.',
  jobCount: jobs.length,
  lastUpdate: isoWithOffset(page.now),
  nextCursor: page.next,
  hasMore: page.next !== null,
  appliedFilters: { count: page.count, ...(page.cursor && { cursor: page.cursor }) },
  jobs,
  statusCode: 200,
  success: true,
  ...(jobs.length === 0 && { message: 'No jobs found' }),
});

/** Where a page ended, and when the pass through the list began: a cursor lives for a day. */
interface Cursor {
  since: number;
  postedAt: number;
  number: number;
}

/** The last seven days by an opaque cursor; strict about its parameters. */
export const jobicy: WireBoard = {
  host: 'jobicy.com',
  etag: false,
  compresses: true,
  answer({ path, query, now, catalogue, most }) {
    if (path === '/api/v2/remote-jobs/status') return statuses(query.get('ids') ?? '', now, catalogue);
    if (path !== '/api/v2/remote-jobs') return notFound({ success: false, error: 'Unknown endpoint' });
    const unknown = [...query.keys()].find((name) => !known.has(name));
    if (unknown) return refused(`Unknown parameter: ${unknown}`);
    const wanted = query.get('count') ?? '200';
    if (!/^-?\d+$/.test(wanted)) return refused('count must be an integer');
    const count = Math.min(200, Math.max(1, Number(wanted)));
    const text = query.get('cursor') ?? undefined;
    const cursor = text === undefined ? undefined : decode(text);
    if (cursor === null || (cursor && now - cursor.since > day)) return refused('Invalid or expired cursor');

    const open = onJobicy(catalogue, now).filter((job) => job.postedAt > now - 7 * day);
    const rest = cursor ? open.filter((job) => isAfter(job, cursor)) : open;
    const jobs = rest.slice(0, Math.min(count, most));
    const last = rest.length > jobs.length ? jobs.at(-1) : undefined;
    const next = last
      ? encode({ since: cursor?.since ?? now, postedAt: last.postedAt, number: last.number })
      : null;

    const { records, broken } = withBroken(
      jobs,
      (job) => {
        const blocks = catalogue.describe(job);
        const slug = `${job.number}-${slugOf(job.title)}`;
        return {
          id: job.number,
          url: `https://jobicy.com/jobs/${slug}`,
          jobSlug: slug,
          jobTitle: escapeHtml(job.title),
          companyName: job.company.name,
          companyLogo: job.number % 5 === 0 ? false : `https://jobicy.com/data/${job.number}.png`,
          jobIndustry: [escapeHtml(job.family.jobicyIndustry)],
          jobType: [types[job.employmentType]],
          jobGeo:
            job.region === 'Worldwide' ? 'Anywhere' : job.region === 'Canada' ? 'Canada,  USA' : job.region,
          jobLevel: job.level || 'Any',
          jobExcerpt: toPlain(blocks).replace(/\s+/g, ' ').slice(0, 300),
          jobDescription: toHtml(blocks, undefined, job.flaw),
          pubDate: isoWithOffset(postedAtOf(job)),
          ...pay(job),
        };
      },
      (record) => ({ ...record, id: null }),
    );
    const page = { count, next, now, ...(text && { cursor: text }) };
    return {
      status: 200,
      headers: { 'cache-control': 'public, max-age=3600' },
      body: jobicyEnvelope(records, page),
      broken,
    };
  },
};

/** At most a hundred ids: those on the board, older than the feed's week or not, are active. */
function statuses(asked: string, now: number, catalogue: WireRequest['catalogue']): WireAnswer {
  const ids = asked
    .split(',')
    .filter((id) => /^\d+$/.test(id))
    .map(Number);
  if (ids.length === 0 || ids.length > 100) return refused('ids must be 1 to 100 job ids');
  const open = new Set(onJobicy(catalogue, now).map(({ number }) => number));
  const jobs = ids.map((id) => ({ id, status: open.has(id) ? 'active' : 'closed' }));
  return {
    status: 200,
    body: {
      apiVersion: '2.2.18',
      checkedAt: isoWithOffset(now),
      count: jobs.length,
      jobs,
      statusCode: 200,
      success: true,
    },
  };
}

const onJobicy = (catalogue: WireRequest['catalogue'], now: number) =>
  catalogue.onFeed('jobicy', now, ({ workMode }) => (workMode === 'remote' ? 0.6 : 0));

const refused = (error: string): WireAnswer => ({ status: 400, body: { success: false, error } });

const isAfter = (job: SampleJob, { postedAt, number }: Cursor) =>
  job.postedAt < postedAt || (job.postedAt === postedAt && job.number < number);

const encode = (cursor: Cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url');

function decode(text: string): Cursor | null {
  try {
    const { since, postedAt, number } = JSON.parse(
      Buffer.from(text, 'base64url').toString(),
    ) as Partial<Cursor>;
    return since && postedAt && number ? { since, postedAt, number } : null;
  } catch {
    return null;
  }
}

/** Keys are left out when the pay is unknown. */
function pay(job: SampleJob) {
  const given = payOf(job);
  return (
    given && {
      salaryMin: given.min,
      salaryMax: given.max,
      salaryCurrency: given.currency,
      salaryPeriod: given.period === 'year' ? 'yearly' : 'hourly',
    }
  );
}
