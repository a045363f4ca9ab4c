import { z } from 'zod';
import { pagesToAudit } from '../e2e/support/audited-pages.js';
import {
  auditPages,
  type Category,
  everyCategory,
  type FormFactor,
  type PageAudit,
} from '../e2e/support/lighthouse.js';
import { startSite } from '../e2e/support/site.js';
import { optionsOrExit } from '../local/command-options.js';
import { startTestServer } from '../local/testing/start-test-server.js';
import { say } from '../observability/standard-output.js';
import { machine, markdownTable, median } from './figures.js';

// `npm run lighthouse`: what Lighthouse gives the site's pages, as built for production, with real searches on them.
const { pages, rounds } = optionsOrExit(
  z.object({
    /** What the names of the pages have in common: `--pages run`. */
    pages: z.string().default(''),
    rounds: z.coerce.number().int().min(1).max(20).default(3),
  }),
);
const formFactors: FormFactor[] = ['mobile', 'desktop'];

const server = await startTestServer();
try {
  const site = await startSite();
  try {
    const rows: string[][] = [];
    const faults = new Set<string>();
    for (const { name, ...page } of await pagesToAudit(site)) {
      if (!name.includes(pages)) continue;
      for (const formFactor of formFactors) {
        const audits: PageAudit[] = [];
        for (let round = 0; round < rounds; round += 1) {
          say(`${name}, ${formFactor}, ${round + 1} of ${rounds}…`);
          audits.push(...(await auditPages([{ ...page, formFactor, categories: everyCategory }])));
        }
        const scoreOf = (category: Category) =>
          String(median(audits.map(({ scores }) => scores[category] ?? Number.NaN)));
        rows.push([name, formFactor, ...everyCategory.map(scoreOf)]);
        for (const audit of audits)
          for (const fault of audit.faults) faults.add(`${name}, ${formFactor}: ${fault}`);
      }
    }
    say(`\n${machine()}; medians of ${rounds}\n`);
    const header = ['page', 'as', ...everyCategory];
    for (const line of markdownTable(header, rows)) say(line);
    say('\nWhat kept one from 100:');
    for (const fault of faults) say(`- ${fault}`);
  } finally {
    await site.stop();
  }
} finally {
  await server.stop();
}
