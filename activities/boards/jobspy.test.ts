import { BoardError, type FetchJson } from './board.js';
import { linkedin } from './linkedin.js';
import { zip_recruiter } from './zip_recruiter.js';

type Asked = Parameters<FetchJson>[0];

const job = {
  id: 'li-1',
  site: 'linkedin',
  job_url: 'https://www.linkedin.com/jobs/view/1',
  job_url_direct: null,
  title: 'Nurse',
  company: 'Pier Clinic',
  location: 'Oslo, Norway',
  date_posted: '2026-11-20',
  job_type: null,
  interval: null,
  min_amount: null,
  max_amount: null,
  currency: null,
  is_remote: null,
  work_from_home_type: null,
  job_level: null,
  job_function: null,
  company_industry: null,
  skills: null,
  description: null,
};
const query = { title: 'nurse', place: null as string | null, remoteOnly: false };
const settings = { JOBSPY_URL: 'http://jobspy:3004' } as { JOBSPY_URL?: string; JOBSPY_SECRET?: string };

const read = async (answer: unknown, more: object = {}, board = linkedin) => {
  const asked: Asked[] = [];
  const fetchJson: FetchJson = async (request) => {
    asked.push(request);
    return answer;
  };
  const signal = new AbortController().signal;
  const page = await board.fetchPage({ fetchJson, cursor: null, query, settings, signal, ...more });
  return { page, asked };
};

test('the service is asked for the one site, at its own address, with its secret', async () => {
  const { asked } = await read(
    { jobs: [], errors: [] },
    {
      query: { title: 'nurse', place: 'Oslo, Norway', remoteOnly: true },
      settings: { JOBSPY_URL: 'https://jobs.example/jobspy/', JOBSPY_SECRET: 'sixteen letters!' },
    },
    zip_recruiter,
  );
  expect(asked).toEqual([
    {
      url: 'https://jobs.example/jobspy/scrape',
      hosts: ['jobs.example'],
      container: 'object',
      signal: expect.any(AbortSignal),
      withKey: true,
      headers: { authorization: 'Bearer sixteen letters!' },
      body: {
        sites: ['zip_recruiter'],
        searchTerm: 'nurse',
        location: 'Oslo, Norway',
        country: 'NO',
        remoteOnly: true,
        resultsWanted: 40,
        hoursOld: 720,
      },
    },
  ]);
});

test('the country of a place is told where it has one; no place is asked without', async () => {
  const bodies = [];
  for (const place of ['Oslo', 'Europe', null]) {
    const { asked } = await read({ jobs: [], errors: [] }, { query: { ...query, place } });
    bodies.push(asked[0]?.body);
  }
  expect(bodies[0]).toMatchObject({ location: 'Oslo', country: 'NO' });
  expect(bodies[1]).toMatchObject({ location: 'Europe' });
  expect(bodies[1]).not.toHaveProperty('country');
  expect(bodies[2]).not.toHaveProperty('location');
  expect(bodies[2]).not.toHaveProperty('country');
});

test('a job is a posting', async () => {
  const full = {
    ...job,
    job_type: 'parttime, contract',
    interval: 'hourly',
    min_amount: 20,
    max_amount: 30.5,
    currency: 'NOK',
    is_remote: true,
    skills: 'care, first aid',
    description: '<p>Write to <a href="mailto:a@b.example">a@b.example</a></p><script>1</script>',
  };
  const { page } = await read({ jobs: [full, { ...job, id: 'li-2' }], errors: [] });
  expect(page).toMatchObject({ skipped: 0, nextCursor: null });
  expect(page.postings[0]).toMatchObject({
    board: 'linkedin',
    boardPostingId: 'li-1',
    locations: ['Oslo, Norway'],
    country: 'NO',
    workMode: 'remote',
    employmentType: 'part_time',
    salary: { min: 20, max: 30.5, currency: 'NOK', period: 'hour' },
    postedAtPrecision: 'day',
    tags: ['care', 'first aid'],
    attribution: { name: 'LinkedIn', url: 'https://www.linkedin.com/jobs/view/1', followLink: false },
  });
  expect(page.postings[0]?.descriptionHtml).not.toMatch(/script|b\.example/);
  expect(page.postings[1]).toMatchObject({ workMode: 'unknown', descriptionText: '' });
});

test('a job without an id or a company is skipped', async () => {
  const jobs = [job, { ...job, id: null }, { ...job, id: 'li-3', company: null }];
  const { page } = await read({ jobs, errors: [] });
  expect([page.postings.length, page.skipped]).toEqual([1, 2]);
});

const failure = { site: 'linkedin', code: 'rate_limited', message: 'response status code 429' };

test('a site that failed is that, by its class', async () => {
  const error = await read({ jobs: [], errors: [failure] }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(BoardError);
  expect(error).toMatchObject({ errorClass: 'rate_limited', message: failure.message, retryable: true });
});

test('what came before a site failed is kept, and the list is not whole', async () => {
  const { page } = await read({ jobs: [job], errors: [failure] });
  expect(page).toMatchObject({ postings: [{ boardPostingId: 'li-1' }], cutShort: true, nextCursor: null });
});

test('nothing found is no failure, and another site’s is none of ours', async () => {
  const { page } = await read({ jobs: [], errors: [{ ...failure, site: 'indeed' }] });
  expect(page).toEqual({ postings: [], skipped: 0, nextCursor: null });
});

test('as many as were asked for are not all', async () => {
  const jobs = Array.from({ length: 50 }, (_, id) => ({ ...job, id: `li-${id}` }));
  expect((await read({ jobs, errors: [] })).page.cutShort).toBe(true);
  expect((await read({ jobs: jobs.slice(1), errors: [] })).page.cutShort).toBeUndefined();
});

test.each([{ settings: {} }, { query: undefined }])('is not asked with %j', async (more) => {
  await expect(read({ jobs: [], errors: [] }, more)).rejects.toMatchObject({ errorClass: 'config' });
});
