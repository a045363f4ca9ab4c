import type postgres from 'postgres';
import type { Posting } from '../domain/posting.js';
import { startTestStack } from '../local/testing/stack.js';
import { cataloguePosting, growCatalogue } from './catalogue.js';
import { type Comparison, quantile } from './figures.js';

const sizes = [10_000, 100_000];
const pageSize = 100;
const rounds = 40;
const warmUp = 5;

/**
 * A page of 100 postings, as a sync hands it over: all new, all changed in a word, all as they were; and what a sync
 * does after it, the sorting in of its words. Beside it the same rows inserted with nothing looked up and no search
 * words made, into tables that have the same indexes.
 */
export async function recordPage(): Promise<Comparison[]> {
  const stack = await startTestStack({ supabase: false });
  try {
    const comparisons: Comparison[] = [];
    let filled = 0;
    for (const size of sizes) {
      await growCatalogue(stack.sql, filled, size);
      filled = size;
      comparisons.push(...(await measureAt(size, stack.sql)));
    }
    return comparisons;
  } finally {
    await stack.stop();
  }
}

async function measureAt(size: number, sql: postgres.Sql): Promise<Comparison[]> {
  const times = {
    new: [] as number[],
    changed: [] as number[],
    unchanged: [] as number[],
    'new, sorted in after it': [] as number[],
    bare: [] as number[],
  };
  const record = (page: Posting[]) => sql`
    select public.record_postings_page('remotive', ${sql.json(page as never)})`;
  for (let round = 0; round < warmUp + rounds; round += 1) {
    const page = newPage(size, round);
    const changed = page.map((posting) => ({
      ...posting,
      descriptionText: `${posting.descriptionText}\nThere is one more thing to say.`,
      descriptionWords: `${posting.descriptionWords} say`,
    }));
    const measured = {
      new: await timed(() => record(page)),
      'new, sorted in after it': await timed(() => sortIn(sql)),
      changed: await timed(() => record(changed)),
      unchanged: await timed(() => record(changed)),
      bare: await timed(() => insertBare(sql, page)),
    };
    await sortIn(sql);
    if (round < warmUp) continue;
    for (const kind of Object.keys(times) as (keyof typeof times)[]) times[kind].push(measured[kind]);
  }
  const comparison = (kind: Exclude<keyof typeof times, 'bare'>, share: number): Comparison => ({
    what: `a page of ${pageSize} ${kind}, ${size.toLocaleString('en-GB')} known, p${share * 100}`,
    unit: 'ms',
    ours: quantile(times[kind], share),
    bare: quantile(times.bare, share),
    over: 'inserting the same rows',
  });
  return (['new', 'new, sorted in after it', 'changed', 'unchanged'] as const).flatMap((kind) => [
    comparison(kind, 0.5),
    comparison(kind, 0.95),
  ]);
}

const sortIn = (sql: postgres.Sql) => sql`select public.sort_in_postings()`;

/** Jobs of numbers that no catalogue here has. */
const newPage = (size: number, round: number): Posting[] =>
  Array.from({ length: pageSize }, (_, at) =>
    cataloguePosting(size * 10 + round * pageSize + at, 'remotive', Date.now()),
  );

/** The rows alone: what a page costs that is only written down. */
const insertBare = (sql: postgres.Sql, page: Posting[]) => sql`
  with given as materialized (
    select gen_random_uuid() as id, item from jsonb_array_elements(${sql.json(page as never)}) item
  ), made as (
    insert into public.postings (id, title, company, work_mode, description_html, description_text, search)
    select id, item ->> 'title', item ->> 'company', item ->> 'workMode', item ->> 'descriptionHtml',
      item ->> 'descriptionText', '' from given
  )
  insert into public.posting_sources
    (board, board_posting_id, posting_id, source, url, attribution, is_original, content_hash)
  select 'bare', id::text, id, 'bare', item ->> 'url', item -> 'attribution', true, '' from given`;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
