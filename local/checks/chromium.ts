import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { inProject } from '../services/project-root.js';
import { chromiumPath } from '../testing/browser.js';
import { installSystemPackages, succeeds } from './system-packages.js';

/**
 * The browser of the end-to-end tests: the one that is there, else the system's package, else Playwright's download.
 * @returns where it is.
 * @throws Error that says what to do when none is to be had.
 */
export function ensureChromium(say: (line: string) => void): string {
  const found = () =>
    chromiumPath() ?? (existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined);
  const there = found();
  if (there) return there;
  installSystemPackages(['chromium'], say);
  if (!found()) {
    say("Installing Playwright's Chromium");
    succeeds(
      process.execPath,
      [inProject('node_modules/playwright-core/cli.js'), 'install', 'chromium'],
      'inherit',
    );
  }
  const installed = found();
  if (!installed) throw new Error('there is no Chromium: install one, or name it by CHROMIUM_PATH');
  return installed;
}
