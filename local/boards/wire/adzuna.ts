import type { SampleJob } from '../catalogue/job.js';
import { slugOf, toPlain } from './html.js';
import { searched, wordsOf } from './searched.js';
import { payOf, postedAtOf } from './spelling.js';
import { notFound, type WireAnswer, type WireBoard, withBroken } from './wire-board.js';

const mostAPage = 50;
const descriptionLength = 500;

/** Where the sample catalogue has jobs and Adzuna a list. */
const countries: Record<string, { name: string; remote: string[] }> = {
  gb: { name: 'United Kingdom', remote: ['UK', 'Europe'] },
  us: { name: 'United States', remote: ['USA'] },
  de: { name: 'Germany', remote: ['Germany', 'Europe'] },
  at: { name: 'Austria', remote: ['Europe'] },
  au: { name: 'Australia', remote: [] },
  br: { name: 'Brazil', remote: ['LATAM'] },
  ca: { name: 'Canada', remote: ['Canada'] },
  ch: { name: 'Switzerland', remote: ['Europe'] },
  es: { name: 'Spain', remote: ['Europe'] },
  fr: { name: 'France', remote: ['Europe'] },
  in: { name: 'India', remote: [] },
  nl: { name: 'Netherlands', remote: ['Europe'] },
  pl: { name: 'Poland', remote: ['Europe'] },
  sg: { name: 'Singapore', remote: [] },
};

const exception = (status: number, name: string, display: string): WireAnswer => ({
  status,
  body: {
    __CLASS__: 'Adzuna::API::Response::Exception',
    exception: name,
    display,
    doc: 'https://api.adzuna.com/v1/doc',
  },
});

/** One list a country, pages counted from 1, a class beside each object, and pay guessed where none is given. */
export const adzuna: WireBoard = {
  host: 'api.adzuna.com',
  etag: false,
  compresses: true,
  answer({ path, query, now, catalogue, most }) {
    if (!query.get('app_id') || !query.get('app_key')) {
      return exception(401, 'AUTH_FAIL', 'Authorisation failed');
    }
    const [, code = '', number = ''] = /^\/v1\/api\/jobs\/(\w\w)\/search\/([1-9]\d{0,5})$/.exec(path) ?? [];
    const country = countries[code];
    if (!country) return notFound({ __CLASS__: 'Adzuna::API::Response::Exception', exception: 'NOT_FOUND' });
    const here = catalogue.onFeed('adzuna', now, ({ region, places }) =>
      country.remote.includes(region ?? '') || places.some((place) => place.country === country.name)
        ? 0.8
        : 0,
    );
    const found = searched(here, {
      ...wordsOf(query.get('what')),
      place: query.get('where') ?? undefined,
    });
    const size = Math.min(mostAPage, most, Number(query.get('results_per_page') ?? 10));
    const { records, broken, total } = withBroken(
      found,
      (job) => record(job, country.name, toPlain(catalogue.describe(job))),
      (result) => ({ ...result, redirect_url: null }),
      { from: (Number(number) - 1) * size, most: size },
    );
    const body = {
      __CLASS__: 'Adzuna::API::Response::JobSearchResults',
      count: total,
      mean: 48_211.3,
      results: records,
    };
    return { status: 200, body, broken };
  },
};

function record(job: SampleJob, country: string, text: string) {
  const pay = payOf(job);
  const [place] = job.places;
  const yearly = pay?.period === 'hour' ? undefined : pay;
  const guess = 20_000 + (job.number % 60) * 1_000;
  const area = place ? [country, place.region, place.city] : [country];
  return {
    __CLASS__: 'Adzuna::API::Response::Job',
    id: String(4_000_000_000 + job.number),
    adref: Buffer.from(job.uuid).toString('base64'),
    // What was looked for stands out.
    title: job.title.replace(/engineer/i, '<strong>$&</strong>'),
    description:
      text.length > descriptionLength ? `${text.slice(0, descriptionLength - 1).trimEnd()}…` : text,
    created: `${new Date(postedAtOf(job)).toISOString().slice(0, 19)}Z`,
    redirect_url: `https://www.adzuna.co.uk/jobs/land/ad/${4_000_000_000 + job.number}?se=${slugOf(job.title)}&utm_medium=api`,
    company: { __CLASS__: 'Adzuna::API::Response::Company', display_name: job.company.name },
    location: {
      __CLASS__: 'Adzuna::API::Response::Location',
      display_name: place ? `${place.city}, ${place.region}` : country,
      area,
    },
    category: {
      __CLASS__: 'Adzuna::API::Response::Category',
      label: `${job.family.department} Jobs`,
      tag: `${slugOf(job.family.department)}-jobs`,
    },
    salary_min: yearly?.min ?? guess,
    salary_max: yearly?.max ?? guess,
    salary_is_predicted: yearly ? '0' : '1',
    ...(job.employmentType === 'part_time' && { contract_time: 'part_time' }),
    ...(job.employmentType === 'full_time' && { contract_time: 'full_time' }),
    ...(job.employmentType === 'contract' && { contract_type: 'contract' }),
  };
}
