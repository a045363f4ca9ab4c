import { waitFor } from '../local/testing/wait-for.js';
import type { Device } from './support/device.js';
import { type Site, startSite } from './support/site.js';

const hour = 3_600_000;
const phone =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';

/** What the page's own timer shows, in seconds. */
async function timerSeconds({ page }: Device): Promise<number> {
  const text = await page.getByRole('main').getByRole('timer').first().innerText();
  const parts = (/[\d:]+/.exec(text)?.[0] ?? '').split(':').map(Number);
  return parts.reduce((sum, part) => sum * 60 + part, 0);
}

describe('a search goes on without the page that started it', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(() => site?.stop());
  afterEach(async () => {
    await site.calm();
    expect(site.complaints()).toEqual([]);
  });

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

  test('results fill in as boards finish, without a reload', async () => {
    await site.hold('remotive');
    const device = await site.device();
    await device.signUp();
    await device.search('developer', { boards: ['remotive', 'jobicy'] });
    await device.page.evaluate(() => document.body.setAttribute('data-same-page', 'yes'));

    await device.page.locator('[data-board="jobicy"][data-state="success"]').waitFor();
    await device.page.locator('[data-posting]').first().waitFor();
    const found = device.page.locator('[data-found]');
    const before = Number(await found.getAttribute('data-found'));
    expect(before).toBeGreaterThan(0);
    await device.page.locator('[data-board="remotive"][data-state="running"]').waitFor();

    site.boards.control.release();
    await device.sees('success');
    await waitFor(async () => Number(await found.getAttribute('data-found')) > before, {
      what: 'more to be found',
    });
    const total = `${await found.getAttribute('data-found')} postings`;
    await device.page.getByRole('heading', { name: total }).waitFor();
    expect(await device.page.getAttribute('body', 'data-same-page')).toBe('yes');
    await device.close();
  });

  test('the page says that it reconnects while the API is away, and catches up once it is back', async () => {
    await site.hold('remotive');
    const device = await site.device();
    await device.signUp();
    const id = await device.search('designer');
    await site.asked('remotive');
    await device.sees('running');

    await site.stopApi();
    await device.page.getByText('Reconnecting.').waitFor();
    site.boards.control.release();
    await site.runEnded(id);
    await site.startApi();
    await device.sees('success');
    await device.page.locator('[data-posting]').first().waitFor();
    await device.close();
  });

  test('a search that waits for a worker tells how long it has been queued, apart from how long it takes', async () => {
    await site.stopWorker();
    const device = await site.device();
    await device.signUp();
    await device.search('tester');
    await device.sees('pending');
    await device.page.getByText('Queued for').waitFor();
    await waitFor(async () => (await timerSeconds(device)) >= 2, { what: 'the timer to count' });

    await site.startWorker();
    await device.sees('success');
    await device.page.getByText(/^queued for \d/).waitFor();
    await device.page.getByText('Took').waitFor();
    await device.close();
  });

  test('a posting that is gone from its board stays among what was found, marked closed, and can be left out', async () => {
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
    await device.search('engineer', { boards: ['remotive'] });
    await device.sees('success');
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
});
