import { startTestStack } from '../local/testing/stack.js';
import { say } from '../observability/standard-output.js';
import type { Comparison } from './figures.js';
import { hasListings, judgeSameJob, listingsFile } from './same-job.js';

/** How well one job is told from another: real listings and copies of them, ours beside an exact key. */
export async function dedupe(): Promise<Comparison[]> {
  if (!hasListings) {
    say(`There is no ${listingsFile}: nothing to judge by.`);
    return [];
  }
  const stack = await startTestStack({ supabase: false });
  try {
    const { ours, words, exact, pairs } = await judgeSameJob(stack.sql);
    say(`${pairs} labelled pairs, and a copy of each listing`);
    for (const mistake of ours.mistakes) say(`  ${mistake}`);
    const rules = { 'all rules': ours, 'words alone': words };
    return Object.entries(rules).flatMap(([rule, judged]) =>
      (['precision', 'recall'] as const).map((what) => ({
        what: `the same job by ${rule}: ${what}`,
        unit: '%',
        ours: judged[what] * 100,
        bare: exact[what] * 100,
        over: 'the key of company, title and place as it was',
      })),
    );
  } finally {
    await stack.stop();
  }
}
