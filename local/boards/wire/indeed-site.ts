import { z } from 'zod';
import type { SampleJob } from '../catalogue/job.js';
import { toHtml } from './html.js';
import { shareOnSite } from './jobspy.js';
import { searched } from './searched.js';
import { payOf, postedAtOf } from './spelling.js';
import { notFound, type WireBoard, withBroken } from './wire-board.js';

/** Indeed's keys of what a job is. */
const remoteKey = 'DSQF7';
const hybridKey = 'PAXZC';
const typeKeys: Record<SampleJob['employmentType'], string> = {
  full_time: 'CF3CP',
  part_time: '75GKK',
  contract: 'NJXCK',
  temporary: '4HKF7',
  internship: 'VDTG7',
};

const graphql = z.object({ query: z.string() });

/** A string among a query's arguments: `what: "nurse"`. */
const argument = (query: string, name: string): string | undefined => {
  const quoted = new RegExp(`\\b${name}: ("(?:[^"\\\\]|\\\\.)*")`).exec(query)?.[1];
  return quoted === undefined ? undefined : (JSON.parse(quoted) as string);
};

/** The search of Indeed's app: GraphQL by POST, a hundred a page, an opaque cursor. */
export const indeedSite: WireBoard = {
  host: 'apis.indeed.com',
  etag: false,
  compresses: true,
  answer({ path, body, now, catalogue, most }) {
    const asked = graphql.safeParse(body);
    if (path !== '/graphql' || !asked.success) return notFound();
    const { query } = asked.data;
    const hours = Number(/start: "(\d+)h"/.exec(query)?.[1] ?? Number.POSITIVE_INFINITY);
    const found = searched(
      catalogue
        .onFeed('indeed', now, () => shareOnSite)
        .filter(({ postedAt }) => postedAt >= now - hours * 3_600_000),
      {
        words: argument(query, 'what') ?? '',
        place: argument(query, 'where'),
        remoteOnly: query.includes(remoteKey),
      },
    );
    const from = Number(argument(query, 'cursor') ?? 0);
    const limit = Math.min(100, most, Number(/\blimit: (\d+)/.exec(query)?.[1] ?? 10));
    const { records, broken, total } = withBroken(
      found,
      (job) => record(job, toHtml(catalogue.describe(job), undefined, job.flaw)),
      (job) => ({ ...job, title: null }),
      { from, most: limit },
    );
    const after = from + records.length;
    const search = {
      pageInfo: { nextCursor: after < total ? String(after) : null },
      results: records.map((job) => ({ job })),
    };
    return { status: 200, body: { data: { jobSearch: search } }, broken };
  },
};

function record(job: SampleJob, html: string) {
  const pay = payOf(job);
  const [place] = job.places;
  return {
    key: job.uuid.replaceAll('-', '').slice(0, 16),
    title: job.title,
    sourceEmployerName: job.company.name,
    dateOnIndeed: postedAtOf(job),
    description: { html },
    location: {
      countryCode: place?.iso2 ?? null,
      admin1Code: place?.region ?? null,
      city: place?.city ?? null,
    },
    compensation: {
      estimated: null,
      baseSalary: pay
        ? { unitOfWork: pay.period.toUpperCase(), range: { min: pay.min, max: pay.max } }
        : null,
      currencyCode: pay?.currency ?? null,
    },
    attributes: [
      { key: typeKeys[job.employmentType] },
      ...(job.workMode === 'remote' ? [{ key: remoteKey }] : []),
      ...(job.workMode === 'hybrid' ? [{ key: hybridKey }] : []),
    ],
    // Employers without a page of their own there are told by name alone.
    employer: null,
    recruit: { viewJobUrl: null },
  };
}
