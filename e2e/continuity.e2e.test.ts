// A search goes on without the page that started it.
import type { Page } from 'playwright-core';
import { waitFor } from '../local/testing/wait-for.js';
import { duration } from '../web/app/format/time.js';
import type { Device } from './support/device.js';
import { suiteSite } from './support/suite-site.js';

const hour = 3_600_000;
const phone =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';

/** What the page's own timer shows, in seconds. */
async function timerSeconds({ page }: Device): Promise<number> {
  const text = await page.getByRole('main').getByRole('timer').first().innerText();
  const parts = (/[\d:]+/.exec(text)?.[0] ?? '').split(':').map(Number);
  return parts.reduce((sum, part) => sum * 60 + part, 0);
}

const row = (page: Page, id: string) => page.locator(`[data-run-row="${id}"]`);

const site = suiteSite();

test('close the page in mid-search and come back: it shows how long it has been going, then results', async () => {
  await site.hold('remotive');
  const device = await site.device();
  await device.signUp();
  const id = await device.search('react developer');
  await site.asked('remotive');
  await device.sees('running');
  await device.page.close();

  const page = await device.context.newPage();
  await page.goto('/');
  const card = page.locator(`[data-run="${id}"]`);
  await card.getByRole('complementary', { name: 'Job search insight' }).waitFor();
  await card.getByRole('timer').waitFor();
  await card.getByRole('heading', { name: 'react developer' }).waitFor();

  site.boards.control.release();
  await page.waitForURL(`/runs/${id}`);
  await page.locator('[data-status="success"]').waitFor();
  await page.locator('[data-posting]').first().waitFor();
  await device.close();
});

test('start on a phone, go on at a computer: the same search, the same time, then the same results', async () => {
  await site.hold('jobicy');
  const phoneDevice = await site.device({ userAgent: phone, width: 375 });
  const person = await phoneDevice.signUp();
  const id = await phoneDevice.search('data engineer');
  await site.asked('jobicy');
  await phoneDevice.sees('running');
  await phoneDevice.close();

  const computer = await site.device();
  await computer.signIn(person);
  await computer.go('/history');
  const pill = computer.page.getByRole('link', { name: 'Search under way: data engineer' });
  await pill.waitFor();
  expect(await computer.page.getByRole('main').innerText()).toContain('Chrome on Android phone');
  await pill.click();
  await computer.page.waitForURL(`/runs/${id}`);

  const startedAt = (await site.run(id)).started_at?.getTime() ?? Number.NaN;
  await waitFor(async () => (await timerSeconds(computer)) >= 2, { what: 'the timer to count' });
  const shown = await timerSeconds(computer);
  expect(shown).toBeLessThanOrEqual((Date.now() - startedAt) / 1000 + 1);

  // The same search from here is that one.
  expect(await computer.search('Data engineer')).toBe(id);
  await computer.page.getByText('This search was under way already').waitFor();
  await computer.page.getByText('by you, Chrome on Android phone').waitFor();

  site.boards.control.release();
  await computer.sees('success');
  await pill.waitFor({ state: 'detached' });
  await computer.page.locator('[data-posting]').first().waitFor();
  await computer.close();
});

test('a search that starts or ends elsewhere shows in the header of a page that is open', async () => {
  await site.hold('jobicy');
  const here = await site.device();
  const person = await here.signUp();
  await here.go('/saved');
  const there = await site.device();
  await there.signIn(person);
  const id = await there.search('product designer');

  const pill = here.page.getByRole('link', { name: 'Search under way: product designer' });
  await pill.waitFor();
  site.boards.control.release();
  await pill.waitFor({ state: 'detached' });
  await here.page.getByRole('link', { name: 'See what it found' }).click();
  await here.page.waitForURL(`/runs/${id}`);
  await Promise.all([here.close(), there.close()]);
});

test.each([
  ['ahead', hour],
  ['behind', -hour],
])('the timer is right on a device whose clock is an hour %s', async (_direction, clockOffByMs) => {
  await site.hold('remotive');
  const device = await site.device({ clockOffByMs });
  await device.signUp();
  const id = await device.search('backend developer');
  await site.asked('remotive');
  await device.sees('running');
  expect(
    await device.page.evaluate(() => Math.round((Date.now() - performance.timeOrigin) / 3_600_000)),
  ).toBe(clockOffByMs / hour);

  const startedAt = (await site.run(id)).started_at?.getTime() ?? Number.NaN;
  await waitFor(async () => (await timerSeconds(device)) >= 2, { what: 'the timer to count' });
  expect(await timerSeconds(device)).toBeLessThanOrEqual((Date.now() - startedAt) / 1000 + 1);
  await device.page.reload();
  await waitFor(async () => (await timerSeconds(device)) >= 3, { what: 'the timer to go on' });
  expect(await timerSeconds(device)).toBeLessThanOrEqual((Date.now() - startedAt) / 1000 + 1);

  site.boards.control.release();
  await device.sees('success');
  await device.close();
});

test('a search that waits for a worker tells how long it has been queued, apart from how long it takes', async () => {
  await site.stopWorker();
  const device = await site.device();
  const { page } = device;
  await device.signUp();
  const unwanted = await device.search('plumber', { boards: ['remotive'] });
  await device.sees('pending');
  await page.locator('[data-board="remotive"][data-state="queued"]').getByText('Waiting its turn').waitFor();
  await page.getByRole('button', { name: 'Cancel search' }).click();
  await device.sees('cancelled');
  expect(await page.locator('[data-board="remotive"]').getAttribute('data-state')).toBe('cancelled');
  expect((await site.run(unwanted)).started_at).toBeNull();

  const id = await device.search('tester');
  await device.sees('pending');
  await page.getByText('Queued for').waitFor();
  await waitFor(async () => (await timerSeconds(device)) >= 2, { what: 'the timer to count' });

  await site.startWorker();
  await device.sees('success');
  await page.getByText(/^queued for \d/).waitFor();
  const { started_at, completed_at } = await site.run(id);
  const took = duration(Number(completed_at) - Number(started_at));
  await page
    .getByRole('main')
    .getByRole('timer', { name: `Took ${took}`, exact: true })
    .waitFor();
  await device.close();
});

test('cancelling from the history shows at once there and on another device, and what was found stays', async () => {
  await site.hold('remotive');
  const device = await site.device();
  const { page } = device;
  const person = await device.signUp();
  await device.go('/history');
  await page.getByText('No searches yet').waitFor();
  const id = await device.search('developer', { boards: ['remotive', 'jobicy'] });
  await site.asked('remotive');
  await page.locator('[data-board="jobicy"][data-state="success"]').waitFor();

  const other = await site.device({ width: 375 });
  await other.signIn(person);
  await other.go('/history?status=running');
  await row(other.page, id).getByText('Searching').waitFor();

  await device.go('/history');
  await row(page, id)
    .getByRole('button', { name: /^Cancel/ })
    .click();
  await page.locator(`[data-run-row="${id}"][data-status="cancelled"]`).waitFor();
  await row(other.page, id).getByText('Cancelled', { exact: true }).waitFor();
  await row(page, id)
    .getByText(/until cancelled/)
    .waitFor();
  await Promise.all([device.close(), other.close()]);
});

test('a device that opens a run being cancelled sees “Cancelling…” before it has ended', async () => {
  // With the worker away a run that has begun goes nowhere, and stays as it was asked.
  await site.stopWorker();
  const device = await site.device();
  const { page } = device;
  const person = await device.signUp();
  const id = await device.search('developer', { boards: ['remotive'] });
  const known = { remotive: { kind: 'feed', freshSeconds: 0, availability: 'ready' } };
  await site.stack.sql`select start_search_run(${id}, ${site.stack.sql.json(known)})`;
  const other = await site.device();
  await other.signIn(person);
  await other.go('/history');
  await row(other.page, id).getByText('Searching').waitFor();
  await page.getByRole('button', { name: 'Cancel search' }).click();
  await page.getByRole('button', { name: 'Cancelling…' }).waitFor();
  await row(other.page, id).getByText('Cancelling…').first().waitFor();
  expect((await other.context.request.post(`/runs/${id}`, { form: { intent: 'cancel' } })).status()).toBe(
    200,
  );
  await device.go(`/runs/${id}`);
  expect(await page.getByRole('button', { name: 'Cancelling…' }).isDisabled()).toBe(true);
  await site.startWorker();
  await device.sees('cancelled');
  await row(other.page, id).getByText('Cancelled', { exact: true }).waitFor();
  await Promise.all([device.close(), other.close()]);
});

test('the next run marks what is new; a posting that is gone stays among what was found, marked closed', async () => {
  const { sql } = site.stack;
  const device = await site.device();
  const { page } = device;
  await device.signUp();
  const id = await device.search('engineer', { boards: ['remotive'] });
  await device.sees('success');
  const { jobs_found: found } = await site.run(id);
  const closed = page.locator('[data-posting][data-closed]');
  expect(await closed.count()).toBe(0);

  // Some sample jobs are filled within a day; the next search reads the board's list without them.
  site.boards.control.advanceClock(21 * hour);
  await sql`delete from source_syncs where source = 'remotive'`;
  const firstSeen = () =>
    sql`select posting_id, first_seen_at from seen_postings where run_id = ${id} order by 1`;
  const seen = await firstSeen();
  const later = await device.search('engineer', { boards: ['remotive'] });
  await device.sees('success');

  // “New” is what has come since, however often the rest is found again.
  const { jobs_new: fresh } = await site.run(later);
  expect(fresh).toBeGreaterThan(0);
  expect(await firstSeen()).toEqual(seen);
  await page.getByLabel('Only new').check();
  await page
    .getByRole('heading', { name: new RegExp(`^${fresh} postings? that fit the filters$`) })
    .waitFor();
  const badges = page.locator('[data-posting]').getByText('New', { exact: true });
  expect(await badges.count()).toBe(Math.min(20, fresh ?? 0));
  const newOnes = await page
    .locator('[data-posting]')
    .evaluateAll((items) => items.map((item) => item.getAttribute('data-posting')));
  expect(seen.filter(({ posting_id }) => newOnes.includes(posting_id))).toEqual([]);
  const gone = await sql`
  select p.title from search_run_results r join postings p on p.id = r.posting_id
  where r.run_id = ${id} and p.closed_at is not null`;
  expect(gone.length).toBeGreaterThan(0);

  await device.go(`/runs/${id}`);
  const shown = page.locator('[data-posting]');
  for (let count = 20; count < (found ?? 0); count += 20) {
    await shown.nth(count - 1).waitFor();
    await page.getByRole('link', { name: 'Show more' }).click();
  }
  await shown.nth((found ?? 0) - 1).waitFor();
  expect(await shown.count()).toBe(found);
  expect((await closed.locator('h3').allTextContents()).sort()).toEqual(
    gone.map(({ title }) => title).sort(),
  );
  await closed.first().getByText('Closed today').waitFor();
  const title = closed.first().getByRole('heading').getByRole('link');
  expect(await title.evaluate((link) => getComputedStyle(link).textDecorationLine)).toBe('line-through');

  await page.getByLabel('Only open').check();
  await page.waitForURL(/onlyOpen=true/);
  const open = (found ?? 0) - gone.length;
  await page.getByRole('heading', { name: `${open} postings that fit the filters` }).waitFor();
  expect(await closed.count()).toBe(0);
  await page.getByRole('link', { name: 'Clear' }).click();
  await page.getByRole('heading', { name: `${found} postings`, exact: true }).waitFor();
  await device.close();
});
