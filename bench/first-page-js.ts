import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../local/testing/browser.js';
import { startTestStack } from '../local/testing/stack.js';
import type { Comparison } from './figures.js';
import { startRemixTemplate } from './remix-template.js';

/** What a browser reads of scripts to show a page it has never seen, each gzipped as it is sent, in bytes. */
export async function scriptBytes(browser: Browser, url: string): Promise<number> {
  const page = await browser.newPage();
  try {
    // By address: what is loaded ahead is a script only when it runs, which the browser then has.
    const sizes = new Map<string, Promise<number>>();
    page.on('response', (response) => {
      if (/javascript/.test(response.headers()['content-type'] ?? ''))
        sizes.set(
          response.url(),
          response.body().then((body) => gzipSync(body).length),
        );
    });
    await page.goto(url, { waitUntil: 'networkidle' });
    return (await Promise.all(sizes.values())).reduce((sum, size) => sum + size, 0);
  } finally {
    await page.close();
  }
}

/** The scripts of the landing page beside those of the app that `create-remix` makes, both as built for production. */
export async function firstPageJs(): Promise<Comparison> {
  const stack = await startTestStack({ temporal: true });
  const browser = await launchBrowser();
  try {
    const api = await stack.startProcess('api');
    const web = await stack.startProcess('web', { API_URL: api.url });
    const template = await startRemixTemplate();
    try {
      return {
        what: 'scripts of the first page, gzipped',
        unit: 'kB',
        ours: (await scriptBytes(browser, web.url)) / 1000,
        bare: (await scriptBytes(browser, template.url)) / 1000,
        over: 'Remix’s own template',
      };
    } finally {
      await template.stop();
    }
  } finally {
    await browser.close();
    await stack.stop();
  }
}
