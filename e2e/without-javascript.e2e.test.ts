import { type Site, startSite } from './support/site.js';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.stop());
afterEach(() => site.calm());

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
  await page.waitForURL('/saved');
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
