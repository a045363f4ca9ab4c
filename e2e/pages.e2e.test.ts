import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import type { Device, Person } from './support/device.js';
import { somebody } from './support/device.js';
import { type Site, startSite } from './support/site.js';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let site: Site;
const person: Person = somebody();
/** Runs of the person in the states that a page shows. */
const runs = { partial: '', failed: '', empty: '', running: '' };

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
  await device.page.waitForURL('/saved');

  // One that is there, one that is not.
  await device.follow(site.unfollowedCompany('greenhouse').address, 'open');
  await device.follow('https://jobs.lever.co/nobody-at-all', 'not_found');

  await site.hold('remotive');
  runs.running = await device.search('react developer', { boards: ['remotive', 'arbeitnow'] });
  await device.page.locator('[data-posting]').first().waitFor();
  await device.close();
});
afterAll(() => site?.stop());

interface Sight {
  name: string;
  visit: (device: Device) => Promise<unknown>;
}

const signedOut: Sight[] = [
  { name: 'landing', visit: ({ page }) => page.goto('/') },
  { name: 'sign in', visit: ({ page }) => page.goto('/sign-in') },
  { name: 'unsubscribe', visit: ({ page }) => page.goto(`/unsubscribe/${'0'.repeat(64)}`) },
  {
    name: 'sign up, refused',
    visit: async ({ page }) => {
      await page.goto('/sign-up');
      await page.getByRole('button', { name: 'Create account' }).click();
      await page.getByText('Enter your email address.').waitFor();
    },
  },
];

const signedIn: Sight[] = [
  {
    name: 'home, with a search under way',
    visit: async ({ page }) => {
      await page.goto('/');
      await page.locator(`[data-run="${runs.running}"]`).waitFor();
    },
  },
  {
    name: 'search form, open and refused',
    visit: async ({ page }) => {
      await page.goto('/');
      await page.getByText('Boards and unwanted words').click();
      await page.getByText('Save this search', { exact: true }).click();
      await page.getByRole('button', { name: 'Search the boards' }).click();
      await page.getByText('Enter the title of the job you look for.').waitFor();
    },
  },
  { name: 'run under way', visit: ({ page }) => page.goto(`/runs/${runs.running}`) },
  { name: 'run finished in part', visit: ({ page }) => page.goto(`/runs/${runs.partial}`) },
  { name: 'run, all filtered away', visit: ({ page }) => page.goto(`/runs/${runs.partial}?board=jobicy`) },
  { name: 'run failed', visit: ({ page }) => page.goto(`/runs/${runs.failed}`) },
  { name: 'run that found nothing', visit: ({ page }) => page.goto(`/runs/${runs.empty}`) },
  {
    name: 'run, with a job saved and every form about jobs open',
    visit: async ({ page }) => {
      await page.goto(`/runs/${runs.partial}`);
      const items = page.locator('[data-posting]');
      await items.nth(0).getByRole('button', { name: /^Save/ }).click();
      await page.locator('[data-told="done"]').waitFor();
      await items.nth(0).locator('summary').filter({ hasText: 'I applied' }).click();
      await items.nth(0).locator('summary').filter({ hasText: 'Note' }).click();
      await items.nth(1).locator('summary').filter({ hasText: 'Hide' }).click();
    },
  },
  { name: 'run, what is hidden of it', visit: ({ page }) => page.goto(`/runs/${runs.partial}?hidden=true`) },
  { name: 'saved jobs', visit: ({ page }) => page.goto('/jobs') },
  {
    name: 'applications',
    visit: async ({ page }) => {
      await page.goto('/jobs');
      const job = page.locator('[data-posting]').first();
      await job.locator('summary').filter({ hasText: 'I applied' }).click();
      await job.getByLabel('Note', { exact: true }).first().fill('By mail.\nAsk for Ada.');
      await job.getByRole('button', { name: 'Mark as applied' }).click();
      await page.locator('[data-applied]').waitFor();
      await page.goto('/jobs?show=applied');
      await page.locator('[data-note]').waitFor();
    },
  },
  {
    name: 'hidden jobs, companies and words',
    visit: async ({ page }) => {
      await page.goto('/jobs');
      await page.locator('summary').filter({ hasText: 'Hide' }).first().click();
      await page.getByRole('button', { name: 'Hide this job' }).first().click();
      await page.locator('[data-told="done"]').waitFor();
      await page.goto('/jobs?show=hidden');
      await page.getByRole('button', { name: /^Show this job again/ }).waitFor();
      await page.getByLabel('Hide jobs of the company').fill('Nobody’s Rather Long Company Name Ltd');
      await page.getByRole('button', { name: 'Hide this company' }).click();
      await page.locator('[data-term]').waitFor();
    },
  },
  { name: 'history', visit: ({ page }) => page.goto('/history') },
  { name: 'history, filtered away', visit: ({ page }) => page.goto('/history?status=cancelled&board=reed') },
  {
    name: 'history, searches selected',
    visit: async ({ page }) => {
      await page.goto('/history');
      await page.getByLabel('Select all on this page').check();
    },
  },
  {
    name: 'history, some could not be run again',
    visit: async ({ page }) => {
      await page.goto('/history');
      await page.getByRole('checkbox', { name: 'Select zymurgist' }).check();
      await page.route('**/history/act', (route) => route.fulfill({ status: 503 }));
      await page.getByRole('button', { name: 'Run again 1' }).click();
      await page.getByText('0 of 1 search started.').first().waitFor();
      await page.unroute('**/history/act');
    },
  },
  {
    name: 'history, help with the keys',
    visit: async ({ page }) => {
      await page.goto('/history');
      await page.getByRole('button', { name: 'Keys' }).waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'saved searches', visit: ({ page }) => page.goto('/saved') },
  {
    name: 'deleting a saved search',
    visit: async ({ page }) => {
      await page.goto('/saved');
      await page.getByRole('button', { name: /^Delete/ }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'companies', visit: ({ page }) => page.goto('/companies') },
  {
    name: 'companies, an address refused',
    visit: async ({ page }) => {
      await page.goto('/companies');
      await page.getByRole('button', { name: 'Follow', exact: true }).click();
      await page.getByText('Paste the address of a company’s jobs.').waitFor();
    },
  },
  {
    name: 'unfollowing a company',
    visit: async ({ page }) => {
      await page.goto('/companies');
      await page
        .getByRole('button', { name: /^Unfollow/ })
        .first()
        .click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'a company’s postings',
    visit: ({ page }) => page.goto(`/companies/greenhouse/${site.unfollowedCompany('greenhouse').token}`),
  },
  { name: 'a page that is not there', visit: ({ page }) => page.goto('/nowhere') },
];

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
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  return violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ html }) => html).join('\n')}`);
}

test('every page is accessible (WCAG 2.2 AA) in light and dark, fits a phone, and runs without complaints', async () => {
  const device = await site.device();
  const faults: string[] = [];
  for (const sight of signedOut) faults.push(...(await faultsOf(device, sight)));
  await device.signIn(person);
  for (const sight of signedIn) faults.push(...(await faultsOf(device, sight)));
  const newcomer = await site.device();
  await newcomer.signUp();
  const never: Sight = { name: 'history, never searched', visit: ({ page }) => page.goto('/history') };
  faults.push(...(await faultsOf(newcomer, never)));
  expect(faults).toEqual([]);
  expect(site.complaints()).toEqual([]);
  await Promise.all([device.close(), newcomer.close()]);
}, 300_000);

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

test('with the API away a page says so within the site, and comes back with it', async () => {
  const device = await site.device();
  await device.signIn(person);
  await site.stopApi();
  const response = await device.page.goto('/history');
  expect(response?.status()).toBe(503);
  await device.page.getByRole('heading', { name: 'The search service is away' }).waitFor();
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
