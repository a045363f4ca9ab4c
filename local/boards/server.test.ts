import { gunzipSync } from 'node:zlib';
import { request } from 'undici';
import {
  type BoardFetchLimits,
  boardFetchLimits,
  type ClosableFetchJson,
  createFetchJson,
} from '../../activities/boards/fetch-json.js';
import { behaviourNames } from './behaviour.js';
import { createSampleBoards, type SampleBoards, sampleCompanies } from './index.js';

const noon = Date.parse('2026-11-25T12:00:00Z');
let sample: SampleBoards;
let patient: ClosableFetchJson;
/** For what never ends, and nothing else: its deadline is short. */
let hasty: ClosableFetchJson;

const client = (limits: Partial<Record<keyof BoardFetchLimits, number>>) =>
  createFetchJson({ mode: 'sample', sampleUrl: sample.url, limits: boardFetchLimits.parse(limits) });

beforeAll(async () => {
  sample = createSampleBoards({ seed: 1, clock: () => noon });
  await sample.listen(0);
  patient = client({ BOARD_MAX_BYTES: 8_000_000 });
  hasty = client({ BOARD_TOTAL_TIMEOUT_MS: 200 });
});
afterEach(() => sample.control.reset());
afterAll(async () => {
  await patient.close();
  await hasty.close();
  await sample.close();
});

const get = async (path: string, headers: Record<string, string> = {}) => {
  const { statusCode, headers: got, body } = await request(`${sample.url}${path}`, { headers });
  return { status: statusCode, headers: got, bytes: Buffer.from(await body.arrayBuffer()) };
};
const json = async (path: string): Promise<any> => JSON.parse((await get(path)).bytes.toString());
const control = (path: string, body?: unknown) =>
  request(`${sample.url}/_control/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  });

const tokenOn = (board: string) => sampleCompanies().find((company) => company.board === board)?.token ?? '';

describe('the wire', () => {
  test('answers health checks, and 421 for a host it does not speak for', async () => {
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(200);
    expect((await get('/evil.example/api')).status).toBe(421);
  });

  test('remotive: notices before the jobs, nothing younger than a day', async () => {
    const body = await json('/remotive.com/api/remote-jobs?limit=1');
    expect(Object.keys(body).slice(0, 2)).toEqual(['00-warning', '0-legal-notice']);
    expect(body['job-count']).toBe(body.jobs.length);
    expect(body.jobs.length).toBeGreaterThan(100);
    for (const { publication_date } of body.jobs) {
      expect(publication_date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
      expect(Date.parse(`${publication_date}Z`)).toBeLessThanOrEqual(noon - 86_400_000);
    }
    expect(body.jobs.some(({ company_name }: { company_name: string }) => company_name.endsWith(' '))).toBe(
      true,
    );
  });

  test('remoteok: terms first, UTF-8 read as Latin-1, 0 for unknown pay', async () => {
    const [terms, ...jobs] = await json('/remoteok.com/api');
    expect(terms).toMatchObject({ legal: expect.stringContaining('link back') });
    expect(terms).not.toHaveProperty('id');
    expect(jobs[0]).toMatchObject({
      id: expect.any(String),
      description: expect.stringContaining('â\u0080\u0099'),
    });
    expect(jobs.some((job: { salary_min: number }) => job.salary_min === 0)).toBe(true);
  });

  test('arbeitnow: records repeat across pages, HTML comes in two forms, and past the end there is nothing', async () => {
    const [one, two, past] = await Promise.all(
      [1, 2, 9_999].map((page) => json(`/www.arbeitnow.com/api/job-board-api?page=${page}`)),
    );
    const slugs = (page: { data: { slug: string }[] }) => page.data.map(({ slug }) => slug);
    expect(slugs(two).filter((slug) => slugs(one).includes(slug)).length).toBeGreaterThanOrEqual(3);
    const forms = one.data.map(({ description }: { description: string }) => description.slice(0, 4));
    expect(new Set(forms)).toEqual(new Set(['<p>H', ...forms]));
    expect(forms.some((form: string) => form.startsWith('&lt;'))).toBe(true);
    expect(forms.some((form: string) => form.startsWith('<p>'))).toBe(true);
    expect([past.data, past.links.next]).toEqual([[], null]);
  });

  test('jobicy: strict parameters, an opaque cursor that lives for a day', async () => {
    const api = '/jobicy.com/api/v2/remote-jobs';
    expect(await get(`${api}?page=2`)).toMatchObject({ status: 400 });
    expect(await get(`${api}?count=ten`)).toMatchObject({ status: 400 });
    expect(await get(`${api}?cursor=nonsense`)).toMatchObject({ status: 400 });
    expect((await json(`${api}?count=999`)).appliedFilters.count).toBe(200);
    const { nextCursor } = await json(`${api}?count=1`);
    const next = await json(`${api}?count=200&cursor=${nextCursor}`);
    expect(next.jobs.length).toBeGreaterThan(100);
    sample.control.advanceClock(86_400_001);
    expect(await get(`${api}?cursor=${nextCursor}`)).toMatchObject({ status: 400 });
  });

  test('greenhouse: escaped content on request, a prospect post, an entity tag', async () => {
    const api = `/boards-api.greenhouse.io/v1/boards/${tokenOn('greenhouse').toUpperCase()}/jobs`;
    const { jobs, meta } = await json(`${api}?content=true`);
    expect(meta.total).toBe(jobs.length);
    expect(jobs[0].content).toMatch(/^&lt;p&gt;/);
    expect(jobs.at(-1).internal_job_id).toBeNull();
    expect((await json(api)).jobs[0]).not.toHaveProperty('content');
    const { headers } = await get(api);
    expect(await get(api, { 'if-none-match': String(headers.etag) })).toMatchObject({ status: 304 });
    expect(await get('/boards-api.greenhouse.io/v1/boards/nobody/jobs')).toMatchObject({ status: 404 });
  });

  test('lever: a bare array by offset, tokens by case, 404 as an object', async () => {
    const api = '/api.lever.co/v0/postings';
    const all = await json(`${api}/Tessellate?mode=json`);
    expect(all.length).toBeGreaterThan(10);
    const [fourth] = await json(`${api}/Tessellate?mode=json&skip=3&limit=1`);
    expect(all.map(({ id }: { id: string }) => id)).toContain(fourth.id);
    expect(all[0]).not.toHaveProperty('company');
    const unknown = await get(`${api}/tessellate`);
    expect([unknown.status, JSON.parse(unknown.bytes.toString())]).toEqual([
      404,
      { ok: false, error: 'Document not found' },
    ]);
    expect((await get(`${api}/Tessellate`, { 'accept-encoding': 'gzip' })).headers).not.toHaveProperty(
      'content-encoding',
    );
  });

  test('ashby: unlisted jobs, pay only on request, compressed', async () => {
    const companies = sampleCompanies().filter(({ board }) => board === 'ashby');
    const api = '/api.ashbyhq.com/posting-api/job-board';
    const bodies = await Promise.all(companies.map(({ token }) => json(`${api}/${token}`)));
    const jobs = bodies.flatMap((body) => body.jobs);
    expect(jobs.some(({ isListed }) => isListed === false)).toBe(true);
    expect(jobs[0]).not.toHaveProperty('compensation');
    const { headers, bytes } = await get(`${api}/${tokenOn('ashby')}?includeCompensation=true`, {
      'accept-encoding': 'gzip',
    });
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'cache-control': 'public, max-age=60' });
    expect(JSON.parse(gunzipSync(bytes).toString()).jobs[0]).toHaveProperty('compensation');
    expect((await get(`${api}/nobody`)).bytes.toString()).toBe('Not Found');
  });
});

describe('a behaviour', () => {
  const ask = (fetchJson = patient) =>
    fetchJson({
      url: 'https://remotive.com/api/remote-jobs',
      hosts: ['remotive.com'],
      container: 'object',
      signal: new AbortController().signal,
    });

  const classes: Record<(typeof behaviourNames)[number], string | null> = {
    ok: null,
    short_pages: null,
    slow: 'timeout',
    drip: 'timeout',
    huge: 'too_large',
    html: 'blocked',
    captcha: 'blocked',
    unauthorized: 'blocked',
    forbidden: 'blocked',
    rate_limited: 'rate_limited',
    server_error: 'upstream',
    reset: 'network',
    hang: 'timeout',
    truncated: 'network',
    wrong_container: 'bad_response',
    gzip_bomb: 'too_large',
    not_found: 'not_found',
    redirect_private: 'bad_response',
  };

  test.each(behaviourNames.map((name) => [name, classes[name]] as const))(
    '%s is met with %s',
    async (behaviour, errorClass) => {
      sample.control.setBehaviour({ host: 'remotive.com', behaviour });
      const answer = ask(errorClass === 'timeout' ? hasty : patient);
      if (errorClass === null) await expect(answer).resolves.toHaveProperty('jobs');
      else await expect(answer).rejects.toMatchObject({ errorClass });
    },
  );

  test('lasts for as many requests as it is told to', async () => {
    sample.control.setBehaviour({
      host: 'remotive.com',
      behaviour: 'rate_limited',
      retryAfterSeconds: 9,
      times: 2,
    });
    for (let time = 0; time < 2; time += 1) {
      await expect(ask()).rejects.toMatchObject({ options: { retryAfterSeconds: 9 } });
    }
    await expect(ask()).resolves.toHaveProperty('jobs');
  });

  test('is one host’s alone', async () => {
    sample.control.setBehaviour({ host: 'jobicy.com', behaviour: 'not_found' });
    await expect(ask()).resolves.toHaveProperty('jobs');
  });
});

describe('control', () => {
  test('a held request waits until it is released', async () => {
    sample.control.hold('remotive.com');
    const answer = patient({
      url: 'https://remotive.com/api/remote-jobs',
      hosts: ['remotive.com'],
      container: 'object',
      signal: new AbortController().signal,
    });
    const held = await sample.control.waitForRequest(({ host }) => host === 'remotive.com');
    expect(held).toMatchObject({ path: '/api/remote-jobs', finishedAt: null });
    sample.control.release('remotive.com');
    await expect(answer).resolves.toHaveProperty('jobs');
    await sample.control.waitForRequest(({ finishedAt }) => finishedAt !== null);
    expect(held).toMatchObject({ closedByClient: false, status: 200 });
  });

  test('an aborted request is seen to be closed by the client', async () => {
    sample.control.hold('api.lever.co');
    const controller = new AbortController();
    const answer = patient({
      url: 'https://api.lever.co/v0/postings/Tessellate',
      hosts: ['api.lever.co'],
      container: 'array',
      signal: controller.signal,
    });
    await sample.control.waitForRequest(({ finishedAt }) => finishedAt === null);
    controller.abort(new Error('cancelled'));
    await expect(answer).rejects.toThrow('cancelled');
    const closed = await sample.control.waitForRequest(({ closedByClient }) => closedByClient);
    expect(closed).toMatchObject({ host: 'api.lever.co', finishedAt: expect.any(String), status: null });
  });

  test('works over HTTP as well', async () => {
    expect(
      (await control('behaviour', { host: 'jobicy.com', behaviour: 'not_found', times: 1 })).statusCode,
    ).toBe(204);
    expect(await get('/jobicy.com/api/v2/remote-jobs')).toMatchObject({ status: 404 });
    expect((await control('hold', { host: 'jobicy.com' })).statusCode).toBe(204);
    const answer = get('/jobicy.com/api/v2/remote-jobs');
    await sample.control.waitForRequest(({ finishedAt }) => finishedAt === null);
    expect((await control('release', { host: 'jobicy.com' })).statusCode).toBe(204);
    expect(await answer).toMatchObject({ status: 200 });
    expect(await json('/_control/requests')).toMatchObject({
      requests: [
        { host: 'jobicy.com', path: '/api/v2/remote-jobs', status: 404, closedByClient: false },
        { host: 'jobicy.com', status: 200 },
      ],
    });
    expect((await control('reset')).statusCode).toBe(204);
    expect(await json('/_control/requests')).toEqual({ requests: [] });
  });

  test('the clock brings new postings', async () => {
    const first = async () => (await json('/remoteok.com/api'))[1].id;
    const before = await first();
    expect((await control('clock', { advanceMs: 12 * 3_600_000 })).statusCode).toBe(204);
    expect(await first()).not.toBe(before);
  });

  test.each([
    ['behaviour', { host: 'jobicy.com', behaviour: 'sleepy' }],
    ['behaviour', { host: 'unknown.example', behaviour: 'ok' }],
    ['behaviour', { host: 'jobicy.com', behaviour: 'ok', times: 0 }],
    ['hold', {}],
    ['clock', { advanceMs: -1 }],
  ])('%s says what is wrong with %j', async (path, body) => {
    expect((await control(path, body)).statusCode).toBe(400);
  });

  test('there is no other control', async () => {
    expect((await control('explode')).statusCode).toBe(404);
  });
});
