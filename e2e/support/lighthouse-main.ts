import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';
import { chromiumArgs, chromiumPath } from '../../local/testing/browser.js';
import type { AuditedPage } from './lighthouse.js';

/**
 * Audits the pages of AUDITED_PAGES one after the other, each in a browser of its own with nothing in its cache, and tells
 * whoever started it each `{report}`. A process of its own, as Lighthouse is of ES modules that Jest does not load.
 */
const pages = JSON.parse(process.env.AUDITED_PAGES ?? '') as AuditedPage[];
for (const { url, cookie, formFactor, categories } of pages) {
  const chromium = await launch({
    // Where there is none of the system's, it looks for one itself.
    chromePath: chromiumPath(),
    chromeFlags: ['--headless=new', ...chromiumArgs],
  });
  const end = () => {
    chromium.kill();
    process.exit(1);
  };
  process.once('SIGTERM', end);
  try {
    const result = await lighthouse(
      url,
      {
        port: chromium.port,
        onlyCategories: [...categories],
        // Of no audit: a picture for the page that people read.
        disableFullPageScreenshot: true,
        ...(cookie && { extraHeaders: { Cookie: cookie } }),
      },
      formFactor === 'desktop' ? desktopConfig : undefined,
    );
    await new Promise((sent) => process.send?.({ report: result?.lhr }, sent));
  } finally {
    process.off('SIGTERM', end);
    chromium.kill();
  }
}
