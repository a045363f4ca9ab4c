import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Device } from './support/device.js';
import { suiteSite } from './support/suite-site.js';

const site = suiteSite();

/** Clicks a download and reads the file. */
async function download({ page }: Device, name: string): Promise<{ file: string; text: string }> {
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name, exact: true }).click(),
  ]);
  return { file: saved.suggestedFilename(), text: await readFile(await saved.path(), 'utf8') };
}
const rows = (text: string): Record<string, string>[] => parse(text, { columns: true, bom: true });

test('results and history are downloaded as the page shows them', async () => {
  const device = await site.device();
  const { page } = device;
  await device.signUp();
  const id = await device.search('engineer', { boards: ['remotive'] });
  await device.sees('success');
  await page.locator('[data-posting]').first().waitFor();

  const csv = await download(device, 'CSV of the results');
  expect(csv.file).toBe(`search-${id}.csv`);
  const { jobs_found } = await site.run(id);
  expect(rows(csv.text)).toHaveLength(jobs_found ?? 0);
  const [best] = await device.results();
  expect(rows(csv.text)[0]?.title).toBe(best);

  await device.go(`/runs/${id}?withSalary=true`);
  const paid = JSON.parse((await download(device, 'JSON of what fits the filters')).text);
  expect(paid.items.length).toBeLessThan(jobs_found ?? 0);
  expect(paid.items.filter(({ salary }: { salary: unknown }) => salary === null)).toEqual([]);

  await device.go('/history?trigger=manual');
  const history = await download(device, 'CSV of what fits the filters');
  expect(history.file).toBe('search-history.csv');
  expect(rows(history.text)).toMatchObject([{ search: 'engineer', run_id: id, status: 'success' }]);
  await device.close();
});

test('a saved search’s feed: made, read by a reader that signs in nowhere, made anew, revoked', async () => {
  const device = await site.device({ width: 375 });
  const { page, context } = device;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await device.signUp();
  await device.search('designer', { boards: ['remotive'] });
  await device.sees('success');
  await page.getByText('Save this search', { exact: true }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL('/saved?saved=*');
  await page.getByRole('button', { name: 'Run designer' }).click();
  await page.waitForURL(/\/runs\//);
  await device.sees('success');

  await device.go('/saved');
  await page.getByRole('link', { name: 'Feed of designer' }).click();
  await page.getByRole('button', { name: 'Make a private link' }).click();
  await page.getByRole('button', { name: 'Copy the JSON Feed link' }).click();
  await page.getByText('The JSON Feed link is copied.').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  /** As the deployment's address would be asked. */
  const read = (link: string, headers = {}) => fetch(site.url + new URL(link).pathname, { headers });

  const first = await read(copied);
  expect(first.headers.get('content-type')).toMatch(/^application\/feed\+json/);
  const feed = await first.json();
  expect(feed.items.length).toBeGreaterThan(0);
  expect(JSON.stringify(feed)).not.toContain('@example.com');
  const again = await read(copied, { 'if-none-match': first.headers.get('etag') });
  expect([again.status, await again.text()]).toEqual([304, '']);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);

  await page.getByRole('button', { name: 'Make a new link' }).click();
  const shown = page.getByLabel('JSON Feed link', { exact: true });
  await page.waitForFunction((old) => !document.body.innerHTML.includes(old), copied);
  const renewed = await shown.inputValue();
  expect([(await read(copied)).status, (await read(renewed)).status]).toEqual([404, 200]);

  await page.getByRole('button', { name: 'Revoke the link' }).click();
  await page.getByRole('button', { name: 'Make a private link' }).waitFor();
  const gone = await read(renewed);
  expect([gone.status, await gone.text()]).toEqual([404, 'This is not here any more, or it never was.\n']);
  await device.close();
});
