import { startTestStack, type TestStack } from '../local/testing/stack.js';
import { hasListings, judgeSameJob, listingsFile } from './same-job.js';

let stack: TestStack;

if (!hasListings) console.warn(`Skipped: there is no ${listingsFile}`);

beforeAll(async () => {
  if (hasListings) stack = await startTestStack({ supabase: false });
});
afterAll(() => stack?.stop());

(hasListings ? test : test.skip)(
  'real listings and copies of them: one job is one, and two are two',
  async () => {
    const { ours, exact, pairs } = await judgeSameJob(stack.sql);
    expect(pairs).toBeGreaterThanOrEqual(150);
    expect({ ...ours, right: ours.precision >= 0.98 && ours.recall >= 0.9 }).toMatchObject({ right: true });
    expect(ours.precision).toBeGreaterThan(exact.precision);
    expect(ours.recall).toBeGreaterThan(exact.recall);
  },
);
