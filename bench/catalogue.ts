import type postgres from 'postgres';
import { descriptionWords } from '../activities/boards/normalise/description-words.js';
import type { BoardName } from '../domain/board.js';
import { placeKeysOf, remoteKeysOf } from '../domain/places/index.js';
import type { Posting } from '../domain/posting.js';
import { companies, type SampleCompany } from '../local/boards/catalogue/companies.js';
import { type Block, describeJob } from '../local/boards/catalogue/describe.js';
import { makeJob, type SampleJob } from '../local/boards/catalogue/job.js';
import { hashOf, randomFor } from '../local/boards/catalogue/random.js';
import { readListings } from './listings.js';

const seed = 7;
const jobsAPage = 500;
/** So many postings of a page are told by the page's board a second time, after another board had them. */
const copiesAPage = 25;
const descriptions = 2_000;
const employers = 6_000;
const oldestDays = 120;
const day = 86_400_000;

const boards: readonly { name: BoardName; company: boolean }[] = [
  { name: 'remotive', company: false },
  { name: 'greenhouse', company: true },
  { name: 'arbeitnow', company: false },
  { name: 'lever', company: true },
  { name: 'remoteok', company: false },
  { name: 'ashby', company: true },
  { name: 'jobicy', company: false },
];

/** The boards of the catalogue. */
export const catalogueBoards: BoardName[] = boards.map(({ name }) => name);

/** Titles and places of real postings, for every second job, where their file is. */
const listings = readListings() ?? [];

/**
 * Fills the catalogue with the jobs of these numbers the way syncs do, page by page through `record_postings_page`:
 * about a minute and a half for 100,000. Some are on two boards. The same numbers give the same catalogue, but for
 * dates, which count back from now. `first` is a multiple of 500.
 */
export async function growCatalogue(sql: postgres.Sql, first: number, end: number): Promise<void> {
  const now = Date.now();
  for (let from = first; from < end; from += jobsAPage) {
    const { name, company } = boardOfPage(from / jobsAPage);
    const fresh = Array.from({ length: Math.min(jobsAPage, end - from) }, (_, at) =>
      cataloguePosting(from + at, name, now),
    );
    const copies = from === 0 ? [] : Array.from({ length: copiesAPage }, (_, at) => from - 1 - at);
    const page = [...fresh, ...copies.map((number) => cataloguePosting(number, name, now))];
    const source = company ? `${name}/everybody` : name;
    await sql`select public.record_postings_page(${source}, ${sql.json(page as never)})`;
    await sql`select public.sort_in_postings()`;
  }
  await sql`vacuum analyze public.postings, public.posting_sources, public.title_words`;
}

const boardOfPage = (page: number) => boards[page % boards.length] as (typeof boards)[number];

/** The job of a number as a board tells of it. */
export function cataloguePosting(number: number, board: BoardName, now: number): Posting {
  const job = sampleJob(number);
  const id = `${board}-${number}`;
  const url = `https://${board}.example/jobs/${id}`;
  const { html, text, words } = description(number % descriptions);
  const age = (hashOf(seed, `age/${number}`) / 2 ** 32) ** 2 * oldestDays;
  const real = number % 2 === 0 ? listings[hashOf(seed, `listing/${number}`) % listings.length] : undefined;
  const locations =
    real?.locations ??
    (job.region ? [job.region] : job.places.map(({ city, country }) => `${city}, ${country}`));
  return {
    board,
    boardPostingId: id,
    ...(boards.some(({ name, company }) => name === board && company) && { companyToken: 'everybody' }),
    url,
    title: real?.title.trim() ?? job.title,
    company: employer(hashOf(seed, `employer/${number}`) % employers),
    locations,
    workMode: job.workMode,
    placeKeys: placeKeysOf(locations),
    remoteKeys: job.workMode === 'remote' ? remoteKeysOf(locations) : [],
    identityKeys: [`url:${board}.example/jobs/${id}`],
    employmentType: job.employmentType,
    ...(job.pay && { salary: job.pay }),
    postedAt: new Date(now - age * day).toISOString(),
    postedAtPrecision: 'second',
    descriptionHtml: html,
    descriptionText: text,
    descriptionWords: words,
    tags: job.skills,
    attribution: { name: board, url, followLink: true },
  };
}

function sampleJob(number: number): SampleJob {
  const company = companies[hashOf(seed, `company/${number}`) % companies.length] as SampleCompany;
  return makeJob({ seed, number, company, postedAt: 0, closesAt: 0 });
}

const employer = remembered((number) => randomFor(seed, `name/${number}`).company.name());

/** About as long as real ones: the sample's own text, told twice over. */
const description = remembered((number) => {
  const blocks = [number, number + descriptions].flatMap((each) => describeJob(seed, sampleJob(each)));
  const text = blocks
    .map((block) => (block.kind === 'list' ? block.items.join('\n') : block.text))
    .join('\n\n');
  return { html: blocks.map(htmlOf).join(''), text, words: descriptionWords(text) };
});

function htmlOf(block: Block): string {
  if (block.kind === 'list') return `<ul>${block.items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
  return block.kind === 'heading' ? `<h3>${block.text}</h3>` : `<p>${block.text}</p>`;
}

function remembered<T>(make: (number: number) => T): (number: number) => T {
  const made = new Map<number, T>();
  return (number) => {
    const known = made.get(number) ?? make(number);
    made.set(number, known);
    return known;
  };
}
