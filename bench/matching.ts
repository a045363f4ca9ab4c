import type postgres from 'postgres';
import type { SearchParameters } from '../domain/search.js';
import { startTestStack } from '../local/testing/stack.js';
import { catalogueBoards, growCatalogue } from './catalogue.js';
import { type Comparison, quantile } from './figures.js';
import { labelledQueries, parametersOf } from './labels/labels.js';
import { match, most } from './match.js';

const sizes = [10_000, 100_000] as const;
const rounds = 5;
const warmUp = 1;
const shares = [0.5, 0.95];

interface Times {
  ours: number[];
  bare: number[];
}

/**
 * The labelled searches over all boards of a catalogue, with as many results as a run takes. Beside it plain full
 * text over all words of a posting, ranked by `ts_rank`, with as many. Last, how often longer each takes with ten
 * times the postings.
 */
export async function matching(): Promise<Comparison[]> {
  const stack = await startTestStack({ supabase: false });
  try {
    const few = await measureAt(sizes[0], 0, stack.sql);
    const many = await measureAt(sizes[1], sizes[0], stack.sql);
    return [...comparisonsAt(sizes[0], few), ...comparisonsAt(sizes[1], many), ...growth(few, many)];
  } finally {
    await stack.stop();
  }
}

async function measureAt(size: number, filled: number, sql: postgres.Sql): Promise<Times> {
  await growCatalogue(sql, filled, size);
  const times: Times = { ours: [], bare: [] };
  for (let round = 0; round < warmUp + rounds; round += 1) {
    for (const query of labelledQueries) {
      const parameters = parametersOf(query, catalogueBoards);
      const ours = await timed(() => match(sql, parameters));
      const bare = await timed(() => matchPlainly(sql, parameters));
      if (round < warmUp) continue;
      times.ours.push(ours);
      times.bare.push(bare);
    }
  }
  return times;
}

/** Any of the posting's words, in title, tags, company or description. */
const matchPlainly = (sql: postgres.Sql, parameters: SearchParameters) => sql`
  select p.id from public.postings p, websearch_to_tsquery('public.jobs', ${parameters.title}) asked
  where p.search @@ asked
  order by ts_rank(p.search, asked) desc, p.id
  limit ${most(sql, parameters)}`;

const comparisonsAt = (size: number, times: Times): Comparison[] =>
  shares.map((share) => ({
    what: `a search of ${size.toLocaleString('en-GB')} postings, p${share * 100}`,
    unit: 'ms',
    ours: quantile(times.ours, share),
    bare: quantile(times.bare, share),
    over: 'plain full text, `ts_rank`',
  }));

const growth = (few: Times, many: Times): Comparison[] =>
  shares.map((share) => ({
    what: `a search with ten times the postings, p${share * 100}`,
    unit: '× as long',
    ours: quantile(many.ours, share) / quantile(few.ours, share),
    bare: quantile(many.bare, share) / quantile(few.bare, share),
    over: 'plain full text, `ts_rank`',
  }));

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
