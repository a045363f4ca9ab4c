import type { Catalogue } from '../catalogue/catalogue.js';
import type { SampleJob } from '../catalogue/job.js';

export interface WireRequest {
  path: string;
  query: URLSearchParams;
  /** Milliseconds since the epoch, by the server's clock. */
  now: number;
  catalogue: Catalogue;
}

export interface WireAnswer {
  status: number;
  headers?: Record<string, string>;
  /** Sent as JSON; a string is sent as it is, as text. */
  body: unknown;
  /** Broken postings planted in the body. */
  broken?: number;
}

/** One board as it speaks over HTTP: its paths, envelopes, spellings and oddities. */
export interface WireBoard {
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

/** The records of some jobs, with the broken ones among them. */
export function withBroken<R>(
  jobs: readonly SampleJob[],
  toRecord: (job: SampleJob) => R,
  spoil: (record: R) => unknown,
): { records: unknown[]; broken: number } {
  const records: unknown[] = [];
  let broken = 0;
  for (const job of jobs) {
    const record = toRecord(job);
    records.push(record);
    if (job.number % jobsPerBroken !== 0) continue;
    records.push(spoil(record));
    broken += 1;
  }
  return { records, broken };
}
