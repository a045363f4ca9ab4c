import { waitFor } from '../local/testing/wait-for.js';
import { withoutTriggers } from '../supabase/tests/without-triggers.js';
import type { Device } from './support/device.js';
import { suiteSite } from './support/suite-site.js';

const site = suiteSite();

/** A page is in UTC until its scripts know where its device is. */
const today = (timeZone: 'UTC' | 'Europe/London') =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(Date.now());

/** The result at a place of the list, with what can be done with it; it stays that one wherever it moves. */
async function resultAt({ page }: Device, n: number) {
  const id = (await page.locator('[data-posting]').nth(n).getAttribute('data-posting')) ?? '';
  const item = page.locator(`[data-posting="${id}"]`);
  return {
    id,
    item,
    title: (await item.locator('h3').innerText()).trim(),
    company: (await item.locator('li', { hasText: 'Company:' }).locator('.font-semibold').innerText()).trim(),
    open: (name: RegExp) => item.locator('summary').filter({ hasText: name }).click(),
    press: (name: RegExp | string) => item.getByRole('button', { name }).click(),
  };
}
const told = ({ page }: Device, words: RegExp | string) =>
  page.getByRole('status').getByText(words).waitFor();
/** Waits until the page says that more is hidden than so many, and tells how many. */
async function moreHidden({ page }: Device, before: number): Promise<number> {
  const count = async () => Number(await page.locator('[data-hidden]').getAttribute('data-hidden'));
  await waitFor(async () => (await count()) > before, { what: `more than ${before} to be hidden` });
  return count();
}
const found = async ({ page }: Device) =>
  Number(await page.locator('[data-found]').first().getAttribute('data-found'));

test('save a job, say when it was applied for, note something; all of it is there on another device, closed or not', async () => {
  const device = await site.device();
  const { page } = device;
  const person = await device.signUp();
  const run = await device.search('react developer', { boards: ['remotive', 'arbeitnow'] });
  await site.runEnded(run);
  await device.go(`/runs/${run}`);
  await page.getByText('This is the first run of this search, so everything is new.').waitFor();
  expect(await page.locator('[data-posting]').getByText('New', { exact: true }).count()).toBe(20);

  const first = await resultAt(device, 0);
  const { id, title } = first;
  await first.press(/^Save/);
  await told(device, `Saved: ${title}`);
  await first.item.locator('[data-saved]').waitFor();
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await first.item.getByRole('button', { name: `Save ${title}` }).waitFor();
  await first.press(/^Save/);
  await first.item.locator('[data-saved]').waitFor();

  await first.open(/I applied/);
  expect(await first.item.getByLabel('Applied on').inputValue()).toBe(today('Europe/London'));
  await first.item.getByLabel('Applied on').fill('2026-01-31');
  await first.item.getByLabel('Note', { exact: true }).first().fill('Sent by mail.\nAsk for Ada.');
  await first.press('Mark as applied');
  await first.item.getByText('Applied 31 January 2026').waitFor();
  await first.item.getByText('Ask for Ada.').first().waitFor();
  await site.stack.sql`update postings set closed_at = now() - interval '2 days' where id = ${id}`;

  const phone = await site.device({ width: 375 });
  await phone.signIn(person);
  await phone.page.getByRole('link', { name: 'Jobs', exact: true }).click();
  await phone.page.locator(`[data-posting="${id}"][data-closed]`).waitFor();
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
  await phone.page.getByRole('link', { name: /^Applied/ }).click();
  await phone.page.waitForURL('/jobs?show=applied');
  const there = await resultAt(phone, 0);
  await there.item.getByText('Applied 31 January 2026').waitFor();

  await there.open(/^Note/);
  await there.item.getByLabel('Note', { exact: true }).last().fill('Called back.');
  await there.press('Save the note');
  await there.item.locator('[data-note]', { hasText: 'Called back.' }).waitFor();
  await told(phone, `Noted on: ${title}`);
  await phone.page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await there.item.locator('[data-note]', { hasText: 'Ask for Ada.' }).waitFor();

  // Off the list, and back with its day and its note.
  await there.open(/Applied 31/);
  await there.press('I have not applied');
  await phone.page.getByText('No applications yet').waitFor();
  await phone.page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await there.item.getByText('Applied 31 January 2026').waitFor();
  await there.item.locator('[data-note]', { hasText: 'Ask for Ada.' }).waitFor();
  await Promise.all([device.close(), phone.close()]);
});

test('hide a job, a company and a word: gone at once and from the next run’s counts, shown with why, and taken back', async () => {
  const device = await site.device();
  const { page } = device;
  await device.signUp();
  const run = await device.search('developer', { boards: ['remotive', 'arbeitnow'] });
  await site.runEnded(run);
  await device.go(`/runs/${run}`);
  const all = await found(device);
  const first = await resultAt(device, 0);
  const { id, title } = first;

  // By keyboard: what is hidden leaves, and the focus is on what brings it back.
  const hide = first.item.locator('summary').filter({ hasText: /^Hide/ });
  await hide.press('Enter');
  await first.item.getByRole('button', { name: 'Hide this job' }).waitFor();
  await page.keyboard.press('Escape');
  expect(await hide.evaluate((element) => element === document.activeElement)).toBe(true);
  await hide.press('Enter');
  await first.item.getByRole('button', { name: 'Hide this job' }).press('Enter');
  await page.locator(`[data-posting="${id}"]`).waitFor({ state: 'detached' });
  const undo = page.getByRole('status').getByRole('button', { name: 'Undo' });
  await page.waitForFunction(() => document.activeElement?.textContent === 'Undo');
  await page.locator('[data-hidden="1"]').waitFor();
  await undo.press('Enter');
  await page.locator(`[data-posting="${id}"]`).waitFor();
  await page.locator('[data-hidden]').waitFor({ state: 'detached' });

  await first.open(/^Hide/);
  await first.press('Hide this job');
  await told(device, `Hidden: ${title}`);
  await page.locator('[data-hidden="1"]').waitFor();

  const second = await resultAt(device, 0);
  const { company } = second;
  await second.open(/^Hide/);
  await second.press(`Hide all jobs of ${company}`);
  await told(device, `Hidden: all jobs of ${company}`);
  const withCompany = await moreHidden(device, 1);
  expect(
    await page.locator('[data-posting]', { has: page.getByText(company, { exact: true }) }).count(),
  ).toBe(0);

  const third = await resultAt(device, 0);
  await third.open(/^Hide/);
  await third.item.getByLabel('Hide jobs with the word').fill('Senior');
  await third.item.getByRole('button', { name: 'Hide this word' }).click();
  await told(device, 'Hidden: jobs with the word Senior');
  const hidden = await moreHidden(device, withCompany);
  for (const shown of await device.results()) expect(shown).not.toMatch(/\bSenior\b/i);

  // The next run has none of it, in any of its counts.
  await page.getByRole('button', { name: 'Run again' }).click();
  await page.waitForURL((url) => url.pathname.startsWith('/runs/') && !url.pathname.endsWith(run));
  const next = device.runId();
  await site.runEnded(next);
  await device.go(`/runs/${next}`);
  expect(await found(device)).toBe(all - hidden);
  // Nothing has come since the first run.
  expect(await page.getByText('This is the first run of this search').count()).toBe(0);
  expect(await page.locator('[data-posting]').getByText('New', { exact: true }).count()).toBe(0);
  await page.getByLabel('Only new').check();
  await page.getByText('No result fits these filters').waitFor();
  await page.getByRole('link', { name: 'Clear the filters' }).click();
  await page.locator('[data-posting]').first().waitFor();
  expect(await page.locator('[data-hidden]').count()).toBe(0);
  await device.go(`/runs/${run}`);
  await page.getByRole('link', { name: 'Show what is hidden' }).click();
  await page.waitForURL(/hidden=true/);
  await page.getByRole('heading', { name: `${hidden} hidden postings` }).waitFor();
  const jobs = page.locator(`[data-posting="${id}"]`);
  await jobs.getByRole('button', { name: /^Show this job again/ }).click();
  await told(device, `Shown again: ${title}`);

  await device.go('/jobs?show=hidden');
  const term = (text: string) => page.locator(`[data-term="${text}"]`);
  await term(company).getByRole('button').click();
  await term(company).waitFor({ state: 'detached' });
  await page.getByLabel('Hide jobs of the company').fill('Nobody Ltd');
  await page.getByRole('button', { name: 'Hide this company' }).click();
  await term('Nobody Ltd').waitFor();
  expect(await page.getByLabel('Hide jobs of the company').inputValue()).toBe('');
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await term('Nobody Ltd').waitFor({ state: 'detached' });
  await term('Senior').getByRole('button').click();
  await term('Senior').waitFor({ state: 'detached' });
  await device.go(`/runs/${run}`);
  await page.locator('[data-posting]').first().waitFor();
  expect(await page.locator('[data-hidden]').count()).toBe(0);
  await device.close();
});

test('what was loaded below the first page stays when a job there is marked; a refusal is told', async () => {
  const device = await site.device();
  const { page } = device;
  await device.signUp();
  const run = await device.search('engineer');
  await site.runEnded(run);
  await device.go(`/runs/${run}`);
  await page.getByRole('link', { name: 'Show more' }).click();
  await page.getByText(/^40 of \d+ shown$/).waitFor();
  const low = await resultAt(device, 33);
  await low.press(/^Save/);
  await low.item.locator('[data-saved]').waitFor();
  const next = await resultAt(device, 34);
  await low.open(/^Hide/);
  await low.press('Hide this job');
  await low.item.waitFor({ state: 'detached' });
  expect((await resultAt(device, 33)).id).toBe(next.id);

  await site.stack.sql`update service_limits set value = 1 where name = 'marked_jobs_per_user'`;
  await (await resultAt(device, 0)).press(/^Save/);
  await page.locator('[data-told="failed"]').getByText('At most 1 jobs can be marked.').waitFor();
  await site.stack.sql`update service_limits set value = 5000 where name = 'marked_jobs_per_user'`;
  await device.close();
});

describe('what is marked elsewhere after the page was read, and before its stream is open, is shown', () => {
  /** A page of results that has no stream yet. */
  async function readWithoutStream() {
    const device = await site.device();
    const { page } = device;
    const person = await device.signUp();
    const run = await device.search('developer', { boards: ['remotive'] });
    await site.runEnded(run);
    await page.goto('about:blank');
    let openStream = () => {};
    const gate = new Promise<void>((resolve) => (openStream = resolve));
    await page.route(/\/events$/, (route) => gate.then(() => route.continue()));
    await page.clock.install();
    await device.go(`/runs/${run}`);
    return { device, page, person, run, first: await resultAt(device, 0), openStream };
  }

  test('within a moment: the stream begins with it', async () => {
    const { device, person, run, first, openStream } = await readWithoutStream();
    const other = await site.device();
    await other.signIn(person);
    await other.go(`/runs/${run}`);
    await (await resultAt(other, 0)).press(/^Save/);
    await other.page.locator(`[data-posting="${first.id}"] [data-saved]`).waitFor();
    expect(await first.item.locator('[data-saved]').count()).toBe(0);
    openStream();
    await first.item.locator('[data-saved]').waitFor();
    await Promise.all([device.close(), other.close()]);
  });

  test('long before, as in a tab behind another one: the page is read again', async () => {
    const { device, page, run, first, openStream } = await readWithoutStream();
    // By now nobody is told of it any more.
    await withoutTriggers(
      site.stack.sql,
      (sql) => sql`insert into job_marks (user_id, posting_id, saved_at)
        select user_id, ${first.id}, now() from search_runs where id = ${run}`,
    );
    await page.clock.fastForward('01:00');
    openStream();
    await first.item.locator('[data-saved]').waitFor();
    await device.close();
  });
});

test('without JavaScript: save, apply, hide, find it all again, and take it back', async () => {
  const device = await site.device({ javaScript: false, width: 375 });
  const { page } = device;
  await device.signUp();
  const run = await device.search('developer', { boards: ['remotive'] });
  await site.runEnded(run);
  await device.go(`/runs/${run}`);
  const first = await resultAt(device, 0);
  const { id, title } = first;
  await first.press(/^Save/);
  await page.waitForURL(`/runs/${run}`);
  await first.item.locator('[data-saved]').waitFor();
  await first.open(/I applied/);
  await first.item.getByLabel('Note', { exact: true }).first().fill('On paper.');
  await first.press('Mark as applied');
  await first.item.locator(`[data-applied="${today('UTC')}"]`).waitFor();
  await first.open(/^Hide/);
  await first.press('Hide this job');
  await page.locator('[data-hidden="1"]').waitFor();
  const second = await resultAt(device, 0);
  await second.open(/^Hide/);
  await second.item.getByLabel('Hide jobs with the word').fill('developer');
  await second.item.getByRole('button', { name: 'Hide this word' }).click();
  await page
    .getByText(/You have hidden all of it|hidden by you/)
    .first()
    .waitFor();

  await page.getByRole('link', { name: 'Show what is hidden' }).first().click();
  await page.getByText('Show jobs with “developer” again').first().click();
  await page.getByRole('button', { name: /^Show this job again/ }).click();
  await page.getByText('Nothing here is hidden').waitFor();

  await device.go('/jobs?show=applied');
  await page.locator(`[data-posting="${id}"]`).getByText('On paper.').first().waitFor();
  await device.go('/jobs?show=hidden');
  await page.getByLabel('Hide jobs of the company').fill('Acme');
  await page.getByRole('button', { name: 'Hide this company' }).click();
  await page.locator('[data-term="Acme"]').getByRole('button').click();
  await page.getByText('No hidden jobs').waitFor();
  await device.go('/jobs');
  await page.getByRole('button', { name: `Saved ${title}: take it off the list` }).click();
  await page.getByText('No saved jobs yet').waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
  await device.close();
});
