import type { SampleJob } from '../catalogue/job.js';
import { escapeHtml, slugOf, toPlain } from './html.js';
import { searched, wordsOf } from './searched.js';
import { payOf, postedAtOf } from './spelling.js';
import { notFound, type WireBoard, withBroken } from './wire-board.js';

const mostAPage = 100;
const snippetLength = 453;

/** Jobs in the United Kingdom, by offset, for those who give a key as their name and no password. */
export const reed: WireBoard = {
  host: 'www.reed.co.uk',
  etag: false,
  compresses: true,
  answer({ path, query, headers, now, catalogue, most }) {
    if (path !== '/api/1.0/search') return notFound({ message: 'No resource was found' });
    const [, credentials = ''] = /^Basic (\S+)$/.exec(headers.authorization ?? '') ?? [];
    if (!/^[^:]+:$/.test(Buffer.from(credentials, 'base64').toString())) {
      return { status: 401, headers: { 'www-authenticate': 'Basic realm="reed"' }, body: 'Unauthorized' };
    }
    const here = catalogue.onFeed('reed', now, ({ region, places }) =>
      region === 'UK' || places.some(({ iso2 }) => iso2 === 'GB') ? 0.9 : 0,
    );
    const found = searched(here, {
      ...wordsOf(query.get('keywords')),
      place: query.get('locationName') ?? undefined,
    });
    const { records, broken, total } = withBroken(
      found,
      (job) => record(job, toPlain(catalogue.describe(job))),
      (result) => ({ ...result, jobTitle: null }),
      {
        from: Number(query.get('resultsToSkip') ?? 0),
        most: Math.min(mostAPage, most, Number(query.get('resultsToTake') ?? mostAPage)),
      },
    );
    return { status: 200, body: { results: records, ambiguousLocations: [], totalResults: total }, broken };
  },
};

function record(job: SampleJob, text: string) {
  const pay = payOf(job);
  const jobId = 50_000_000 + job.number;
  return {
    jobId,
    employerId: job.company.name.length,
    employerName: job.company.name,
    employerProfileId: null,
    employerProfileName: null,
    jobTitle: job.title,
    locationName: job.places[0]?.city ?? 'United Kingdom',
    minimumSalary: pay?.min ?? null,
    maximumSalary: pay?.max ?? null,
    currency: pay?.currency ?? null,
    expirationDate: day(job.closesAt),
    date: day(postedAtOf(job)),
    jobDescription: ` ${escapeHtml(text.slice(0, snippetLength))}... `,
    applications: job.number % 40,
    jobUrl: `https://www.reed.co.uk/jobs/${slugOf(job.title)}/${jobId}`,
  };
}

/** dd/MM/yyyy */
const day = (time: number) => new Date(time).toISOString().slice(0, 10).split('-').reverse().join('/');
