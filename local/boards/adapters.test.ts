import type { BoardPage } from '../../activities/boards/board.js';
import { boardFetchLimits, createFetchJson } from '../../activities/boards/fetch-json.js';
import { boards } from '../../activities/boards/registry.js';
import { askedOf } from '../../activities/boards/testing/contract.js';
import type { BoardName } from '../../domain/board.js';
import { type Posting, postingSchema } from '../../domain/posting.js';
import { createSampleBoards, sampleCompanies } from './index.js';

/** Every adapter reads every page of the sample boards, through the real fetching, once for all tests here. */
let postings: Posting[] = [];
let skipped = 0;
let planted = 0;
let pagesOf: Record<string, number> = {};

const noon = Date.parse('2026-11-25T12:00:00Z');

async function readEverything() {
  const sample = createSampleBoards({ seed: 7, clock: () => noon });
  await sample.listen(0);
  const fetchJson = createFetchJson({
    mode: 'sample',
    sampleUrl: sample.url,
    limits: boardFetchLimits.parse({}),
  });
  const read: Posting[] = [];
  skipped = 0;
  pagesOf = {};
  for (const board of boards) {
    const companies = sampleCompanies().filter((company) => company.board === board.name);
    for (const company of board.kind === 'company' ? companies : [undefined]) {
      const asked = { ...askedOf(board), fetchJson, ...(company && { company }) };
      let cursor: string | null = null;
      do {
        const page: BoardPage = await board.fetchPage({ ...asked, cursor });
        read.push(...page.postings);
        skipped += page.skipped;
        pagesOf[board.name] = (pagesOf[board.name] ?? 0) + 1;
        cursor = page.nextCursor;
      } while (cursor !== null);
    }
  }
  planted = sample.control.requests().reduce((sum, { broken }) => sum + broken, 0);
  await fetchJson.close();
  await sample.close();
  return read;
}

/** Everything but `Date`. */
const timers: FakeableAPI[] = [
  'nextTick',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'performance',
  'hrtime',
];
type FakeableAPI = NonNullable<
  Extract<Parameters<typeof jest.useFakeTimers>[0], { doNotFake?: unknown }>['doNotFake']
>[number];

beforeAll(async () => {
  // The dates are to be believable by the clock of the sample boards.
  jest.useFakeTimers({ now: noon, doNotFake: timers });
  postings = await readEverything();
});
afterAll(() => jest.useRealTimers());

const on = (name: BoardName) => postings.filter(({ board }) => board === name);

test('every posting is as the service wants it', () => {
  for (const posting of postings) expect(postingSchema.parse(posting)).toEqual(posting);
});

test('there are thousands, on every board and over dozens of companies', () => {
  expect(postings.length).toBeGreaterThanOrEqual(3_000);
  for (const { name, kind } of boards) expect(on(name).length).toBeGreaterThan(kind === 'query' ? 25 : 100);
  expect(new Set(postings.map(({ company }) => company)).size).toBeGreaterThanOrEqual(50);
  expect(sampleCompanies().length).toBeGreaterThanOrEqual(40);
});

test('the planted broken postings are skipped, and no other', () => {
  expect(planted).toBeGreaterThan(20);
  expect(skipped).toBe(planted);
});

test('an id stands for one posting, also where pages overlap', () => {
  for (const { name, kind } of boards) {
    const ids = on(name).map(({ boardPostingId }) => boardPostingId);
    if (name === 'arbeitnow') expect(new Set(ids).size).toBe(ids.length - 3 * 4);
    else expect([name, kind, new Set(ids).size]).toEqual([name, kind, ids.length]);
  }
});

test('paged boards were read over several pages', () => {
  expect(pagesOf).toMatchObject({ arbeitnow: 5, remotive: 1, remoteok: 1 });
  expect(pagesOf.jobicy).toBeGreaterThan(1);
  const sites = sampleCompanies().filter(({ board }) => board === 'lever').length;
  expect(pagesOf.lever).toBeGreaterThanOrEqual(2 * sites);
});

test('the same job is on a company’s own board and on feeds', () => {
  const boardsOf = new Map<string, Set<BoardName>>();
  for (const { company, title, locations, board } of postings) {
    const key = [company, title, ...locations.map((place) => place.split(',')[0])].join('|');
    boardsOf.set(key, (boardsOf.get(key) ?? new Set()).add(board));
  }
  const shared = [...boardsOf.values()].filter((names) => names.size > 1);
  expect(shared.length).toBeGreaterThan(200);
});

test.each([
  'React Developer',
  'Frontend Engineer (React)',
  'Senior Backend Engineer, Node.js',
  'Data Engineer',
  'Product Manager',
  'Product Designer',
  'Registered Nurse',
  'Accountant',
  'Customer Support Specialist',
  'Account Executive',
])('somebody looks for a %s', (title) => {
  const found = postings.filter((posting) => posting.title.includes(title));
  expect(found.length).toBeGreaterThan(0);
});

/** Their lists hold none. */
const withoutDescriptions = ['linkedin', 'glassdoor', 'zip_recruiter', 'bayt', 'naukri'];
/** Their lists hold a description's first lines. */
const withFirstLines = ['adzuna', 'reed'];

test('descriptions are of several paragraphs and name the skill of the title', () => {
  const react = postings.filter(({ title }) => title.includes('React Developer'));
  const described = react.filter(({ board }) => !['smartrecruiters', ...withFirstLines].includes(board));
  for (const posting of described) expect(posting.descriptionText).toContain('React');
  for (const { board, descriptionText } of postings) {
    if (withoutDescriptions.includes(board)) {
      expect(descriptionText).toBe('');
      continue;
    }
    // A list of SmartRecruiters holds no descriptions, but some facts.
    const least = withFirstLines.includes(board) ? 0 : board === 'smartrecruiters' ? 3 : 10;
    expect(descriptionText.split('\n').length).toBeGreaterThan(least);
  }
});

test('nothing harmful came through, though it was sent', () => {
  for (const { descriptionHtml } of postings) {
    expect(descriptionHtml).not.toMatch(
      /<script|javascript:|onerror|onclick|style=|@example|\u0000|\p{Surrogate}/u,
    );
  }
  const pasted = postings.filter(({ descriptionText }) =>
    descriptionText.includes('[e-mail on the original page]'),
  );
  expect(pasted.length).toBeGreaterThan(5);
});

test('impossible dates and pay are left out', () => {
  const dated = postings.filter(({ postedAt }) => postedAt !== undefined);
  expect(dated.length).toBeLessThan(postings.length);
  expect(dated.length).toBeGreaterThan(postings.length * 0.95);
  for (const { postedAt } of dated) {
    const age = noon - Date.parse(postedAt ?? '');
    expect(age).toBeGreaterThanOrEqual(0);
    expect(age).toBeLessThan(61 * 86_400_000);
  }
  const yearly = postings.filter(({ salary }) => salary?.period === 'year' && salary.currency === 'USD');
  expect(yearly.length).toBeGreaterThan(100);
  for (const { salary } of yearly) expect(salary?.max ?? 0).toBeLessThan(500_000);
});
