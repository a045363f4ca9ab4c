import type { Device } from './device.js';
import type { Site } from './site.js';

/** A page as somebody may come to see it. */
export interface Sight {
  name: string;
  visit: (device: Device) => Promise<unknown>;
}

/** Of somebody who is not signed in. */
export const signedOut: Sight[] = [
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

/** A person's runs by the state that they are in; `empty` found nothing. */
export type RunInEachState = Record<
  'pending' | 'running' | 'partial' | 'failed' | 'cancelled' | 'empty',
  string
>;

/** Of a person with such runs, one after the other: some leave something behind that a later one shows. */
export const signedIn = (site: Site, runs: RunInEachState): Sight[] => [
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
  { name: 'run that waits', visit: ({ page }) => page.goto(`/runs/${runs.pending}`) },
  { name: 'run under way', visit: ({ page }) => page.goto(`/runs/${runs.running}?joined=true`) },
  {
    name: 'run under way, not heard of any more',
    visit: async ({ page }) => {
      await page.route('**/events', (route) => route.abort());
      await page.goto(`/runs/${runs.running}`);
      await page.locator('[data-stale]').waitFor();
    },
  },
  {
    name: 'saved searches, with a search not heard of any more',
    visit: async ({ page }) => {
      await page.goto('/saved');
      await page.getByRole('banner').locator('[data-stale]').waitFor();
      await page.unroute('**/events');
    },
  },
  { name: 'run cancelled', visit: ({ page }) => page.goto(`/runs/${runs.cancelled}`) },
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
  {
    name: 'history, filtered',
    visit: async ({ page }) => {
      await page.goto('/history?status=partial&trigger=manual&board=jobicy&error=blocked&from=2020-01-01');
      await page.locator('[data-total="1"]').waitFor();
    },
  },
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
  {
    name: 'schedule of a saved search, refused',
    visit: async ({ page }) => {
      await page.goto('/saved');
      await page.getByRole('link', { name: /^Schedule/ }).click();
      await page.getByLabel('At times of its own').check();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Enter at least one time').waitFor();
    },
  },
  {
    name: 'settings, refused',
    visit: async ({ page }) => {
      await page.goto('/settings');
      await page.getByLabel('From').fill('22:00');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Give both times').waitFor();
    },
  },
  {
    name: 'revoking the unsubscribe link',
    visit: async ({ page }) => {
      await page.goto('/settings');
      await page.getByRole('button', { name: /^Revoke the link/ }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'deleting the account, refused',
    visit: async ({ page }) => {
      await page.goto('/settings/delete-account');
      await page.getByLabel('Your password').fill('not the password');
      await page.getByRole('button', { name: 'Delete my account' }).click();
      await page.getByText('This is not the password of your account.').waitFor();
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
  {
    name: 'companies, and a search has ended elsewhere',
    visit: async ({ page }) => {
      await page.goto('/companies');
      await page.getByRole('link', { name: '2 searches under way' }).waitFor();
      await site.stack.sql`select finish_search_run(${runs.pending}, 'cancelled')`;
      await page.getByRole('link', { name: 'See what happened' }).waitFor();
    },
  },
];

/** Of an admin, with the runs of everybody. */
export const admins: Sight[] = [
  { name: 'admin', visit: ({ page }) => page.goto('/admin') },
  { name: 'admin, thirty days', visit: ({ page }) => page.goto('/admin?window=30d') },
  { name: 'everybody’s runs', visit: ({ page }) => page.goto('/admin/runs') },
  {
    name: 'everybody’s runs, filtered away',
    visit: ({ page }) => page.goto('/admin/runs?status=failed&board=reed'),
  },
];

export const newcomers: Sight[] = [
  '/',
  '/saved',
  '/jobs',
  '/jobs?show=applied',
  '/companies',
  '/history',
].map((path) => ({ name: `${path} of somebody who never searched`, visit: ({ page }) => page.goto(path) }));
