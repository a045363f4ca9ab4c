import { waitFor } from '../local/testing/wait-for.js';
import { suiteSite } from './support/suite-site.js';

const site = suiteSite();

test('paste an address, see the company checked without a reload, and find its postings by a search', async () => {
  const { token, name, address } = site.unfollowedCompany('greenhouse');
  const host = 'boards-api.greenhouse.io';
  site.boards.control.hold(host);
  const device = await site.device();
  const { page } = device;
  const person = await device.signUp();
  await device.go('/');
  await page.getByRole('link', { name: 'Companies' }).click();
  await page.getByText('No companies yet').waitFor();
  await device.follow(`${address.toUpperCase()}/jobs/7?x=1`, 'checking');
  expect(await page.getByRole('textbox').inputValue()).toBe('');
  // The page that saw it asked sees how it ends.
  site.boards.control.release();
  const company = page.locator(`[data-company="greenhouse/${token}"]`);
  await page.locator(`[data-company="greenhouse/${token}"][data-state="open"]`).waitFor();
  await company.getByRole('heading', { name, exact: true }).waitFor();
  await company.getByRole('link', { name: /^\d+ open postings? of/ }).click();

  await page.getByRole('heading', { name, exact: true, level: 1 }).waitFor();
  const [title = ''] = await device.results();
  const link = page.locator('[data-source="greenhouse"]').first();
  expect(await link.getAttribute('href')).toContain(token);
  expect(await link.getAttribute('rel')).toBe('noopener nofollow');

  // What is done with its postings here shows on another device's open pages, and the other way round.
  const other = await site.device({ width: 375 });
  await other.signIn(person);
  // Its stream has to be open: what is marked between the page's reading and that is told to it no more.
  const listens = other.page.waitForResponse(
    (response) =>
      new URL(response.url()).pathname === '/events' &&
      response.request().headers().referer?.endsWith('/jobs') === true,
  );
  await other.go('/jobs');
  await other.page.getByText('No saved jobs yet').waitFor();
  await listens;
  const id = await page.locator('[data-posting]').first().getAttribute('data-posting');
  const [here, there] = [page, other.page].map((each) => each.locator(`[data-posting="${id}"]`));
  await here?.getByRole('button', { name: /^Save/ }).click();
  await there?.getByRole('button', { name: /^Saved/ }).click();
  await here?.getByRole('button', { name: `Save ${title}`, exact: true }).waitFor();

  await here?.locator('summary').filter({ hasText: 'I applied' }).click();
  await here?.getByRole('button', { name: 'Mark as applied' }).click();
  await other.page.locator('[data-count="applied"]').getByText('1', { exact: true }).waitFor();
  await here?.locator('summary').filter({ hasText: /^Hide/ }).click();
  await here?.getByRole('button', { name: 'Hide this job' }).click();
  await here?.waitFor({ state: 'detached' });
  await other.go(new URL(page.url()).pathname);
  await other.page.locator('[data-hidden="1"]').getByRole('link').click();
  await there?.getByRole('button', { name: /^Show this job again/ }).click();
  await here?.waitFor();
  await other.page.getByText('Nothing here is hidden').waitFor();
  await other.close();

  await device.search(title, { boards: ['greenhouse'] });
  await device.sees('success');
  await page.locator('[data-posting]', { hasText: name }).first().waitFor();
  await device.close();
});

test('what leads nowhere says so: no address, an employer’s own site, a company that is not there', async () => {
  const device = await site.device();
  const { page } = device;
  await device.signUp();
  await device.go('/companies');
  const field = page.getByRole('textbox', { name: 'Address of a company’s jobs page' });
  const refused = async (address: string, reason: RegExp) => {
    await field.fill(address);
    await page.getByRole('button', { name: 'Follow', exact: true }).click();
    await page.getByText(reason).waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await field.inputValue()).toBe(address);
  };
  await refused('the fox', /cannot be read as a web address/);
  await refused('https://careers.acme.example/jobs', /From careers\.acme\.example alone it cannot be told/);

  await device.follow('https://jobs.lever.co/nobody-at-all', 'not_found');
  await page.getByText(/Lever has no postings at this address/).waitFor();
  // What is being typed meanwhile stays.
  await field.fill('jobs.lever.co/some');
  site.boards.control.hold('api.lever.co');
  await page.getByRole('button', { name: 'Look again' }).click();
  await page.locator('[data-company][data-state="checking"]').waitFor();
  expect(await field.inputValue()).toBe('jobs.lever.co/some');
  site.boards.control.release();
  await page.locator('[data-company][data-state="not_found"]').waitFor();
  await page.getByRole('button', { name: /^Unfollow/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Unfollow' }).click();
  await page.getByText('No companies yet').waitFor();
  await device.close();
});

test('without JavaScript: follow, see it by reloading, let it go', async () => {
  const { token, address } = site.unfollowedCompany('lever');
  const device = await site.device({ javaScript: false });
  const { page } = device;
  await device.signUp();
  await device.go('/companies');
  await page.getByRole('textbox').fill('nonsense');
  await page.getByRole('button', { name: 'Follow', exact: true }).click();
  await page.getByText(/cannot be read as a web address/).waitFor();
  await page.getByRole('textbox').fill(address);
  await page.getByRole('button', { name: 'Follow', exact: true }).click();
  const open = page.locator(`[data-company="lever/${token}"][data-state="open"]`);
  await waitFor(
    async () => {
      await page.goto('/companies');
      return (await open.count()) > 0;
    },
    { what: 'the company to be read' },
  );
  await page.getByRole('link', { name: /^Unfollow/ }).click();
  await page.getByRole('button', { name: 'Unfollow' }).click();
  await page.getByText('No companies yet').waitFor();
  await device.close();
});
