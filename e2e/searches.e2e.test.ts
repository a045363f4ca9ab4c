import { explainBoardError, explainRunError } from '../web/app/format/errors.js';
import { suiteSite } from './support/suite-site.js';

const site = suiteSite();

test('sign up, search for react developers: each board reports, and the results fit', async () => {
  const device = await site.device();
  const { page } = device;
  await device.signUp();
  await device.search('react developer');
  await device.sees('success');

  for (const board of await page.locator('[data-board]').all())
    expect(await board.getAttribute('data-state')).toBe('success');
  await page.locator('[data-posting]').first().waitFor();
  const titles = await device.results();
  expect(titles.length).toBeGreaterThanOrEqual(5);
  for (const title of titles.slice(0, 5)) expect(title).toMatch(/react/i);

  for (const link of await page.locator('[data-posting] h3 a').all()) {
    expect(await link.getAttribute('href')).toMatch(/^https:\/\//);
    expect(await link.getAttribute('rel')).toContain('noopener');
  }
  // Some boards' terms ask for links that search engines follow; the others' are not followed.
  for (const [board, rel] of [
    ['remotive', 'noopener'],
    ['lever', 'noopener nofollow'],
  ] as const) {
    await page.getByRole('combobox', { name: 'Board' }).selectOption(board);
    await page.waitForURL(new RegExp(`board=${board}`));
    const source = page.locator(`[data-source="${board}"]`).first();
    expect(await source.getAttribute('rel')).toBe(rel);
  }
  expect(await page.getByRole('main').innerText()).not.toMatch(/[£€]0\b|\b[A-Z]{3}\s0\b/);
  await device.close();
});

test('the same search started twice is one search; another runs beside it', async () => {
  await site.hold('remotive');
  const device = await site.device();
  const { page } = device;
  await device.signUp();
  const first = await device.search('react developer');
  await site.asked('remotive');
  await device.sees('running');

  expect(await device.search('React  Developer')).toBe(first);
  await page.getByText('This search was under way already').waitFor();

  const second = await device.search('vue developer');
  expect(second).not.toBe(first);
  await page.getByRole('link', { name: '2 searches under way' }).click();
  await page.waitForURL('/');
  await page.locator(`[data-run="${first}"]`).waitFor();
  await page.locator(`[data-run="${second}"]`).waitFor();

  site.boards.control.release();
  await Promise.all([site.runEnded(first), site.runEnded(second)]);
  for (const id of [first, second]) {
    await device.go(`/runs/${id}`);
    await device.sees('success');
  }
  await device.close();
});

test('more searches at once than an account may have are refused with what to do', async () => {
  await site.hold('remotive');
  const device = await site.device();
  await device.signUp();
  for (const title of ['first', 'second', 'third']) await device.search(title, { boards: ['remotive'] });
  await device.go('/');
  await device.page.getByLabel('Job title').fill('fourth');
  await device.page.getByRole('button', { name: 'Search the boards' }).click();
  await device.page.getByRole('alert').getByText('Wait for one to finish, or cancel one').waitFor();
  expect(await device.page.getByLabel('Job title').inputValue()).toBe('fourth');
  await device.close();
});

test('a search that fails while the page is closed says so on return, and can be run again', async () => {
  await site.hold('remotive');
  const device = await site.device();
  await device.signUp();
  const id = await device.search('react developer', { boards: ['remotive'] });
  await site.asked('remotive');
  await device.page.close();

  const page = await device.context.newPage();
  await page.goto('/');
  await page.locator(`[data-run="${id}"]`).waitFor();
  await site.breakBoard('remotive', 'html');
  site.boards.control.release();
  await page.waitForURL(`/runs/${id}`);
  await page.locator('[data-status="failed"]').waitFor();
  await page.getByRole('list', { name: 'Boards' }).getByText('The board turned our request away.').waitFor();
  // Of one board that failed the run says the same.
  const { cause, next, advice } = explainRunError('blocked');
  await page.locator('[data-status="failed"]').getByText(`${cause} ${next} ${advice}`).waitFor();

  site.boards.control.reset();
  await page.getByRole('button', { name: 'Run again' }).click();
  await page.waitForURL((url) => url.pathname.startsWith('/runs/') && !url.pathname.endsWith(id));
  await page.locator('[data-status="success"]').waitFor();
  await page.locator('[data-posting]').first().waitFor();
  await device.close();
});

test('one board failing leaves the others’ results, says which and why, and is searched again alone', async () => {
  await site.breakBoard('jobicy', 'captcha');
  const device = await site.device();
  const { page } = device;
  await device.signUp();
  await device.search('developer', { boards: ['remotive', 'jobicy'] });
  await device.sees('success');
  await page.getByText('Finished in part').first().waitFor();
  await page.locator('[data-board="jobicy"][data-state="failed"]').waitFor();
  await page.locator('[data-posting]').first().waitFor();

  site.boards.control.reset();
  await page.getByRole('button', { name: 'Only the failed boards' }).click();
  await page.locator('[data-board="remotive"]').waitFor({ state: 'detached' });
  await device.sees('success');
  expect(await page.locator('[data-board]').count()).toBe(1);

  // Each run leads to the other; a search that is filled in and changed is told as done again too.
  const rerun = device.runId();
  await page.getByRole('link', { name: 'an earlier search' }).click();
  await page.waitForURL((url) => !url.pathname.includes(rerun));
  await page.getByRole('list', { name: 'The same search again' }).getByText('finished').waitFor();
  const earlier = device.runId();
  await page.getByRole('link', { name: 'Edit and run' }).click();
  await page.getByRole('heading', { name: 'Edit and run again' }).waitFor();
  expect(await page.getByLabel('Job title').inputValue()).toBe('developer');
  await page.getByLabel('Job title').fill('frontend developer');
  await page.getByRole('button', { name: 'Search the boards' }).click();
  await page.waitForURL((url) => url.pathname.startsWith('/runs/') && !url.pathname.includes(earlier));
  await page.getByRole('link', { name: 'an earlier search' }).click();
  await page.waitForURL(`/runs/${earlier}`);
  await device.close();
});

test('cancel from the page: it says so at once, ends cancelled, and keeps what was found', async () => {
  await site.hold('remotive');
  const device = await site.device();
  const { page } = device;
  await device.signUp();
  await device.search('developer', { boards: ['remotive', 'jobicy'] });
  await page.locator('[data-board="jobicy"][data-state="success"]').waitFor();
  await site.asked('remotive');

  await page.getByRole('button', { name: 'Cancel search' }).click();
  await device.sees('cancelled');
  await page.getByText(/The \d+ postings found until then were kept/).waitFor();
  await page.locator('[data-posting]').first().waitFor();
  expect(await page.locator('[data-board="remotive"]').getAttribute('data-state')).toBe('cancelled');
  await device.close();
});

test('a search that finds nothing says which boards were searched, which were not, and why', async () => {
  const device = await site.device();
  const { page } = device;
  await device.signUp();
  await device.search('zymurgist xylographer', { boards: ['remotive', 'jobicy'] });
  await device.sees('success');
  await page.getByText('No posting fits').waitFor();
  await page.getByText('Searched to the end: Jobicy, Remotive.').waitFor();
  await page.getByText('Not searched:').waitFor({ state: 'detached' });

  await site.breakBoard('jobicy', 'captcha');
  await page.getByRole('button', { name: 'Run again' }).click();
  await page.getByText('Finished in part').first().waitFor();
  await page.getByText('Searched to the end: Remotive. Not searched: Jobicy (turned away).').waitFor();
  // The board says what happened, what is done about it, and what the person can do.
  const blocked = page.locator('[data-board="jobicy"]');
  for (const sentence of Object.values(explainBoardError('blocked')).slice(1))
    expect(await blocked.innerText()).toContain(sentence);
  await device.close();
});

test('another person’s search is not there', async () => {
  const owner = await site.device();
  await owner.signUp();
  const id = await owner.search('developer', { boards: ['jobicy'] });
  const other = await site.device();
  await other.signUp();
  const response = await other.page.goto(`/runs/${id}`);
  expect(response?.status()).toBe(404);
  await other.page.getByRole('heading', { name: 'This page is not here' }).waitFor();
  expect((await other.context.request.get(`/runs/${id}/results`)).status()).toBe(404);
  expect((await other.context.request.get(`/runs/${id}/events`)).status()).toBe(404);
  await Promise.all([owner.close(), other.close()]);
});

test('save a search, change it, run it, find it in the history, delete it', async () => {
  const device = await site.device();
  const { page } = device;
  await device.signUp();
  await page.getByLabel('Job title').fill('data engineer');
  await page.getByText('Save this search', { exact: true }).click();
  await page.getByLabel('Name').fill('Data');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL('/saved?saved=*');

  await page.getByRole('link', { name: 'Edit Data' }).click();
  expect(await page.getByLabel('Job title').inputValue()).toBe('data engineer');
  await page.getByLabel('Place').fill('Mordor');
  await page.getByLabel('Remote jobs only').check();
  await page.getByLabel('Only with stated pay').check();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.waitForURL('/saved?saved=*');
  const summary = 'data engineer · Mordor · remote · with stated pay';
  await page.getByText(summary).waitFor();
  await page.getByRole('link', { name: 'Edit Data' }).click();
  expect(await page.getByLabel('Only with stated pay').isChecked()).toBe(true);
  await device.go('/saved');

  await page.getByRole('button', { name: 'Run Data' }).click();
  await page.waitForURL(/\/runs\//);
  const id = device.runId();
  await page.getByText('We don’t know the place “Mordor”').waitFor();
  await site.runEnded(id);
  await device.go('/history?status=success');
  await page.getByRole('heading', { name: 'Today' }).waitFor();
  expect(await page.getByRole('main').getByRole('link', { name: summary }).count()).toBe(1);

  await device.go('/saved');
  await page.getByRole('button', { name: 'Delete Data' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('No saved searches yet').waitFor();
  await device.close();
});

test('boards that cannot be asked here are told in the form, kept by a saved search, and skipped', async () => {
  const device = await site.device({ width: 375 });
  const { page } = device;
  const { email } = await device.signUp();
  await page.getByText('Boards and unwanted words').click();
  const reed = page.getByRole('checkbox', { name: 'Reed needs a key' });
  const indeed = page.getByRole('checkbox', { name: 'Indeed off here' });
  for (const box of [reed, indeed]) {
    expect(await box.isDisabled()).toBe(true);
    expect(await box.isChecked()).toBe(false);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);

  // A search that was saved when there was a key.
  const parameters = { title: 'engineer', boards: ['remotive', 'reed'] };
  const [saved] = await site.stack.sql`
    insert into saved_searches (user_id, name, parameters)
    select id, 'With Reed', ${site.stack.sql.json(parameters)} from auth.users where email = ${email} returning id`;
  await device.go(`/?saved=${saved?.id}`);
  expect(await reed.isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Search the boards' }).click();
  await page.waitForURL(/\/runs\//);
  await device.sees('success');
  const skipped = page.locator('[data-board="reed"]');
  expect(await skipped.getAttribute('data-state')).toBe('skipped');
  await skipped.getByText('Needs a key').waitFor();

  await device.go(`/?saved=${saved?.id}`);
  await page.getByRole('checkbox', { name: 'Remotive' }).uncheck();
  await page.getByRole('button', { name: 'Search the boards' }).click();
  const refusal = 'None of these boards can be searched here: Reed needs a key (REED_API_KEY).';
  await page.getByRole('alert').getByText(refusal).waitFor();
  await device.close();
});
