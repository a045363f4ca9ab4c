// A page keeps up with what happens: by its stream, or by being reloaded where there are no scripts.
import { startRelay } from '../api/testing/relay.js';
import { waitFor } from '../local/testing/wait-for.js';
import { suiteSite } from './support/suite-site.js';

const site = suiteSite({ LISTEN_SILENCE_SECONDS: '2', STREAM_HEARTBEAT_SECONDS: '1' });

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
  const boards = device.page.getByRole('list', { name: 'Boards' });
  const board = (name: string, state: string) =>
    boards.locator(`[data-board="${name}"][data-state="${state}"]`);
  await board('jobicy', 'success')
    .getByText(new RegExp(`^${before} found, ${before} new$`))
    .waitFor();
  await board('remotive', 'running')
    .getByText(/^Searching/)
    .waitFor();
  // What a screen reader is told, of the whole run and at each change.
  const told = device.page.getByRole('main').locator('[role="status"][aria-live="polite"]');
  await told.getByText(`Searching: 1 of 2 boards done, ${before} postings found.`).waitFor();

  site.boards.control.release();
  await device.sees('success');
  await waitFor(async () => Number(await found.getAttribute('data-found')) > before, {
    what: 'more to be found',
  });
  const total = `${await found.getAttribute('data-found')} postings`;
  await device.page.getByRole('heading', { name: total }).waitFor();
  await told.getByText(`Finished: ${total} found, `).waitFor();
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

/** Postgres lets the API listen no more, as when it cannot be reached; what the API reads comes another way. */
async function cutListening(): Promise<() => Promise<void>> {
  const { sql } = site.stack;
  const [row] = await sql`select current_database() as name`;
  const database = sql(row?.name);
  await sql`grant connect on database ${database} to authenticator`;
  await sql`revoke connect on database ${database} from public`;
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and usename = 'run_listener'`;
  return async () => {
    await sql`grant connect on database ${database} to public`;
  };
}

test('while the database is not heard the page says how old it is; then it shows what happened meanwhile', async () => {
  await site.hold('remotive');
  const device = await site.device();
  const { page } = device;
  await device.signUp();
  const id = await device.search('designer');
  await site.asked('remotive');
  await device.sees('running');

  const restore = await cutListening();
  await page.getByText(/^Reconnecting\. Updated .+ ago\.$/).waitFor();
  site.boards.control.release();
  await site.runEnded(id);
  await restore();
  await device.sees('success');
  await page.locator('[data-posting]').first().waitFor();
  await page.getByText('Reconnecting.').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Search under way: designer' }).waitFor({ state: 'detached' });
  await device.close();
});

test('a network that falls silent without breaking is noticed; once it is back the page shows what happened', async () => {
  const relay = await startRelay({ host: '127.0.0.1', port: Number(new URL(site.url).port) });
  try {
    await site.hold('remotive');
    const device = await site.device({ siteUrl: `http://127.0.0.1:${relay.port}` });
    const { page } = device;
    await device.signUp();
    const id = await device.search('developer', { boards: ['remotive'] });
    await site.asked('remotive');
    await device.sees('running');
    const home = await device.context.newPage();
    await home.goto('/');
    const pages = [page, home];
    for (const each of pages) await each.locator('[data-connection="live"]').waitFor();

    relay.freeze();
    const stale = pages.map((each) => each.getByText(/^Reconnecting\. Updated .+ ago\.$/));
    await Promise.all(stale.map((notice) => notice.waitFor()));
    const age = await stale[0]?.innerText();
    await waitFor(async () => (await stale[0]?.innerText()) !== age, { what: 'the page to grow older' });
    site.boards.control.release();
    await site.runEnded(id);
    // As it was: nothing has come through.
    await device.sees('running');

    relay.restore();
    await device.sees('success');
    await page.locator('[data-posting]').first().waitFor();
    await home.waitForURL(`/runs/${id}`);
    for (const each of pages) await each.locator('[data-stale]').waitFor({ state: 'detached' });
    await device.close();
  } finally {
    await relay.stop();
  }
});

test('signing out in one tab signs the other tabs out; another device stays signed in, and live', async () => {
  await site.hold('remotive');
  const device = await site.device();
  const person = await device.signUp();
  const id = await device.search('welder', { boards: ['remotive'] });
  await site.asked('remotive');
  await device.sees('running');
  const [home, elsewhere] = [await device.context.newPage(), await site.device()];
  await home.goto('/');
  await home.getByRole('link', { name: 'Search under way: welder' }).waitFor();
  await elsewhere.signIn(person);
  await elsewhere.go(`/runs/${id}`);
  await elsewhere.sees('running');

  await home.getByRole('button', { name: 'Sign out' }).click();
  await home.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
  await device.page.waitForURL(`/sign-in?to=${encodeURIComponent(`/runs/${id}`)}`);

  site.boards.control.release();
  await elsewhere.sees('success');
  await Promise.all([device.close(), elsewhere.close()]);
});

test('signing out ends the session here, and a page asked for then comes after signing in', async () => {
  const device = await site.device();
  const { page } = device;
  const person = await device.signUp();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Every job board, in one search.' }).waitFor();
  expect((await device.context.cookies()).some(({ name }) => name === 'fox_session')).toBe(false);

  await device.go('/history?status=failed');
  await page.waitForURL(/\/sign-in\?to=/);
  await page.getByLabel('Email address').fill(person.email);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('do not belong together').waitFor();
  expect(await page.getByLabel('Password').evaluate((field) => field === document.activeElement)).toBe(true);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('/history?status=failed');
  await device.close();
});

test('without JavaScript: sign up, search, see progress and results by reloading, filter, page, save, delete', async () => {
  await site.hold('remotive');
  const device = await site.device({ javaScript: false });
  const { page } = device;
  await device.signUp();
  const id = await device.search('engineer');
  // Playwright's text selectors pass over what stands in a noscript element.
  await page.locator('noscript a').waitFor();
  expect(await page.locator('meta[http-equiv="refresh"]').getAttribute('content')).toBe('10');

  site.boards.control.release();
  await site.runEnded(id);
  await device.go(`/runs/${id}`);
  await device.sees('success');
  expect(await page.locator('meta[http-equiv="refresh"]').count()).toBe(0);
  const first = await device.results();
  expect(first).toHaveLength(20);

  await page.getByRole('link', { name: 'Show more' }).click();
  await page.waitForURL(/cursor=/);
  expect(await page.locator('[data-posting]').count()).toBeGreaterThan(0);
  await page.getByRole('link', { name: 'Back to the best results' }).click();
  await page.getByRole('combobox', { name: 'Board' }).selectOption('jobicy');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('that fit the filters').waitFor();

  await page.getByText('Save this search', { exact: true }).click();
  await page.getByLabel('Name').fill('Engineer');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL('/saved?saved=*');
  await page.getByRole('link', { name: 'Delete Engineer' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('No saved searches yet').waitFor();

  await page.getByRole('button', { name: 'Dark' }).click();
  expect(await page.getAttribute('html', 'data-theme')).toBe('dark');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Create a free account' }).waitFor();
  await device.close();
});

test('without JavaScript: cancelling ends the search', async () => {
  await site.hold('remotive');
  const device = await site.device({ javaScript: false });
  await device.signUp();
  const id = await device.search('developer', { boards: ['remotive'] });
  await site.asked('remotive');
  await device.page.getByRole('button', { name: 'Cancel search' }).click();
  await site.runEnded(id);
  await device.go(`/runs/${id}`);
  await device.sees('cancelled');
  await device.close();
});

test('without JavaScript: the history is filtered, and what is ticked is cancelled or run again', async () => {
  const device = await site.device({ javaScript: false });
  const { page } = device;
  await device.signUp();
  for (const title of ['first', 'second']) {
    await site.runEnded(await device.search(title, { boards: ['remotive'] }));
  }
  await device.go('/history');
  await page.getByRole('combobox', { name: 'State' }).selectOption('success');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.locator('[data-total="2"]').waitFor();

  const tick = page.getByRole('checkbox', { name: 'Select first' });
  await tick.check();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByText('first: It is finished already.').waitFor();
  await tick.check();
  await page.getByRole('button', { name: 'Run again', exact: true }).first().click();
  await page.getByText('1 of 1 search started.').first().waitFor();
  await device.go('/history');
  await page.locator('[data-total="3"]').waitFor();
  await device.close();
});
