import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const systemChromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The system's Chromium, or the one that CHROMIUM_PATH names; undefined where Playwright's own is to be used. */
export function chromiumPath(): string | undefined {
  return [process.env.CHROMIUM_PATH, ...systemChromium].find((path) => path && existsSync(path));
}

/** What every Chromium started here is told. */
export const chromiumArgs = [
  // A container has no sandbox of its own to give.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A headless Chromium that asks nothing of the network by itself. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
    headless: true,
    args: chromiumArgs,
  });
}
