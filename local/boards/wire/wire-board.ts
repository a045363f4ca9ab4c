import type { IncomingHttpHeaders } from 'node:http';
import type { Catalogue } from '../catalogue/catalogue.js';
import type { SampleJob } from '../catalogue/job.js';

export interface WireRequest {
  host: string;
  path: string;
  query: URLSearchParams;
  /** What was sent as JSON; `undefined` where nothing was, or something else. */
  body: unknown;
  headers: IncomingHttpHeaders;
  /** Milliseconds since the epoch, by the server's clock. */
  now: number;
  catalogue: Catalogue;
  /** A page holds no more postings than this, whatever is asked for. */
  most: number;
}

export interface WireAnswer {
  status: number;
  headers?: Record<string, string>;
  /** Sent as JSON; a string is sent as it is, as text, and so are bytes, as JSON by name. */
  body: unknown;
  /** Broken postings planted in the body. */
  broken?: number;
}

/** One board as it speaks over HTTP: its paths, envelopes, spellings and oddities. */
export interface WireBoard {
  /** `*.example.com` where each company has a host of its own. */
  host: string;
  /** The host answers with `ETag`, and with 304 where it still holds. */
  etag: boolean;
  /** The host compresses when it is asked to. */
  compresses: boolean;
  answer(request: WireRequest): WireAnswer;
}

export const notFound = (body: unknown = 'Not Found'): WireAnswer => ({ status: 404, body });

/** One job in so many has a broken twin beside it in the answer, as real feeds now and then do. */
const jobsPerBroken = 41;

/**
 * The records of some jobs, with the broken ones among them.
 * @param page the part of the records that is on a page, for boards that count by offset.
 */
export function withBroken<R>(
  jobs: readonly SampleJob[],
  toRecord: (job: SampleJob) => R,
  spoil: (record: R) => unknown,
  page: { from: number; most: number } = { from: 0, most: Number.POSITIVE_INFINITY },
): { records: unknown[]; broken: number; total: number } {
  const rows = jobs.flatMap((job) => {
    const whole = { job, isBroken: false };
    return job.number % jobsPerBroken === 0 ? [whole, { job, isBroken: true }] : [whole];
  });
  const shown = rows.slice(page.from, page.from + page.most);
  return {
    records: shown.map(({ job, isBroken }) => (isBroken ? spoil(toRecord(job)) : toRecord(job))),
    broken: shown.filter(({ isBroken }) => isBroken).length,
    total: rows.length,
  };
}
