import { readFile } from 'node:fs/promises';
import type { Answering } from '../local/boards/control.js';
import { hosts } from './testing/scenarios.js';
import { startWorld, type World } from './testing/world.js';

// Whatever a board sends ends as that board's error within its bounds, or as postings that can be stored and shown;
// the other board's results stand. One worker goes through all of it and stays small.

/**
 * What the hostile answers may add to a worker at work: some of the largest ones at a time (BOARD_MAX_BYTES, in bytes, as
 * text, as values), and what V8 has not collected yet. A bomb or five gigabytes let in would be many times that.
 */
const memoryGrowthLimitMb = 160;
const good = 'remoteok';

let world: World;
let memoryAtWorkMb: number;
beforeAll(async () => {
  world = await startWorld({
    BOARD_RESPONSE_TIMEOUT_MS: '5000',
    BOARD_IDLE_TIMEOUT_MS: '5000',
    BOARD_TOTAL_TIMEOUT_MS: '6000',
  });
  await world.ended(await world.startRun({ title: 'engineer', boards: [good] }));
  memoryAtWorkMb = await peakMemoryMb();
});
afterAll(() => world?.stop());
beforeEach(() => world.boards.control.reset());

/** The most memory that the worker has held at any moment. */
async function peakMemoryMb(): Promise<number> {
  const status = await readFile(`/proc/${world.worker.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** A run over the hostile board and a good one. */
async function runOver(hostile: string) {
  await world.forgetFreshness();
  const run = await world.ended(await world.startRun({ title: 'engineer', boards: [hostile, good] }));
  const board = (name: string) => run.boards.find((one) => one.board === name);
  expect(run.status).toBe('success');
  expect(board(good)).toMatchObject({ state: 'success', error_class: null });
  expect(board(good)?.found).toBeGreaterThan(0);
  return board(hostile);
}

describe('a board that', () => {
  test.each([
    ['answers with a web page', 'html', 'blocked'],
    ['asks for a captcha', 'captcha', 'blocked'],
    ['breaks off in the middle of its JSON', 'truncated', 'network'],
    ['answers with JSON of the wrong container', 'wrong_container', 'bad_response'],
    ['sends five gigabytes', 'huge', 'too_large'],
    ['sends a gzip bomb', 'gzip_bomb', 'too_large'],
    ['sends a byte now and then for ever', 'drip', 'timeout'],
    ['sends one to a private address', 'redirect_private', 'bad_response'],
  ] as const)('%s', async (_what, behaviour, errorClass) => {
    world.boards.control.setBehaviour({ host: hosts.jobicy, behaviour, delayMs: 1_000 });
    expect(await runOver('jobicy')).toMatchObject({ state: 'failed', error_class: errorClass });
  });

  test.each<[string, Buffer | string]>([
    ['half of a JSON document with the right length', '{"jobs":[{"id":1,'],
    ['JSON in UTF-16 without saying so', Buffer.from('{"jobs":[]}', 'utf16le')],
    ['nothing', ''],
    ['a hundred thousand open brackets', `${'['.repeat(100_000)}`],
    ['a JSON null', 'null'],
    ['another shape', '{"jobs":{"length":3}}'],
  ])('sends %s', async (_what, body) => {
    world.boards.control.setAnswer(hosts.jobicy, () => ({ status: 200, body }));
    expect(await runOver('jobicy')).toMatchObject({ state: 'failed', error_class: 'bad_response' });
  });

  test('lists a hundred thousand postings at once', async () => {
    const body = JSON.stringify({ jobs: Array.from({ length: 100_000 }, (_, id) => ({ id })) });
    world.boards.control.setAnswer(hosts.jobicy, () => ({ status: 200, body }));
    expect(await runOver('jobicy')).toMatchObject({ state: 'failed', error_class: 'too_large' });
  });
});

const job = (fields: Record<string, unknown>) => ({
  id: 1,
  url: 'https://jobicy.com/jobs/1-engineer',
  jobTitle: 'Engineer',
  companyName: 'Hostile Ltd',
  jobGeo: 'Anywhere',
  jobDescription: '<p>Plain words.</p>',
  pubDate: new Date().toISOString(),
  ...fields,
});

const answering =
  (jobs: unknown[], rest: Record<string, unknown> = {}): Answering =>
  () => ({ status: 200, body: { jobs, hasMore: false, nextCursor: null, ...rest } });

describe('a list that', () => {
  const pages = () =>
    world.boards.control.requests().filter(({ path }) => path.includes('remote-jobs?')).length;

  test('never ends is read to the board’s cap', async () => {
    let page = 0;
    world.boards.control.setAnswer(hosts.jobicy, () => {
      page += 1;
      const jobs = [job({ id: 1_000_000 + page, jobTitle: `Engineer ${page}` })];
      return { status: 200, body: { jobs, hasMore: true, nextCursor: `cursor-${page}` } };
    });
    expect(await runOver('jobicy')).toMatchObject({ state: 'success' });
    expect(pages()).toBe(40);
  });

  test('gives the same cursor again ends there', async () => {
    world.boards.control.setAnswer(
      hosts.jobicy,
      answering([job({})], { hasMore: true, nextCursor: 'again' }),
    );
    expect(await runOver('jobicy')).toMatchObject({ state: 'success' });
    expect(pages()).toBe(2);
  });
});

/** What the catalogue holds of the hostile company's postings, by the board's id. */
async function stored() {
  const rows = await world.stack.sql`
    select s.board_posting_id as id, p.title, p.posted_at, p.expires_at, p.salary_min, p.salary_max, s.url, s.apply_url,
      p.description_html as html, p.description_text as text, p.tags
    from postings p join posting_sources s on s.posting_id = p.id
    where s.board = 'jobicy' and p.company = 'Hostile Ltd'`;
  return new Map(rows.map((row) => [row.id as string, row]));
}

describe('a posting', () => {
  let postings: Awaited<ReturnType<typeof stored>>;
  const megabyte = 'x'.repeat(1_048_576);
  const jobs = {
    script: {
      jobDescription: `<p onclick="steal()">Read</p><script>steal()</script><style>*{display:none}</style>
        <img src=x onerror=steal()><a href="javascript:steal()">a</a><a href="data:text/html,x">b</a>
        <iframe src="https://evil.example"></iframe><svg onload=steal()></svg>`,
    },
    link: { url: 'javascript:alert(1)' },
    title: { jobTitle: `Engineer ${megabyte}` },
    nul: { jobTitle: 'Engi\u0000neer', jobDescription: '<p>a\u0000b</p>' },
    surrogate: { jobTitle: 'Engineer \ud83d', jobDescription: '<p>\udc00 half</p>' },
    old: { pubDate: '1970-01-01T00:00:00+00:00' },
    future: { pubDate: '2999-01-01T00:00:00+00:00' },
    rich: { salaryMin: 1e308, salaryMax: 1e308, salaryCurrency: 'USD', salaryPeriod: 'yearly' },
    proto: { ['__proto__']: { polluted: true }, constructor: { prototype: { polluted: true } } },
    good: {},
  };
  const idOf = (name: keyof typeof jobs) => String(Object.keys(jobs).indexOf(name) + 501);
  const of = (name: keyof typeof jobs) => postings.get(idOf(name));

  beforeAll(async () => {
    world.boards.control.reset();
    await world.stack.sql`delete from postings where company = 'Hostile Ltd'`;
    const list = Object.entries(jobs).map(([name, fields]) =>
      job({ id: Number(idOf(name as keyof typeof jobs)), jobTitle: `Engineer ${name}`, ...fields }),
    );
    world.boards.control.setAnswer(hosts.jobicy, answering(list));
    const board = await runOver('jobicy');
    expect(board).toMatchObject({ state: 'success', error_class: null });
    expect(board?.found).toBeGreaterThan(0);
    postings = await stored();
  });

  test('with a script keeps its words alone', () => {
    expect(of('script')?.text).toContain('Read');
    expect(of('script')?.html).not.toMatch(
      /script|style|onclick|onerror|onload|javascript:|data:|iframe|svg|img/i,
    );
  });

  test('whose link is javascript: is left out, and the others stand', () => {
    expect(of('link')).toBeUndefined();
    expect(of('good')).toMatchObject({ title: 'Engineer good', text: 'Plain words.' });
    expect(postings.size).toBe(Object.keys(jobs).length - 1);
  });

  test('with a title of a megabyte is cut', () => {
    expect(of('title')?.title).toHaveLength(300);
  });

  test('with NUL bytes and half characters is cleaned', () => {
    expect(of('nul')).toMatchObject({ title: 'Engineer', text: 'ab' });
    expect(of('surrogate')).toMatchObject({ title: 'Engineer \ufffd', text: '\ufffd half' });
  });

  test('of 1970 or 2999 has no date', () => {
    expect(of('old')?.posted_at).toBeNull();
    expect(of('future')?.posted_at).toBeNull();
    expect(of('good')?.posted_at).not.toBeNull();
  });

  test('that pays 1e308 pays nobody knows what', () => {
    expect(of('rich')).toMatchObject({ salary_min: null, salary_max: null });
  });

  test('with the names of JavaScript’s insides is an ordinary one', () => {
    expect(of('proto')).toMatchObject({ title: 'Engineer proto' });
  });
});

describe('a body in', () => {
  const named = (charset: string) => ({ 'content-type': `application/json; charset=${charset}` });
  const text = JSON.stringify({ jobs: [job({ id: 900, jobTitle: 'Ingénieur engineer' })], hasMore: false });

  test.each([
    ['Latin-1 that says so', Buffer.from(text, 'latin1'), 'iso-8859-1', 'Ingénieur engineer'],
    ['Latin-1 that says UTF-8', Buffer.from(text, 'latin1'), 'utf-8', 'Ing\ufffdnieur engineer'],
    ['UTF-8 that says a charset nobody knows', Buffer.from(text), 'x-nonsense', 'Ingénieur engineer'],
  ])('%s is read as well as can be', async (_what, body, charset, title) => {
    world.boards.control.setAnswer(hosts.jobicy, () => ({ status: 200, headers: named(charset), body }));
    expect(await runOver('jobicy')).toMatchObject({ state: 'success' });
    expect((await stored()).get('900')?.title).toBe(title);
  });
});

test('big answers of every board at once are read a few at a time', async () => {
  const { control } = world.boards;
  const feeds = ['www.arbeitnow.com', 'jobicy.com', 'remotive.com', 'himalayas.app', 'www.themuse.com'];
  for (const host of feeds) control.setBehaviour({ host, behaviour: 'huge' });
  await world.forgetFreshness();
  const boards = ['arbeitnow', 'jobicy', 'remotive', 'himalayas', 'themuse', good];
  const run = await world.ended(await world.startRun({ title: 'engineer', boards }));
  for (const board of run.boards) {
    expect(board).toMatchObject(
      board.board === good ? { state: 'success' } : { state: 'failed', error_class: 'too_large' },
    );
  }
});

test('the worker that went through all of this stayed small', async () => {
  expect((await peakMemoryMb()) - memoryAtWorkMb).toBeLessThan(memoryGrowthLimitMb);
});
