import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import type { Device, Person } from './support/device.js';
import { somebody } from './support/device.js';
import { admins, newcomers, type RunInEachState, type Sight, signedIn, signedOut } from './support/sights.js';
import { type Site, startSite } from './support/site.js';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let site: Site;
const person: Person = somebody();
/** Runs of the person, one in each state; `empty` is a success. */
const runs: RunInEachState = { partial: '', failed: '', empty: '', cancelled: '', running: '', pending: '' };

beforeAll(async () => {
  site = await startSite();
  const device = await site.device();
  await device.signUp(person);

  await site.breakBoard('jobicy', 'html');
  // One after the other: the home page leads on to the results of a search that ends while it is open.
  runs.partial = await device.search('engineer', { boards: ['remotive', 'arbeitnow', 'jobicy'] });
  await site.runEnded(runs.partial);
  runs.failed = await device.search('engineer', { boards: ['jobicy'] });
  await site.runEnded(runs.failed);
  runs.empty = await device.search('zymurgist', { boards: ['remotive'] });
  await site.runEnded(runs.empty);
  await device.go(`/runs/${runs.partial}`);
  await device.page.getByText('Save this search', { exact: true }).click();
  await device.page.getByRole('button', { name: 'Save', exact: true }).click();
  await device.page.waitForURL('/saved?saved=*');

  // One that is there, one that is not.
  await device.follow(site.unfollowedCompany('greenhouse').address, 'open');
  await device.follow('https://jobs.lever.co/nobody-at-all', 'not_found');

  await site.hold('remotive');
  runs.cancelled = await device.search('developer', { boards: ['remotive', 'arbeitnow'] });
  await device.page.locator('[data-posting]').first().waitFor();
  await device.page.getByRole('button', { name: 'Cancel search' }).click();
  await device.sees('cancelled');
  runs.running = await device.search('react developer', { boards: ['remotive', 'arbeitnow'] });
  await device.page.locator('[data-posting]').first().waitFor();
  // From here on nothing moves.
  await site.stopWorker();
  runs.pending = await device.search('plumber', { boards: ['remotive'] });
  await device.close();
});
afterAll(() => site?.stop());

/** Runs in the page: names cards that hide a part of what they hold. */
const cutOff = () =>
  [...document.querySelectorAll('.card')]
    .filter((card) => card.scrollHeight > card.clientHeight + 1)
    .map((card) => `cut off: ${card.textContent?.slice(0, 40)}`);

/** The page as it is in light on a computer with a low screen, then in dark on a phone. */
async function faultsOf(device: Device, { name, visit }: Sight): Promise<string[]> {
  const { page } = device;
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 600 });
  await visit(device);
  const light = [...(await violationsOf(page)), ...(await page.evaluate(cutOff))];
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 375, height: 800 });
  const dark = await violationsOf(page);
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  return [...light, ...dark, ...(sideways ? ['scrolls sideways'] : [])].map((fault) => `${name}: ${fault}`);
}

async function violationsOf(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page }).withTags(rules).options({ resultTypes: ['violations'] });
  // Pages have no frames, whose results would be put together on a page opened for it.
  const { violations } = await axe.setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ html }) => html).join('\n')}`);
}

test('each state of a run is told by an icon of its own and words, on its page and in the history', async () => {
  const device = await site.device();
  const { page } = device;
  await device.signIn(person);
  const words = {
    pending: 'Queued',
    running: 'Searching',
    empty: 'Finished',
    partial: 'Finished in part',
    failed: 'Failed',
    cancelled: 'Cancelled',
  };
  const icons = new Set<string>();
  for (const [state, word] of Object.entries(words) as [keyof typeof words, string][]) {
    for (const [path, place] of [
      ['/history', `[data-run-row="${runs[state]}"]`],
      [`/runs/${runs[state]}`, '[data-status]'],
    ] as const) {
      await page.goto(path);
      const badge = page.locator(place).getByText(word, { exact: true }).first();
      await badge.waitFor();
      const icon = badge.locator('svg');
      expect(await icon.isVisible()).toBe(true);
      icons.add((await icon.innerHTML()).trim());
    }
  }
  expect(icons.size).toBe(Object.keys(words).length);
  await device.close();
});

test('whatever has the focus is seen to have it', async () => {
  const device = await site.device();
  const { page } = device;
  await device.signIn(person);
  const unseen: string[] = [];
  for (const path of ['/', `/runs/${runs.partial}`, '/history', '/saved', '/jobs', '/companies']) {
    await device.go(path);
    let reached = 0;
    for (; reached < 40; reached += 1) {
      await page.keyboard.press('Tab');
      const focus = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return null;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return {
          html: element.outerHTML.slice(0, 120),
          seen: outlineStyle !== 'none' && outlineWidth !== '0px',
        };
      });
      if (!focus) break;
      if (!focus.seen) unseen.push(`${path}: ${focus.html}`);
    }
    expect(reached).toBeGreaterThan(5);
  }
  expect(unseen).toEqual([]);
  await device.close();
});

test('every page is accessible (WCAG 2.2 AA) in light and dark, fits a phone, and runs without complaints', async () => {
  const device = await site.device();
  const faults: string[] = [];
  for (const sight of signedOut) faults.push(...(await faultsOf(device, sight)));
  await device.signIn(person);
  for (const sight of signedIn(site, runs)) faults.push(...(await faultsOf(device, sight)));
  const newcomer = await site.device();
  await newcomer.signUp();
  for (const sight of newcomers) faults.push(...(await faultsOf(newcomer, sight)));
  const admin = await site.device();
  await admin.signIn(await site.stack.createAdmin());
  for (const sight of admins) faults.push(...(await faultsOf(admin, sight)));
  expect(faults).toEqual([]);
  expect(site.complaints()).toEqual([]);
  await Promise.all([device.close(), newcomer.close(), admin.close()]);
});

test('a choice of colours stays, whatever the device prefers', async () => {
  const device = await site.device({ colorScheme: 'light' });
  const ground = () => device.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await device.go('/');
  const light = await ground();
  await device.page.getByRole('button', { name: 'Dark' }).click();
  await device.page.locator('html[data-theme="dark"]').waitFor();
  const dark = await ground();
  expect(dark).not.toBe(light);
  await device.page.reload();
  expect(await ground()).toBe(dark);
  await device.close();
});

test('pages carry a policy that lets no foreign or inline script run, and no frame hold them', async () => {
  const device = await site.device();
  const response = await device.page.goto('/');
  const policy = (await response?.headerValue('content-security-policy')) ?? '';
  expect(policy).toMatch(/script-src 'self' 'nonce-[^']{20,}'(;|$)/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(await response?.headerValue('referrer-policy')).toBe('strict-origin-when-cross-origin');
  await device.close();
});

test('without scripts a person takes their data with them and deletes their account, and its other devices are signed out', async () => {
  const leaving = somebody();
  const [device, phone] = [await site.device({ javaScript: false }), await site.device()];
  await device.signUp(leaving);
  await phone.signIn(leaving);
  // A page that is open there leaves by itself, in the midst of being led elsewhere.
  await phone.page.goto('about:blank');
  const { page } = device;
  await page.goto('/settings');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download your data' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('searching-the-fox.json');
  const file = JSON.parse(await readFile(await download.path(), 'utf8'));
  expect(file.account.user.email).toBe(leaving.email);

  await page.getByRole('link', { name: 'Delete your account' }).click();
  await page.getByRole('button', { name: 'Delete my account' }).click();
  await page.getByText('This is not the password of your account.').waitFor();
  await page.getByLabel('Your password').fill(leaving.password);
  await page.getByRole('button', { name: 'Delete my account' }).click();
  await page.getByRole('heading', { name: 'Your account is deleted' }).waitFor();
  await page.goto('/settings');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await phone.page.goto('/settings');
  await phone.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await Promise.all([device.close(), phone.close()]);
});

test('with the API away a page says so within the site, and comes back with it', async () => {
  const device = await site.device();
  await device.signIn(person);
  await site.stopApi();
  const response = await device.page.goto('/history');
  expect(response?.status()).toBe(503);
  await device.page.getByRole('heading', { name: 'The search service is away' }).waitFor();
  const away: Sight = { name: 'the API away', visit: ({ page }) => page.goto('/history') };
  expect(await faultsOf(device, away)).toEqual([]);
  await site.startApi();
  await device.page.getByRole('link', { name: 'Try again' }).click();
  await device.page.getByRole('heading', { name: 'Search history' }).waitFor();
  await device.close();
});

test('a bad setting ends the site’s process at start, by name and reason', async () => {
  await expect(site.stack.startProcess('web', { SESSION_SECRET: 'short' })).rejects.toThrow(
    'SESSION_SECRET: must have at least 32 characters',
  );
});
