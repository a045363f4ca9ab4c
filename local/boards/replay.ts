import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { arbeitnowEnvelope } from './wire/arbeitnow.js';
import { ashbyEnvelope } from './wire/ashby.js';
import { hnSearch } from './wire/hn.js';
import { jobicyEnvelope } from './wire/jobicy.js';
import { remotiveEnvelope } from './wire/remotive.js';
import { notFound, type WireAnswer, type WireRequest } from './wire/wire-board.js';

type Replayed = (request: Pick<WireRequest, 'path' | 'query' | 'now'>) => WireAnswer;

const jobsFile = z.looseObject({ jobs: z.array(z.unknown()) });
const dataFile = z.looseObject({ data: z.array(z.unknown()) });
const listFile = z.array(z.unknown());
const offersFile = z.looseObject({ offers: z.array(z.unknown()) });
const contentFile = z.looseObject({ content: z.array(z.unknown()) });
const searchFile = z.looseObject({
  SearchResult: z.looseObject({ SearchResultItems: z.array(z.unknown()) }),
});
const threadFile = z.looseObject({ id: z.int(), title: z.string() });

const ok = (body: unknown): WireAnswer => ({ status: 200, body });

/**
 * Recorded answers by host, read from a folder with one sub-folder a board. The recordings hold lists of postings;
 * the envelope and the paging around them are put back here. A company's recording answers for every token.
 */
export function readReplay(folder: string): ReadonlyMap<string, Replayed> {
  const recorded = <S extends z.ZodType>(file: string, schema: S): z.infer<S> | undefined => {
    const path = join(folder, file);
    return existsSync(path) ? schema.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
  };
  const hosts = new Map<string, Replayed>();

  const remotive = recorded('remotive/capture.json', jobsFile);
  if (remotive) hosts.set('remotive.com', () => ok(remotiveEnvelope(remotive.jobs)));

  const arbeitnow = [
    ...(recorded('arbeitnow/capture.json', dataFile)?.data ?? []),
    ...(recorded('arbeitnow/envelope.trimmed.json', dataFile)?.data ?? []),
  ];
  if (arbeitnow.length > 0) {
    hosts.set('www.arbeitnow.com', ({ query }) => {
      const page = Number(query.get('page') ?? 1);
      return ok(arbeitnowEnvelope(page === 1 ? arbeitnow : [], page, page === 1));
    });
  }

  const remoteok = recorded('remoteok/capture.json', listFile);
  if (remoteok) hosts.set('remoteok.com', () => ok(remoteok));

  const jobicy = recorded('jobicy/capture.json', jobsFile);
  if (jobicy) {
    hosts.set('jobicy.com', ({ now, query }) => {
      const count = Number(query.get('count') ?? 200);
      return ok(jobicyEnvelope(jobicy.jobs, { count, next: null, now }));
    });
  }

  const lever = recorded('lever/postings.trimmed.json', listFile);
  if (lever) {
    hosts.set('api.lever.co', ({ query }) => {
      const skip = Number(query.get('skip') ?? 0);
      return ok(lever.slice(skip, skip + Number(query.get('limit') ?? lever.length)));
    });
  }

  const ashby = recorded('ashby/capture.json', jobsFile);
  if (ashby) hosts.set('api.ashbyhq.com', () => ok(ashbyEnvelope(ashby.jobs)));

  const thread = recorded('hn/item.trimmed.json', threadFile);
  if (thread) {
    hosts.set('hn.algolia.com', ({ path }) =>
      ok(path.startsWith('/api/v1/search') ? hnSearch([thread]) : thread),
    );
  }

  const offers = recorded('recruitee/offers.trimmed.json', offersFile);
  if (offers) hosts.set('*.recruitee.com', () => ok(offers));

  const postings = recorded('smartrecruiters/postings.trimmed.json', contentFile);
  if (postings) {
    hosts.set('api.smartrecruiters.com', ({ query }) => {
      const offset = Number(query.get('offset') ?? 0);
      const content = postings.content.slice(offset, offset + 1);
      return ok({ offset, limit: 1, totalFound: postings.content.length, content });
    });
  }

  const account = recorded('workable/account.trimmed.json', jobsFile);
  if (account) hosts.set('apply.workable.com', () => ok(account));

  const federal = recorded('usajobs/search.trimmed.json', searchFile);
  if (federal) {
    // The recording was cut to its first postings; what it counts was not.
    const { SearchResult } = federal;
    const SearchResultCountAll = SearchResult.SearchResultItems.length;
    hosts.set('data.usajobs.gov', () =>
      ok({ ...federal, SearchResult: { ...SearchResult, SearchResultCountAll } }),
    );
  }

  hosts.set('boards-api.greenhouse.io', () => notFound({ status: 404, error: 'Job not found' }));
  return hosts;
}
