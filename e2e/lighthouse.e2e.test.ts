import { scriptBytes } from '../bench/first-page-js.js';
import { startRemixTemplate } from '../bench/remix-template.js';
import { launchBrowser } from '../local/testing/browser.js';
import { pagesToAudit } from './support/audited-pages.js';
import { auditPages } from './support/lighthouse.js';
import { type Site, startSite } from './support/site.js';

// What does not depend on how fast the machine is. `npm run lighthouse` tells the rest.

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.stop());

test('Lighthouse gives every page at least 95 for accessibility, best practices and search engines', async () => {
  const pages = await pagesToAudit(site);
  const categories = ['accessibility', 'best-practices', 'seo'] as const;
  const audits = await auditPages(pages.map(({ url, cookie }) => ({ url, cookie, categories })));
  const below = audits.flatMap(({ scores, faults }, index) =>
    Object.entries(scores)
      .filter(([, score]) => !(score >= 95))
      .map(
        ([category, score]) => `${pages[index]?.name}: ${category} ${score}, because of ${faults.join('; ')}`,
      ),
  );
  expect(audits.map(({ scores }) => Object.keys(scores))).toEqual(pages.map(() => [...categories]));
  expect(below).toEqual([]);
});

test('the first page’s scripts are at most 1.3 times those of Remix’s own template, gzipped', async () => {
  const template = await startRemixTemplate();
  const browser = await launchBrowser();
  try {
    const bare = await scriptBytes(browser, template.url);
    expect(bare).toBeGreaterThan(50_000);
    expect((await scriptBytes(browser, site.url)) / bare).toBeLessThanOrEqual(1.3);
  } finally {
    await browser.close();
    await template.stop();
  }
});
