import type postgres from 'postgres';
import type { SearchParameters } from '../domain/search.js';
import { startTestStack } from '../local/testing/stack.js';
import { catalogueBoards, growCatalogue } from './catalogue.js';
import { type Comparison, quantile } from './figures.js';
import { labelledQueries, parametersOf } from './labels/labels.js';
import { match, most } from './match.js';
import { mean } from './relevance-metrics.js';

const sizes = [10_000, 100_000] as const;
const rounds = 5;
const warmUp = 1;
const shares = [0.5, 0.95];
const over = 'plain full text, `ts_rank`';

interface Side {
  /** Milliseconds. */
  times: number[];
  /** How many results each search had. */
  found: number[];
}
type Measured = Record<'ours' | 'bare', Side>;

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

async function measureAt(size: number, filled: number, sql: postgres.Sql): Promise<Measured> {
  await growCatalogue(sql, filled, size);
  const measured: Measured = { ours: { times: [], found: [] }, bare: { times: [], found: [] } };
  for (let round = 0; round < warmUp + rounds; round += 1) {
    for (const query of labelledQueries) {
      const parameters = parametersOf(query, catalogueBoards);
      for (const [side, ask] of [
        ['ours', match],
        ['bare', matchPlainly],
      ] as const) {
        const start = performance.now();
        const { length } = await ask(sql, parameters);
        if (round < warmUp) continue;
        measured[side].times.push(performance.now() - start);
        measured[side].found.push(length);
      }
    }
  }
  return measured;
}

/** All words asked for, wherever in the posting they stand, and no filter. */
const matchPlainly = (sql: postgres.Sql, parameters: SearchParameters) => sql`
  select p.id from public.postings p, websearch_to_tsquery('public.jobs', ${parameters.title}) asked
  where p.search @@ asked
  order by ts_rank(p.search, asked) desc, p.id
  limit ${most(sql, parameters)}`;

function comparisonsAt(size: number, { ours, bare }: Measured): Comparison[] {
  const what = `a search of ${size.toLocaleString('en-GB')} postings`;
  return [
    ...shares.map((share) => ({
      what: `${what}, p${share * 100}`,
      unit: 'ms',
      ours: quantile(ours.times, share),
      bare: quantile(bare.times, share),
      over,
    })),
    { what: `${what}, mean`, unit: 'results', ours: mean(ours.found), bare: mean(bare.found), over },
  ];
}

const growth = (few: Measured, many: Measured): Comparison[] =>
  shares.map((share) => ({
    what: `a search with ten times the postings, p${share * 100}`,
    unit: '× as long',
    ours: quantile(many.ours.times, share) / quantile(few.ours.times, share),
    bare: quantile(many.bare.times, share) / quantile(few.bare.times, share),
    over,
  }));
