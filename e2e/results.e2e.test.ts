import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'playwright-core';
import { waitFor } from '../local/testing/wait-for.js';
import type { ResultList } from '../web/app/api/types.js';
import { suiteSite } from './support/suite-site.js';

const site = suiteSite();

/** The postings of the list, from its top. */
const shown = (page: Page) =>
  page
    .locator('[data-posting]')
    .evaluateAll((items) => items.map((item) => item.getAttribute('data-posting')));

test('more results come at the end of the list, none twice, and filters stand in the address', async () => {
  const device = await site.device();
  const { page } = device;
  await device.signUp();
  const id = await device.search('engineer');
  await device.sees('success');
  await page.getByText(/^20 of \d+ shown$/).waitFor();
  await page.getByRole('link', { name: 'Show more' }).click();
  await page.getByText(/^40 of \d+ shown$/).waitFor();
  expect(new Set(await shown(page)).size).toBe(40);

  await page.getByRole('combobox', { name: 'Board' }).selectOption('jobicy');
  await page.waitForURL(/board=jobicy/);
  await page.getByText('that fit the filters').waitFor();
  await page.getByLabel('With stated pay').check();
  await page.waitForURL(/withSalary=true/);
  const filtered = page.url();
  const other = await device.context.newPage();
  let letIn = () => {};
  const scripts = new Promise<void>((resolve) => (letIn = resolve));
  await other.route(/entry\.client/, (route) => scripts.then(() => route.continue()));
  await other.goto(filtered, { waitUntil: 'commit' });
  expect(await other.getByRole('combobox', { name: 'Board' }).inputValue()).toBe('jobicy');
  expect(await other.getByLabel('With stated pay').isChecked()).toBe(true);
  // A click that begins before the page's scripts take over, and ends after, counts.
  await other.getByRole('link', { name: 'Clear' }).hover();
  await other.mouse.down();
  letIn();
  await other.getByRole('button', { name: 'Apply' }).waitFor({ state: 'detached' });
  await other.mouse.up();
  await other.waitForURL(`/runs/${id}`);
  await device.close();
});

test.each([1280, 375])(
  'the end of a list stays where it is for whoever jumps to it, %d px wide',
  async (width) => {
    const device = await site.device({ width });
    const { page } = device;
    await device.signUp();
    const id = await device.search('engineer');
    await device.sees('success');
    await device.go(`/runs/${id}`);
    // Without going there: rows so far down have not been laid out.
    const more = page.getByRole('link', { name: 'Show more' });
    await more.dispatchEvent('click');
    await page.getByText(/^40 of \d+ shown$/).waitFor();
    // In pixels, from the moment of the jump until the rows near the end have been laid out, some frames on.
    const tops = await more.evaluate(async (link) => {
      link.scrollIntoView({ block: 'center' });
      const seen = [link.getBoundingClientRect().top];
      for (let frame = 0; frame < 10; frame++) {
        await new Promise(requestAnimationFrame);
        seen.push(link.getBoundingClientRect().top);
      }
      return seen;
    });
    expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(2);
    await device.close();
  },
);

test('a board that more fits of than a search keeps is named, whether it was asked or its postings were fresh', async () => {
  const { sql } = site.stack;
  const device = await site.device();
  const { page } = device;
  await device.signUp();
  await sql`update service_limits set value = 30 where name = 'postings_ranked'`;
  try {
    const boards = ['remotive', 'jobicy'];
    const note = page.getByText(/^So much fits on Jobicy and Remotive that only the newest are kept/);
    for (const fresh of [false, true]) {
      if (!fresh) await sql`delete from source_syncs`;
      await page.goto('/');
      const id = await device.search('engineer', { boards });
      await device.sees('success');
      await note.waitFor();
      const pages = await sql`select sum(page) as pages from search_run_boards where run_id = ${id}`;
      expect(Number(pages[0]?.pages) === 0).toBe(fresh);
      // More than are ranked at once: each board has as many.
      expect((await site.run(id)).jobs_found).toBeGreaterThan(30);
    }
  } finally {
    await sql`update service_limits set value = 500 where name = 'postings_ranked'`;
  }
  await device.close();
});

describe('what is found while the next page is on its way leaves nothing out', () => {
  /** The list of a search that two boards have yet to answer: with the one the list is read anew, and then no more. */
  async function searching() {
    const late = ['arbeitnow', 'remotive'] as const;
    for (const board of late) await site.hold(board);
    const device = await site.device();
    const { page } = device;
    await device.signUp();
    const others = ['remoteok', 'jobicy'];
    const id = await device.search('engineer', { boards: [...late, ...others] });
    for (const board of late) await site.asked(board);
    const told = (board: string) => page.locator(`[data-board="${board}"][data-state="success"]`).waitFor();
    for (const board of others) await told(board);
    await page.getByText(/^20 of \d+ shown$/).waitFor();
    const letAnswer = async () => {
      site.boards.control.release('www.arbeitnow.com');
      await told('arbeitnow');
    };
    return { device, page, id, letAnswer };
  }

  /** What the page asks of its list from now on, as far as `held` says, is answered when it is let go. */
  async function hold(page: Page, held: (query: URLSearchParams) => boolean) {
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    let answers = 0;
    await page.route(
      ({ pathname, searchParams }) => pathname.endsWith('/results') && held(searchParams),
      async (route) => {
        const response = await route.fetch();
        answers += 1;
        await gate;
        await route.fulfill({ response });
      },
    );
    return { letGo, answered: () => waitFor(() => answers > 0, { what: 'the list to be asked for' }) };
  }

  /** Waits until the list is the first forty of what there is now. */
  const isWhole = (page: Page, id: string) =>
    waitFor(
      async () => {
        const answer = await page.request.get(`/runs/${id}/results?limit=40`);
        const { items } = (await answer.json()) as ResultList;
        return isDeepStrictEqual(
          await shown(page),
          items.map(({ postingId }) => postingId),
        );
      },
      { what: 'the first forty to be shown' },
    );

  test('when the list is read anew before it arrives', async () => {
    const { device, page, id, letAnswer } = await searching();
    const before = await shown(page);
    const { letGo, answered } = await hold(page, (query) => query.has('cursor'));
    await page.getByRole('link', { name: 'Show more' }).click();
    await answered();
    await letAnswer();
    await waitFor(async () => !isDeepStrictEqual(await shown(page), before), { what: 'what was found last' });
    letGo();
    await isWhole(page, id);
    await device.close();
  });

  test('when it arrives before the list that was read anew', async () => {
    const { device, page, id, letAnswer } = await searching();
    const { letGo, answered } = await hold(page, (query) => !query.has('cursor'));
    await letAnswer();
    await answered();
    await page.getByRole('link', { name: 'Show more' }).click();
    await page.getByText(/^40 of \d+ shown$/).waitFor();
    letGo();
    await isWhole(page, id);
    await device.close();
  });
});
