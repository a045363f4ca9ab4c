import { startTestStack, type TestStack } from '../local/testing/stack.js';
import { listingsFile, readListings } from './listings.js';
import {
  meanOf,
  measureNothing,
  measureRelevance,
  type QueryRelevance,
  recordListings,
} from './relevance.js';

/** The least that the mean over all labelled queries may be. */
const floors = { ndcg: 0.85, recall: 0.7 };

const hasListings = readListings() !== undefined;
if (!hasListings) console.warn(`Skipped: there are no listings in ${listingsFile}`);

(hasListings ? describe : describe.skip)('the labelled searches over real postings', () => {
  let stack: TestStack;
  let measured: QueryRelevance[];

  beforeAll(async () => {
    stack = await startTestStack({ supabase: false });
    await recordListings(stack.sql);
    measured = await measureRelevance(stack.sql);
  });
  afterAll(() => stack?.stop());

  test.each(['ndcg', 'recall'] as const)('%s is above its floor and above plain full text', (figure) => {
    const ours = meanOf(measured, 'ours')[figure];
    expect(ours).toBeGreaterThan(floors[figure]);
    expect(ours).toBeGreaterThan(meanOf(measured, 'baseline')[figure]);
  });

  test('nothing is found where there is nothing', async () => {
    const nothing = await measureNothing(stack.sql);
    expect(nothing.length).toBeGreaterThan(0);
    expect(nothing.filter(({ found }) => found > 0)).toEqual([]);
  });
});
