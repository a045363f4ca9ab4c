import type { Page } from 'playwright-core';
import type { Device, DeviceOptions, Person } from './support/device.js';
import { addPast, saveSearchOf } from './support/past-runs.js';
import { suiteSite } from './support/suite-site.js';

const site = suiteSite();

const row = (page: Page, id: string) => page.locator(`[data-run-row="${id}"]`);
const box = (page: Page, id: string) => row(page, id).getByRole('checkbox');
const rows = (page: Page) => page.locator('[data-run-row]');
const total = (page: Page, count: number) => page.locator(`[data-total="${count}"]`).waitFor();
const idsOf = (page: Page) =>
  rows(page).evaluateAll((items) => items.map((item) => item.getAttribute('data-run-row')));

/** The run whose row has the focus. */
const focused = (page: Page) =>
  page.evaluate(
    () => document.activeElement?.closest('[data-run-row]')?.getAttribute('data-run-row') ?? null,
  );
/** The address changes before the page does. */
const runShown = async (page: Page, id: string) => {
  await page.waitForURL(`/runs/${id}`);
  await page.locator('h2#results').waitFor();
};
const untilFocused = (page: Page, id: string) =>
  page.waitForFunction(
    (wanted) => document.activeElement?.closest('[data-run-row]')?.getAttribute('data-run-row') === wanted,
    id,
  );

async function personWith(
  past: number,
  options?: DeviceOptions,
): Promise<{ device: Device; page: Page; person: Person }> {
  const device = await site.device(options);
  const person = await device.signUp();
  // The home page would lead on to what ends while it is open.
  await device.go('/saved');
  if (past > 0) await addPast(site, person, past);
  return { device, page: device.page, person };
}

test('filters stand in the address, the total is told, and Back keeps filters and scroll', async () => {
  const { device, page, person } = await personWith(45);
  await site.breakBoard('jobicy', 'captcha');
  const partial = await device.search('engineer', { boards: ['remotive', 'jobicy'] });
  await site.runEnded(partial);

  await device.go('/history');
  await total(page, 46);
  expect(await rows(page).count()).toBe(20);
  await row(page, partial).getByText('Finished in part').waitFor();
  await row(page, partial).getByText('Jobicy: turned away').waitFor();
  await row(page, partial)
    .getByText(/By you, Chrome/)
    .waitFor();

  const filters = page.getByRole('form', { name: 'Filter the history' });
  const filter = (name: string) => filters.getByRole('combobox', { name, exact: true });
  await filter('What went wrong').selectOption('blocked');
  await page.waitForURL('/history?error=blocked');
  await filter('Board').selectOption('jobicy');
  await page.waitForURL('/history?board=jobicy&error=blocked');
  await filter('State').selectOption('partial');
  await filter('Started by').focus();
  await filter('Started by').selectOption('manual');
  await page.waitForURL(/status=partial&trigger=manual/);
  await total(page, 1);
  expect(await filter('Started by').evaluate((field) => field === document.activeElement)).toBe(true);
  const other = await device.context.newPage();
  await other.goto(page.url());
  expect(await idsOf(other)).toEqual([partial]);
  await other.close();

  await filter('State').selectOption('failed');
  await page.getByText('No search fits these filters').waitFor();
  await page.getByRole('link', { name: 'Clear the filters' }).click();
  await total(page, 46);

  const saved = await saveSearchOf(site, person, partial);
  await device.go('/history');
  await filter('Saved search').selectOption({ label: 'Mine' });
  await page.waitForURL(`/history?saved=${saved}`);
  await total(page, 1);
  await device.go('/history');

  // Pages by keyset, each run once; then back to where one was.
  await filter('Started by').selectOption('schedule');
  await total(page, 45);
  const first = await idsOf(page);
  await page.getByRole('link', { name: 'Older searches' }).click();
  await page.waitForURL(/cursor=/);
  await row(page, first[0] ?? '').waitFor({ state: 'detached' });
  await total(page, 45);
  const second = await idsOf(page);
  expect(new Set([...first, ...second]).size).toBe(40);

  const opened = second[12] ?? '';
  await row(page, opened).scrollIntoViewIfNeeded();
  const at = await page.evaluate(() => window.scrollY);
  expect(at).toBeGreaterThan(0);
  const address = page.url();
  await row(page, opened).getByRole('link').click();
  await runShown(page, opened);
  await page.goBack();
  await page.waitForURL(address);
  await row(page, opened).waitFor();
  await page.waitForFunction((y) => window.scrollY === y, at);
  await untilFocused(page, opened);
  expect(await idsOf(page)).toEqual(second);
  await row(page, opened).getByRole('link').click();
  await runShown(page, opened);
  await page.getByRole('link', { name: 'All searches' }).click();
  await page.waitForURL(address);
  await untilFocused(page, opened);

  // A day is the person's own; what was created on it is in it.
  await device.go('/history');
  const [created] = await site.stack.sql`
    select (created_at at time zone 'Europe/London')::date::text as day from search_runs where id = ${partial}`;
  await filters.getByLabel('From', { exact: true }).fill(created?.day);
  await page.waitForURL((url) => url.searchParams.get('zone') === 'Europe/London');
  await row(page, partial).waitFor();
  await filters.getByLabel('To', { exact: true }).fill('2020-01-01');
  await page.getByText('The first day is after the last').waitFor();
  await device.close();
});

test('several are cancelled and run again at once, within the limit, and none is lost', async () => {
  await site.hold('remotive');
  const { device, page } = await personWith(25);
  const active = await device.search('developer', { boards: ['remotive'] });
  await site.asked('remotive');
  await device.go('/history');
  const listed = await idsOf(page);
  const ended = listed.filter((id) => id !== active).slice(0, 4) as string[];
  for (const id of [active, ...ended.slice(0, 3)]) await box(page, id).check();
  await page.getByText('4 selected').waitFor();

  // The selection stays over pages.
  await page.getByRole('link', { name: 'Older searches' }).click();
  await page.waitForURL(/cursor=/);
  await page.getByText('4 selected').waitFor();
  await page.getByRole('link', { name: 'Newest searches' }).click();
  await page.waitForURL('/history');
  await box(page, ended[3] ?? '').check();

  // One goes on already, and three may at once: two of the four start.
  const bar = page.getByRole('form', { name: 'The selected searches' });
  // The second one is kept back until the page has told of the first.
  let letGo = () => {};
  const progressSeen = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let asked = 0;
  await page.route('**/history/act', async (route) => {
    if (++asked === 2) await progressSeen;
    await route.continue();
  });
  await bar.getByRole('button', { name: 'Run again 4' }).click();
  await bar.getByText('Starting: 1 of 4 done.').first().waitFor();
  expect(await bar.getByRole('progressbar').getAttribute('value')).toBe('1');
  letGo();
  await bar.getByText('2 of 4 searches started.').first().waitFor();
  const told = await bar.innerText();
  expect(told).toContain('Wait for one to finish, or cancel one');
  expect(told).toContain('2 searches stay selected');
  for (const [id, checked] of [[active, true], ...ended.map((each, n) => [each, n >= 2] as const)] as const)
    expect(await box(page, id).isChecked()).toBe(checked);
  await total(page, 28);

  await bar.getByRole('button', { name: 'Clear' }).click();
  await page.getByLabel('Select all on this page').check();
  await bar.getByRole('button', { name: 'Cancel 3' }).click();
  await bar.getByText('3 of 3 searches cancelled.').first().waitFor();
  await bar.getByText('17 selected').waitFor();
  await page.waitForFunction(
    () => document.querySelectorAll('[data-run-row] [name=intent][value=cancel]').length === 0,
  );
  await device.close();
});

test('a run that ended meanwhile is told by name, and the others are done', async () => {
  await site.hold('remotive');
  const { device, page } = await personWith(0);
  const first = await device.search('first developer', { boards: ['remotive'] });
  const second = await device.search('second developer', { boards: ['remotive'] });
  await device.go('/history');
  await page.getByLabel('Select all on this page').check();
  // The page does not hear of it: its stream is cut off.
  await device.context.route('**/events', (route) => route.abort());
  await page.reload();
  await page.getByLabel('Select all on this page').check();
  await device.context.request.post(`/runs/${first}`, { form: { intent: 'cancel' } });
  site.boards.control.release();
  await site.runEnded(first);
  await site.hold('remotive');
  const bar = page.getByRole('form', { name: 'The selected searches' });
  await bar.getByRole('button', { name: 'Cancel 2' }).click();
  await bar
    .getByText(/of 2 searches cancelled/)
    .first()
    .waitFor();
  await bar.getByText('first developer: It is cancelled already.').waitFor();
  expect(await box(page, first).isChecked()).toBe(true);
  expect(second).not.toBe(first);
  await device.close();
});

test('keys walk the list, and rest in fields, in dialogs and where they are turned off', async () => {
  const { device, page } = await personWith(5);
  await device.go('/history');
  const ids = await idsOf(page);
  await page.getByRole('button', { name: 'Keys' }).waitFor();
  await page.keyboard.press('j');
  expect(await focused(page)).toBe(ids[0]);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  expect(await focused(page)).toBe(ids[1]);
  const outline = () => page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle);
  expect(await outline()).toBe('solid');
  await page.keyboard.press('x');
  await page.getByText('1 selected').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('1 selected').waitFor({ state: 'detached' });

  await page.keyboard.press('/');
  const state = page.getByLabel('State');
  expect(await state.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.press('?');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  await page.keyboard.press('j');
  expect(await focused(page)).toBeNull();
  await page.getByLabel('Use these keys on this device').uncheck();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('j');
  expect(await focused(page)).toBeNull();

  await page.getByRole('button', { name: 'Keys' }).click();
  await page.getByLabel('Use these keys on this device').check();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  // It gives the focus back a moment after it is gone.
  await page.waitForFunction(() => document.activeElement?.textContent === 'Keys');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('o');
  await runShown(page, ids[1] ?? '');
  await page.goBack();
  await untilFocused(page, ids[1] ?? '');
  await page.keyboard.press('j');
  expect(await focused(page)).toBe(ids[2]);
  await device.close();
});

test('runs stand under their days, with the moment and its zone on hover, as it is where the person is', async () => {
  const timeZone = 'Asia/Kolkata';
  const { device, page, person } = await personWith(6, { timeZone, width: 375 });
  const days = await site.stack.sql`
    select array_agg(r.id::text order by r.created_at desc) as ids
    from search_runs r join auth.users u on u.id = r.user_id
    where u.email = ${person.email}
    group by (r.created_at at time zone ${timeZone})::date order by max(r.created_at) desc`;
  await device.go('/history');
  const sections = page.getByRole('main').locator('section');
  // The zone is known once scripts run.
  await rows(page).locator('time[title$="GMT+5:30"], time[title$="IST"]').first().waitFor();
  const shown = await sections.evaluateAll((each) =>
    each.map((section) =>
      [...section.querySelectorAll('[data-run-row]')].map((item) => item.getAttribute('data-run-row')),
    ),
  );
  expect(shown).toEqual(days.map(({ ids }) => ids));
  const headings = await sections.getByRole('heading').allInnerTexts();
  for (const heading of headings) expect(heading).toMatch(/^(Today|Yesterday|\w+day \d{1,2} \w+( \d{4})?)$/);
  const titles = await rows(page)
    .locator('time')
    .evaluateAll((times) => times.map((time) => time.getAttribute('title')));
  for (const title of titles) expect(title).toMatch(/^\d{1,2} \w+ \d{4}, \d\d:\d\d (GMT\+5:30|IST)$/);
  // The home page tells how long ago.
  await device.go('/');
  const recent = page
    .getByRole('main')
    .getByRole('link', { name: /past search/ })
    .first()
    .locator('time');
  expect(await recent.innerText()).toMatch(/ago$|^yesterday$/);
  expect(await recent.getAttribute('title')).toMatch(/(GMT\+5:30|IST)$/);
  await device.close();
});
