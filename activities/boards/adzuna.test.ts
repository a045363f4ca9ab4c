import type { FetchJson } from './board.js';
import { first, read } from './testing/read.js';

const job = {
  id: '4012',
  title: 'Nurse',
  redirect_url: 'https://www.adzuna.co.uk/jobs/land/ad/4012',
  company: { display_name: 'Acme' },
  description: 'Care for people in…',
};
const answer = (...results: object[]) => ({ count: results.length, results });

test('pay that Adzuna guessed is no pay', async () => {
  const pay = { salary_min: 41_000, salary_max: 41_000 };
  for (const salary_is_predicted of ['1', 1, true]) {
    expect(await first('adzuna', answer({ ...job, ...pay, salary_is_predicted }))).not.toHaveProperty(
      'salary.min',
    );
  }
  for (const salary_is_predicted of ['0', 0, undefined]) {
    expect(await first('adzuna', answer({ ...job, ...pay, salary_is_predicted }))).toMatchObject({
      salary: { min: 41_000, max: 41_000, currency: 'GBP', period: 'year' },
    });
  }
});

test('what was looked for is not marked in the title', async () => {
  const title = 'Senior <strong>Nurse</strong> &amp; Carer';
  expect(await first('adzuna', answer({ ...job, title }))).toMatchObject({ title: 'Senior Nurse & Carer' });
});

test('an ad without its company is none that can be shown', async () => {
  const company = { __CLASS__: 'Adzuna::API::Response::Company' };
  expect(await read('adzuna', answer({ ...job, company }, job))).toMatchObject({
    postings: [{ boardPostingId: '4012' }],
    skipped: 1,
  });
});

/** What is asked for a place, and the country of what comes. */
async function askedFor(place: string | null, more: { remoteOnly?: boolean; country?: string } = {}) {
  const urls: URL[] = [];
  const fetchJson: FetchJson = async ({ url }) => {
    urls.push(new URL(url));
    return answer(job);
  };
  const { postings } = await read('adzuna', fetchJson, null, {
    query: { title: 'night nurse', place, remoteOnly: more.remoteOnly ?? false },
    settings: { ADZUNA_APP_ID: 'id', ADZUNA_APP_KEY: 'key', ADZUNA_COUNTRY: more.country },
  });
  const [url] = urls;
  return {
    path: url?.pathname,
    what: url?.searchParams.get('what'),
    where: url?.searchParams.get('where'),
    country: postings[0]?.country,
  };
}

test.each([
  [null, 'gb', null, 'GB'],
  ['leeds', 'gb', 'leeds', 'GB'],
  ['berlin, germany', 'de', 'berlin', 'DE'],
  ['linz', 'at', 'linz', 'AT'],
  ['usa', 'us', null, 'US'],
])('%j is looked for in %s as %j', async (place, list, where, country) => {
  const path = `/v1/api/jobs/${list}/search/1`;
  expect(await askedFor(place)).toEqual({ path, what: 'night nurse', where, country });
});

test.each([null, 'hinterdupfing', 'europe'])(
  '%j is looked for in the deployment’s own country',
  async (place) => {
    expect(await askedFor(place, { country: 'AT' })).toMatchObject({ path: '/v1/api/jobs/at/search/1' });
  },
);

test('where Adzuna is not, nobody is asked', async () => {
  expect(await askedFor('oslo, norway')).toEqual({});
});

test('remote work is one of the words', async () => {
  expect(await askedFor(null, { remoteOnly: true })).toMatchObject({ what: 'night nurse remote' });
});
