import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createSampleBoards, type SampleBoards } from '../local/boards/index.js';
import { jobspyPython } from '../local/services/jobspy-python.js';
import { inProject } from '../local/services/project-root.js';
import { scrape, startTestJobspy } from '../local/testing/jobspy.js';
import type { TestProgram } from '../local/testing/test-program.js';
import { waitFor } from '../local/testing/wait-for.js';

/** The service as a process: what it refuses, how much it takes on, and how a scrape ends early. */

const secret = 'a secret of the tests';
const host = 'apis.indeed.com';
let sample: SampleBoards;
let service: TestProgram;

beforeAll(async () => {
  sample = createSampleBoards({ seed: 3 });
  await sample.listen(0);
  service = await startTestJobspy(sample.url, { JOBSPY_SCRAPES_AT_ONCE: '2' });
});
afterEach(() => sample.control.reset());
afterAll(async () => {
  await service?.stop();
  await sample?.close();
});

const indeed = { sites: ['indeed'], resultsWanted: 3 };
const inFlight = () => sample.control.requests().filter(({ finishedAt }) => finishedAt === null);
const closedByScraper = () => sample.control.waitForRequest(({ closedByClient }) => closedByClient);

test('says that it is up', async () => {
  const response = await fetch(`${service.url}/healthz`);
  expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
});

test.each<[string, Record<string, unknown>, string]>([
  ['no site', { sites: [] }, 'sites'],
  ['a site that is none', { sites: ['indeed', 'craigslist'] }, 'sites/1'],
  ['no words', { sites: ['indeed'], searchTerm: '' }, 'searchTerm'],
  ['too many results', { sites: ['indeed'], resultsWanted: 501 }, 'resultsWanted'],
  ['a country by its name', { sites: ['indeed'], country: 'uk' }, 'country'],
  ['a field that is none', { sites: ['indeed'], proxies: ['http://169.254.169.254'] }, ''],
])('refuses %s', async (_what, query, path) => {
  const { status, headers, body } = await scrape(service, query);
  expect([status, headers.get('content-type')]).toEqual([422, 'application/problem+json']);
  expect(body).toMatchObject({ status: 422, title: 'Unprocessable Content', errors: [{ path }] });
});

test.each([
  [422, 'POST', '/scrape', '{"sites":'],
  [413, 'POST', '/scrape', JSON.stringify({ searchTerm: 'x'.repeat(20_000) })],
  [405, 'GET', '/scrape', undefined],
  [404, 'GET', '/elsewhere', undefined],
])('%i to %s %s', async (status, method, path, body) => {
  const response = await fetch(`${service.url}${path}`, { method, body });
  expect([response.status, response.headers.get('content-type')]).toEqual([
    status,
    'application/problem+json',
  ]);
  expect(await response.json()).toMatchObject({ status });
});

test('takes on so many scrapes at once, and a caller who goes makes room', async () => {
  sample.control.hold(host);
  const leaving = new AbortController();
  const left = scrape(service, indeed, { signal: leaving.signal });
  const staying = scrape(service, indeed);
  await waitFor(() => inFlight().length === 2, { what: 'both scrapes to ask the site' });

  const busy = await scrape(service, indeed);
  expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '10']);
  expect(busy.body).toMatchObject({ status: 429, title: 'Too Many Requests' });

  leaving.abort();
  await expect(left).rejects.toThrow('aborted');
  // The scraper was ended in mid-request: its connection to the site is gone, the other one's is not.
  await closedByScraper();
  expect(inFlight()).toHaveLength(1);
  sample.control.release();
  expect((await staying).body.jobs).toHaveLength(3);
  expect((await scrape(service, indeed)).body.jobs).toHaveLength(3);
});

test('a site that takes too long is ended, and that is said', async () => {
  const hasty = await startTestJobspy(sample.url, { JOBSPY_SITE_TIMEOUT_SECONDS: '1' });
  try {
    sample.control.hold(host);
    const { status, body } = await scrape(hasty, indeed);
    expect(status).toBe(200);
    expect(body).toEqual({
      jobs: [],
      errors: [{ site: 'indeed', code: 'timeout', message: 'indeed took more than 1 s' }],
    });
  } finally {
    await hasty.stop();
  }
});

test('its secret is asked for, and a stop ends its scrapes', async () => {
  const settings = {
    JOBSPY_SECRET: secret.replaceAll(' ', '-'),
    JOBSPY_SECRET_BEFORE: 'the-secret-before-this-one',
    JOBSPY_SHUTDOWN_GRACE_SECONDS: '0',
  };
  const guarded = await startTestJobspy(sample.url, settings);
  try {
    const refused = await scrape(guarded, indeed, { headers: { authorization: `Bearer ${secret}` } });
    expect([refused.status, refused.body.title]).toEqual([401, 'Unauthorized']);
    expect((await scrape(guarded, indeed)).status).toBe(401);
    expect((await fetch(`${guarded.url}/healthz`)).status).toBe(200);
    const before = { authorization: `Bearer ${settings.JOBSPY_SECRET_BEFORE}` };
    expect((await scrape(guarded, indeed, { headers: before })).status).toBe(200);

    sample.control.hold(host);
    const headers = { authorization: `Bearer ${settings.JOBSPY_SECRET}` };
    const scraping = scrape(guarded, indeed, { headers }).catch((reason: unknown) => reason);
    await waitFor(() => inFlight().length === 1, { what: 'the scrape to ask the site' });
    guarded.kill('SIGTERM');
    await closedByScraper();
    await guarded.waitForExit();
    await scraping;
  } finally {
    await guarded.stop();
  }
});

test('a scraper ends with whoever started it', async () => {
  sample.control.hold(host);
  const scraper = spawn(jobspyPython, ['-m', 'jobspy_service.scrape_site'], {
    cwd: inProject('jobspy-service'),
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(scraper, 'exit');
  const query = { sites: ['indeed'], searchTerm: 'engineer', resultsWanted: 3 };
  const asked = { site: 'indeed', query, sitesUrl: sample.url, defaultCountry: 'US' };
  scraper.stdin.write(`${JSON.stringify(asked)}\n`);
  await waitFor(() => inFlight().length === 1, { what: 'the scraper to ask the site' });
  scraper.stdin.destroy();
  await closedByScraper();
  expect(await ended).toEqual([1, null]);
});

test('wrong settings are named, and it does not start', async () => {
  const settings = { JOBSPY_SCRAPES_AT_ONCE: '0', JOBSPY_SECRET: 'short', JOBSPY_DEFAULT_COUNTRY: 'UK!' };
  await expect(startTestJobspy(sample.url, settings)).rejects.toThrow(
    /JOBSPY_SECRET must.*\n.*JOBSPY_DEFAULT_COUNTRY must.*\n.*JOBSPY_SCRAPES_AT_ONCE must/,
  );
});
