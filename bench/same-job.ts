import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type postgres from 'postgres';
import { toPosting } from '../activities/boards/normalise/posting.js';
import type { Posting } from '../domain/posting.js';

/** A public list of real jobs: it belongs to others and is not part of the project. */
export const listingsFile = resolve(process.env.SHARED_DATA ?? '../shared/data/boards', 'listings.json');
export const hasListings = existsSync(listingsFile);

interface Listing {
  id: string;
  company_name: string;
  title: string;
  url: string;
  locations: string[];
}

/** Listings that are one job, or that are all different ones, and why somebody who reads them says so. */
interface Label {
  same: boolean;
  reason: string;
  ids: string[];
}

interface Told {
  listing: string;
  posting: Posting;
}

export interface Judged {
  /** Of the pairs that were joined, those that are one job. */
  precision: number;
  /** Of the pairs that are one job, those that were joined. */
  recall: number;
  /** Wrongly joined and not joined, in words. */
  mistakes: string[];
}

/**
 * Every listing as if on a board of its own within its company, and beside it an aggregator's copy of it: told at
 * another address, with the company, the title and the place spelled as such copies spell them.
 */
export async function judgeSameJob(sql: postgres.Sql): Promise<{
  ours: Judged;
  /** Company, title and place alone, as they are compared now, and as they were. */
  words: Judged;
  exact: Judged;
  pairs: number;
}> {
  const listings: Listing[] = JSON.parse(readFileSync(listingsFile, 'utf8'));
  const labels: Label[] = JSON.parse(readFileSync(join(process.cwd(), 'bench/labels/same-job.json'), 'utf8'));
  const told = [...originals(listings), ...copies(listings)];
  const are = sameness(labels);

  await sql`truncate public.postings cascade`;
  const boards = grouped(told, ({ posting }) => posting.board);
  for (const [board, page] of boards)
    await sql`select public.record_postings_page(${board}, ${sql.json(page.map(({ posting }) => posting) as never)})`;
  const rows = await sql<{ key: string; job: string }[]>`
    select board || '/' || board_posting_id as key, posting_id as job from public.posting_sources`;
  const jobs = new Map(rows.map(({ key, job }) => [key, job]));

  await sql.unsafe(earlierRule());
  const keys = await sql<{ words: string; exact: string }[]>`
    select public.posting_match_key(t.company, t.title, t.locations, t."placeKeys") as words,
      earlier.posting_match_key(t.company, t.title, t.locations) as exact
    from jsonb_array_elements(${sql.json(told.map(({ posting }) => posting) as never)}) with ordinality as page (one, n),
      jsonb_to_record(one) as t (company text, title text, locations text[], "placeKeys" text[])
    order by n`;

  const ours = (one: Told) => jobs.get(`${one.posting.board}/${one.posting.boardPostingId}`);
  return {
    ours: judge(told, are, ours),
    words: judge(told, are, (_, at) => keys[at]?.words),
    exact: judge(told, are, (_, at) => keys[at]?.exact),
    pairs: labels.reduce((sum, { ids }) => sum + (ids.length * (ids.length - 1)) / 2, 0),
  };
}

function judge(
  told: Told[],
  are: (a: string, b: string) => boolean,
  jobOf: (one: Told, at: number) => string | undefined,
): Judged {
  const jobs = told.map(jobOf);
  const count = { joined: 0, right: 0, same: 0 };
  const mistakes: string[] = [];
  told.forEach((a, i) => {
    told.slice(0, i).forEach((b, j) => {
      const same = are(a.listing, b.listing);
      const joined = jobs[i] === jobs[j] && a.posting.board !== b.posting.board;
      if (same) count.same += 1;
      if (joined) count.joined += 1;
      if (same && joined) count.right += 1;
      if (same !== joined) mistakes.push(`${joined ? 'joined' : 'apart'}: ${inWords(a)} | ${inWords(b)}`);
    });
  });
  return { precision: count.right / count.joined, recall: count.right / count.same, mistakes };
}

const inWords = ({ posting: { company, title, locations } }: Told) => `${company}: ${title}, ${locations}`;

function originals(listings: Listing[]): Told[] {
  const told = new Map<string, number>();
  return listings.map((listing) => {
    const nth = told.get(listing.company_name) ?? 0;
    told.set(listing.company_name, nth + 1);
    return asTold(listing, `board${nth}`, {});
  });
}

const companies = [
  (name: string) => `${name}, Inc.`,
  (name: string) => `${name} GmbH`,
  (name: string) => name.toUpperCase(),
  (name: string) => `${name} (YC S21)`,
  (name: string) => `The ${name} Company`,
  (name: string) => `${name} Ltd.`,
  (name: string) => name,
];
const titles = [
  (title: string) => `${title} (m/f/d)`,
  (title: string, { locations: [place = ''] }: Listing) => `${title} - ${place.split(',')[0]}`,
  (title: string) => title.replaceAll(' - ', ' – '),
  (title: string) => `${title} (Hybrid)`,
  (title: string) => title.replace(/\bSenior\b/, 'Sr.').replace(/\bJunior\b/, 'Jr.'),
  (title: string, { locations: [place = ''] }: Listing) => `${title} (${place})`,
];
const places = [
  (place: string) => place,
  (place: string) => place.replace(/, UK$/, ', United Kingdom').replace(/^Remote in (.*)/, '$1 (Remote)'),
  (place: string) => place.replace(/^NYC$/, 'New York, NY').replace(/^SF$/, 'San Francisco, CA'),
  (place: string) =>
    place.replace(/, [A-Z]{2}$/, (state) => `${state}, USA`).replace(/USA$/, 'United States'),
];

function copies(listings: Listing[]): Told[] {
  const alike = grouped(listings, ({ company_name, title, locations }) =>
    [company_name, title, locations].join('|').toLowerCase(),
  );
  const openings = new Map([...alike.values()].flatMap((same) => same.map(({ id }) => [id, same.length])));
  return listings.map((listing, n) => {
    const spelled = <T>(spellings: readonly T[], step: number) =>
      spellings[Math.floor(n / step) % spellings.length] as T;
    // Where a company has several openings told alike, nothing but the link to one of them tells which it is.
    const linked = n % 3 === 0 || (openings.get(listing.id) ?? 0) > 1;
    const separator = listing.url.includes('?') ? '&' : '?';
    return asTold(
      {
        ...listing,
        company_name: spelled(companies, 1)(listing.company_name),
        title: spelled(titles, 2)(listing.title, listing),
        locations: listing.locations.map((place) => spelled(places, 3)(place)),
        url: `https://aggregator${n % 4}.example/jobs/${listing.id}`,
      },
      `aggregator${n % 4}`,
      { applyUrl: linked ? `${listing.url.split('#')[0]}${separator}utm_source=aggregator` : undefined },
    );
  });
}

function asTold(listing: Listing, board: string, more: { applyUrl?: string | undefined }): Told {
  const posting = toPosting(
    { name: board, attribution: { name: board, url: `https://${board}.example/`, followLink: true } },
    {
      ...more,
      boardPostingId: listing.id,
      url: listing.url,
      title: listing.title,
      company: listing.company_name,
      locations: listing.locations,
      workMode: listing.locations.some((place) => /remote/i.test(place)) ? 'remote' : 'unknown',
      description: '<p>A job.</p>',
      tags: [],
    },
  );
  if (!posting) throw new Error(`${listing.id} is no posting`);
  return { listing: listing.id, posting };
}

/** A copy is its listing's job; two listings are one job where a label says so, and else two. */
function sameness(labels: Label[]): (a: string, b: string) => boolean {
  const one = new Set(
    labels.filter(({ same }) => same).flatMap(({ ids }) => ids.flatMap((a) => ids.map((b) => `${a} ${b}`))),
  );
  return (a, b) => a === b || one.has(`${a} ${b}`);
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

/** The rule before this one: company, title and spelled place in one key, and nothing else. */
function earlierRule(): string {
  const file = join(process.cwd(), 'supabase/migrations/20261125000400_record_postings.sql');
  const [rule] =
    /create function public\.posting_match_key[\s\S]*?\n\);/.exec(readFileSync(file, 'utf8')) ?? [];
  if (!rule) throw new Error(`${file} has no rule`);
  return `create schema if not exists earlier; ${rule.replace('create function public.', 'create or replace function earlier.')}`;
}
