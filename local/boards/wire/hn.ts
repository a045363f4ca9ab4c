import type { Block } from '../catalogue/describe.js';
import type { SampleJob } from '../catalogue/job.js';
import { escapeHtml, slugOf, toHtml } from './html.js';
import { payOf, postedAtOf } from './spelling.js';
import { notFound, type WireBoard, withBroken } from './wire-board.js';

const day = 86_400_000;
/** Threads are numbered by month. */
const threadOf = (now: number) =>
  49_000_000 + 10 * (new Date(now).getUTCFullYear() * 12 + new Date(now).getUTCMonth());
const rolesAComment = 3;

/** A thread a month: found by search, then asked for as a tree of comments. */
export const hn: WireBoard = {
  host: 'hn.algolia.com',
  etag: false,
  compresses: true,
  answer({ path, now, catalogue }) {
    const thread = threadOf(now);
    if (path === '/api/v1/search_by_date') {
      const questions = ['Who wants to be hired?', 'Freelancer? Seeking freelancer?', 'Who is hiring?'];
      const found = questions.map((question, index) => ({
        id: thread + 2 - index,
        title: `Ask HN: ${question} (${monthOf(now)})`,
      }));
      return { status: 200, body: hnSearch(found) };
    }
    if (path !== `/api/v1/items/${thread}`) return notFound({ status: 404, error: 'Not Found' });
    const jobs = catalogue
      .onFeed('hn', now, ({ company }) => (company.industry === 'software' ? 0.15 : 0))
      .filter(({ postedAt }) => postedAt > now - 30 * day);
    const groups = new Map(groupsOf(jobs).map((group) => [group[0] as SampleJob, group]));
    const { records, broken } = withBroken(
      [...groups.keys()],
      (job) => comment(groups.get(job) ?? [job], catalogue.describe(job)),
      (record) => ({ ...record, id: null }),
    );
    const created_at = new Date(now).toISOString();
    const deleted = { id: thread + 5, author: null, text: null, created_at, children: [] };
    const remark = { ...deleted, id: thread + 6, author: 'reader', text: 'Do read the rules above first.' };
    const title = `Ask HN: Who is hiring? (${monthOf(now)})`;
    return { status: 200, body: { id: thread, title, children: [deleted, ...records, remark] }, broken };
  },
};

/** What the search answers about some stories. */
export const hnSearch = (found: { id: number; title: string }[]) => ({
  hits: found.map(({ id, title }) => ({ objectID: String(id), title, author: 'whoishiring' })),
  nbHits: found.length,
});

const monthOf = (now: number) =>
  new Date(now).toLocaleDateString('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A company writes one comment for some jobs of a kind at one place; one with a comma in its title stands alone. */
function groupsOf(jobs: readonly SampleJob[]): SampleJob[][] {
  const groups = new Map<string, SampleJob[]>();
  for (const job of jobs) {
    const alone = job.title.includes(',') ? job.number : '';
    const key = [job.company.name, placeOf(job), job.employmentType, alone].join('|');
    const group = groups.get(key) ?? [];
    if (group.length < rolesAComment && !group.some(({ title }) => title === job.title)) group.push(job);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function comment(jobs: readonly SampleJob[], blocks: readonly Block[]) {
  const [job] = jobs as [SampleJob, ...SampleJob[]];
  const site = `https://${slugOf(job.company.name)}.example/`;
  const header = [
    job.number % 3 === 0 ? `${job.company.name} (${site})` : job.company.name,
    jobs.map(({ title }) => title).join(', '),
    placeOf(job),
    job.workMode === 'remote' ? undefined : job.workMode.toUpperCase(),
    job.employmentType === 'full_time' && job.number % 2 ? undefined : job.employmentType.replace('_', '-'),
    payText(job),
  ].filter((part) => part !== undefined);
  const link = `<a href="${escaped(site)}" rel="nofollow">${escaped(site)}</a>`;
  const paragraphs = blocks.flatMap((block) =>
    block.kind === 'list' ? block.items.map((item) => `- ${item}`) : [block.text],
  );
  const head = [...header.map(escaped), link].join(' | ');
  return {
    id: job.number,
    author: 'someone',
    created_at: new Date(postedAtOf(job)).toISOString(),
    text: [head, ...paragraphs.map(escaped), toHtml([], undefined, job.flaw)].join('<p>'),
    children: [{ id: job.number + 1, author: 'reader', text: 'Is this still open?', children: [] }],
  };
}

/** As the board escapes what is written. */
const escaped = (text: string) => escapeHtml(text).replaceAll('/', '&#x2F;').replaceAll("'", '&#x27;');

function placeOf(job: SampleJob): string {
  if (job.region) return job.region === 'Worldwide' ? 'REMOTE' : `Remote (${job.region})`;
  return job.places.map(({ city, country }) => `${city}, ${country}`).join(' or ');
}

function payText(job: SampleJob): string | undefined {
  const pay = payOf(job);
  if (!pay) return undefined;
  return pay.period === 'hour'
    ? `${pay.min} - ${pay.max} ${pay.currency} per hour`
    : `${pay.min / 1_000}k–${pay.max / 1_000}k ${pay.currency}`;
}
