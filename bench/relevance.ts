import type postgres from 'postgres';
import { startTestStack } from '../local/testing/stack.js';
import { say } from '../observability/standard-output.js';
import { type LabelledQuery, labelledQueries, nameOf, parametersOf } from './labels/labels.js';
import { listingsBoard, listingsFile, postingsOf, readListings } from './listings.js';
import { match, most } from './match.js';
import { mean, ndcg, recall } from './relevance-metrics.js';

export interface Relevance {
  /** Of the first ten. */
  ndcg: number;
  /** Of the first fifty. */
  recall: number;
}

export interface QueryRelevance {
  query: LabelledQuery;
  ours: Relevance;
  baseline: Relevance;
}

/** The real postings in the catalogue, as a sync records them. */
export async function recordListings(sql: postgres.Sql): Promise<void> {
  const listings = readListings();
  if (!listings) throw new Error(`There are no listings: ${listingsFile}`);
  await sql`
    select public.record_postings_page(${listingsBoard.name}, ${sql.json(postingsOf(listings) as never)})`;
  await sql`vacuum analyze public.postings, public.posting_sources, public.title_words`;
}

/** Every labelled query that has something to find, asked of our matching and of the baseline. */
export async function measureRelevance(sql: postgres.Sql): Promise<QueryRelevance[]> {
  const listingsOf = await listingsByPosting(sql);
  const measured: QueryRelevance[] = [];
  for (const query of labelledQueries.filter(hasAnswers)) {
    const gradeOf = gradesBy(query, listingsOf);
    const all = [...listingsOf.keys()].map(gradeOf);
    const relevance = (rows: readonly { posting_id: string }[]): Relevance => {
      const found = rows.map((row) => gradeOf(row.posting_id));
      return { ndcg: ndcg(found, all, 10), recall: recall(found, all, 50) };
    };
    measured.push({
      query,
      ours: relevance(await match(sql, parametersOf(query))),
      baseline: relevance(await matchPlainly(sql, query)),
    });
  }
  return measured;
}

/** How many each query found to which no listing is an answer. */
export async function measureNothing(sql: postgres.Sql): Promise<{ query: LabelledQuery; found: number }[]> {
  const measured: { query: LabelledQuery; found: number }[] = [];
  for (const query of labelledQueries.filter((each) => !hasAnswers(each)))
    measured.push({ query, found: (await match(sql, parametersOf(query))).length });
  return measured;
}

export const meanOf = (measured: readonly QueryRelevance[], side: 'ours' | 'baseline'): Relevance => ({
  ndcg: mean(measured.map((each) => each[side].ndcg)),
  recall: mean(measured.map((each) => each[side].recall)),
});

const hasAnswers = ({ grades }: LabelledQuery) => grades[2].length + grades[1].length > 0;

/** Listings of one job are one posting, as good as the best of them. */
function gradesBy(query: LabelledQuery, listingsOf: ReadonlyMap<string, string[]>) {
  const grades = new Map([
    ...query.grades[1].map((id) => [id, 1] as const),
    ...query.grades[2].map((id) => [id, 2] as const),
  ]);
  return (postingId: string) =>
    Math.max(0, ...(listingsOf.get(postingId) ?? []).map((id) => grades.get(id) ?? 0));
}

async function listingsByPosting(sql: postgres.Sql): Promise<Map<string, string[]>> {
  const rows = await sql<{ posting_id: string; listings: string[] }[]>`
    select s.posting_id, array_agg(s.board_posting_id) as listings
    from public.posting_sources s where s.board = ${listingsBoard.name} group by s.posting_id`;
  return new Map(rows.map((row) => [row.posting_id, row.listings]));
}

/** The baseline: Postgres's own full text over title, company and places, ranked by its own ranking. */
function matchPlainly(sql: postgres.Sql, query: LabelledQuery) {
  const words = [query.title, query.place].filter(Boolean).join(' ');
  return sql<{ posting_id: string }[]>`
    select p.id as posting_id
    from public.postings p,
      websearch_to_tsquery('english', ${words}) asked,
      to_tsvector('english', p.title || ' ' || p.company || ' ' || array_to_string(p.locations, ' ')) words
    where words @@ asked and (p.work_mode = 'remote' or not ${query.remoteOnly ?? false})
    order by ts_rank(words, asked) desc, p.title, p.locations, p.id
    limit ${most(sql, parametersOf(query))}`;
}

/** Prints how well searches find what people asked for, query by query, beside the baseline. */
export async function relevance(): Promise<[]> {
  const stack = await startTestStack({ supabase: false });
  try {
    await recordListings(stack.sql);
    const measured = await measureRelevance(stack.sql);
    const row = (name: string, ours: Relevance, baseline: Relevance) =>
      printRow([name, ...[ours.ndcg, baseline.ndcg, ours.recall, baseline.recall].map((n) => n.toFixed(3))]);
    printRow(['query', 'nDCG@10', 'baseline', 'recall@50', 'baseline']);
    printRow(['---', '---', '---', '---', '---']);
    for (const { query, ours, baseline } of measured) row(nameOf(query), ours, baseline);
    row(`mean of ${measured.length}`, meanOf(measured, 'ours'), meanOf(measured, 'baseline'));
    for (const { query, found } of await measureNothing(stack.sql))
      say(`${nameOf(query)}: nothing to find, ${found} found`);
    return [];
  } finally {
    await stack.stop();
  }
}

const printRow = (cells: string[]) => say(`| ${cells.join(' | ')} |`);
