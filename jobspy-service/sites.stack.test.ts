import { boardFetchLimits, createFetchJson } from '../activities/boards/fetch-json.js';
import { indeed } from '../activities/boards/indeed.js';
import { jobspySites, scrapeResponse } from '../activities/boards/jobspy-contract.js';
import type { BoardErrorClass } from '../domain/board-errors.js';
import { postingSchema } from '../domain/posting.js';
import type { Behaviour } from '../local/boards/behaviour.js';
import { createSampleBoards, type SampleBoards } from '../local/boards/index.js';
import { indeedSite } from '../local/boards/wire/indeed-site.js';
import { scrape, startTestJobspy } from '../local/testing/jobspy.js';
import type { TestProgram } from '../local/testing/test-program.js';

/** JobSpy's own scrapers read what the sample boards server answers in the sites' place. */

let sample: SampleBoards;
let service: TestProgram;

beforeAll(async () => {
  sample = createSampleBoards({ seed: 3 });
  await sample.listen(0);
  service = await startTestJobspy(sample.url);
});
afterEach(() => sample.control.reset());
afterAll(async () => {
  await service?.stop();
  await sample?.close();
});

const hosts = { indeed: indeedSite.host, linkedin: 'www.linkedin.com' };

test('Indeed: jobs by the contract, null for what is not known', async () => {
  const { status, text, body } = await scrape(service, {
    sites: ['indeed'],
    resultsWanted: 40,
    hoursOld: 720,
  });
  expect(status).toBe(200);
  const answer = scrapeResponse.parse(body);
  expect(answer).toEqual(body);
  expect(answer.errors).toEqual([]);
  expect(answer.jobs).toHaveLength(40);
  expect(answer.jobs.some(({ min_amount }) => min_amount === null)).toBe(true);
  expect(answer.jobs.some(({ min_amount }) => min_amount !== null && min_amount > 0)).toBe(true);
  expect(text).not.toMatch(/NaN|NaT|"emails"/);
  for (const job of answer.jobs) {
    expect(job).toMatchObject({
      id: expect.stringMatching(/^in-[0-9a-f]{16}$/),
      site: 'indeed',
      job_url: expect.stringMatching(/^https:\/\/www\.indeed\.com\/viewjob\?jk=/),
      company: expect.stringMatching(/./),
      description: expect.stringContaining('<p>'),
      is_remote: expect.any(Boolean),
    });
  }
});

test('Indeed: the place, the country and remote work are what it is asked for', async () => {
  const { body } = await scrape(service, { sites: ['indeed'], location: 'London', country: 'GB' });
  expect(body.jobs.length).toBeGreaterThan(0);
  for (const job of body.jobs) {
    expect(job.location).toMatch(/, UK$/);
    expect(job.job_url).toMatch(/^https:\/\/uk\.indeed\.com\//);
  }
  const remote = await scrape(service, { sites: ['indeed'], remoteOnly: true });
  expect(remote.body.jobs.length).toBeGreaterThan(0);
  expect(remote.body.jobs.every((job: { is_remote: boolean }) => job.is_remote)).toBe(true);
});

test('LinkedIn: the cards of its guest pages', async () => {
  const { body } = await scrape(service, { sites: ['linkedin'], resultsWanted: 5 });
  const answer = scrapeResponse.parse(body);
  expect(answer.errors).toEqual([]);
  expect(answer.jobs).toHaveLength(5);
  for (const job of answer.jobs) {
    expect(job).toMatchObject({
      id: expect.stringMatching(/^li-\d+$/),
      title: expect.stringMatching(/engineer/i),
      description: null,
    });
  }
});

test('the board reads it through the real fetching', async () => {
  const fetchJson = createFetchJson({
    mode: 'sample',
    sampleUrl: sample.url,
    services: [service.url],
    limits: boardFetchLimits.parse({}),
  });
  try {
    const page = await indeed.fetchPage({
      fetchJson,
      cursor: null,
      query: { title: 'engineer', place: null, remoteOnly: false },
      settings: { JOBSPY_URL: service.url },
      signal: new AbortController().signal,
    });
    expect(page).toMatchObject({ skipped: 0, nextCursor: null });
    expect(page.postings.length).toBeGreaterThan(20);
    for (const posting of page.postings) expect(postingSchema.parse(posting)).toEqual(posting);
  } finally {
    await fetchJson.close();
  }
});

test('a site that had nothing is no site that failed', async () => {
  const { body } = await scrape(service, {
    sites: ['indeed', 'linkedin'],
    searchTerm: 'zymurgist xylographer',
  });
  expect(body).toEqual({ jobs: [], errors: [] });
});

test.each<['indeed' | 'linkedin', Behaviour['behaviour'], BoardErrorClass]>([
  ['indeed', 'forbidden', 'blocked'],
  ['indeed', 'captcha', 'blocked'],
  ['indeed', 'html', 'blocked'],
  ['indeed', 'rate_limited', 'rate_limited'],
  ['indeed', 'server_error', 'upstream'],
  ['indeed', 'not_found', 'not_found'],
  ['indeed', 'reset', 'network'],
  ['indeed', 'truncated', 'network'],
  ['indeed', 'wrong_container', 'bad_response'],
  ['linkedin', 'unauthorized', 'blocked'],
  ['linkedin', 'html', 'blocked'],
  ['linkedin', 'rate_limited', 'rate_limited'],
])('%s that answers as %s: %s', async (site, behaviour, code) => {
  sample.control.setBehaviour({ host: hosts[site], behaviour });
  const { status, body } = await scrape(service, { sites: [site] });
  expect(status).toBe(200);
  expect(body).toEqual({ jobs: [], errors: [{ site, code, message: expect.stringMatching(/./) }] });
});

test('half a character in a text does no harm', async () => {
  sample.control.setAnswer(hosts.indeed, (wire) => {
    const right = indeedSite.answer(wire).body as { data: { jobSearch: { results: { job: object }[] } } };
    for (const { job } of right.data.jobSearch.results)
      Object.assign(job, { title: 'Engineer \ud83d \u00fc' });
    return { status: 200, body: right };
  });
  const { status, body } = await scrape(service, { sites: ['indeed'], resultsWanted: 2 });
  expect(status).toBe(200);
  expect(body.jobs.map(({ title }: { title: string }) => title)).toEqual(['Engineer ? ü', 'Engineer ? ü']);
});

test('jobs of which not one can be read are a bad answer', async () => {
  sample.control.setAnswer(hosts.indeed, (wire) => {
    const right = indeedSite.answer(wire).body as { data: { jobSearch: { results: { job: object }[] } } };
    for (const { job } of right.data.jobSearch.results) Object.assign(job, { title: null });
    return { status: 200, body: right };
  });
  const { body } = await scrape(service, { sites: ['indeed'] });
  expect(body).toMatchObject({ jobs: [], errors: [{ site: 'indeed', code: 'bad_response' }] });
});

test('what came before a site failed is told together with the failure', async () => {
  let pages = 0;
  sample.control.setAnswer(hosts.indeed, (wire) => {
    pages += 1;
    return pages === 1 ? indeedSite.answer({ ...wire, most: 10 }) : { status: 429, body: {} };
  });
  const { body } = await scrape(service, { sites: ['indeed'], resultsWanted: 30 });
  expect(body.jobs.length).toBeGreaterThan(5);
  expect(body.errors).toMatchObject([{ site: 'indeed', code: 'rate_limited' }]);
});

test('sites that nobody answers for cannot be reached, and do not take the others with them', async () => {
  const silent = jobspySites.filter((site) => !(site in hosts));
  const { body } = await scrape(service, { sites: [...silent, 'indeed'], resultsWanted: 3 });
  expect(body.errors.map(({ site, code }: { site: string; code: string }) => [site, code])).toEqual(
    silent.map((site) => [site, 'network']),
  );
  expect(body.jobs).toHaveLength(3);
});

test('a country that a site does not search is said, and the site not asked', async () => {
  const { body } = await scrape(service, { sites: ['indeed', 'glassdoor'], country: 'KE' });
  expect(body).toMatchObject({ jobs: [], errors: [{ code: 'config' }, { code: 'config' }] });
  expect(sample.control.requests()).toEqual([]);
});
