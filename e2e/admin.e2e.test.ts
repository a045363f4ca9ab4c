import { type Person, somebody } from './support/device.js';
import { type Site, startSite } from './support/site.js';

let site: Site;
const person: Person = somebody();
let admin: Person;
let [succeeded, failed] = ['', ''];

beforeAll(async () => {
  site = await startSite({ TEMPORAL_UI_URL: 'http://127.0.0.1:8233' });
  admin = await site.stack.createAdmin();
  const device = await site.device();
  await device.signUp(person);
  succeeded = await device.search('engineer', { boards: ['remotive'] });
  await site.runEnded(succeeded);
  await site.breakBoard('jobicy', 'captcha');
  failed = await device.search('weaver', { boards: ['jobicy'] });
  await site.runEnded(failed);
  await device.close();
});
afterAll(() => site?.stop());
afterEach(() => expect(site.complaints()).toEqual([]));

test('for everybody but admins there is nothing there, and nothing leads there', async () => {
  const device = await site.device();
  const { page } = device;
  for (const signedIn of [false, true]) {
    if (signedIn) await device.signIn(person);
    for (const path of ['/admin', '/admin/runs']) {
      expect((await page.goto(path))?.status()).toBe(404);
      await page.getByRole('heading', { name: 'This page is not here' }).waitFor();
      expect(await page.title()).toBe('This page is not here · Searching The Fox');
    }
    expect(await page.getByRole('link', { name: 'Admin' }).count()).toBe(0);
  }
  await device.close();
});

test('from the figures an admin comes to the runs behind them, and to their workflows', async () => {
  const device = await site.device();
  const { page } = device;
  await device.signIn(admin);
  // What draws the charts is loaded with their page alone.
  const scripts = new Set<string>();
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.add(request.url());
  });
  const drawing = async () => {
    const texts = await Promise.all([...scripts].map(async (url) => (await page.request.get(url)).text()));
    return texts.filter((text) => text.includes('visx-')).length;
  };
  await device.go('/');
  expect(scripts.size).toBeGreaterThan(0);
  expect(await drawing()).toBe(0);
  await page.getByRole('link', { name: 'Admin' }).click();
  await page.getByRole('heading', { name: 'Admin', exact: true }).waitFor();
  expect(await drawing()).toBeGreaterThan(0);

  await page
    .getByRole('img', { name: /Runs by how they ended, 2 in all: 1 finished, 0 finished in part, 1 failed/ })
    .waitFor();
  await page.getByRole('img', { name: /How long runs took/ }).waitFor();
  const queues = page.getByRole('table', { name: 'Task queues' });
  const queue = queues.getByRole('row', { name: /^search-runs/ });
  expect(await queue.getByRole('cell').last().textContent()).toBe('1');
  expect(await queue.getByRole('link').getAttribute('href')).toBe(
    'http://127.0.0.1:8233/namespaces/default/task-queues/search-runs',
  );
  await page.getByRole('table', { name: 'Workers' }).getByText('without a version').waitFor();
  const remotive = page.getByRole('table', { name: /^Each board/ }).getByRole('row', { name: /Remotive/ });
  expect(Number(await remotive.getByRole('cell').nth(6).textContent())).toBeGreaterThan(0);

  await page.getByRole('link', { name: '1: Failed, in all' }).click();
  const rows = page.locator('[data-admin-run]');
  await page.locator(`[data-admin-run="${failed}"]`).waitFor();
  expect(await rows.count()).toBe(1);
  expect(await rows.getByRole('link', { name: /in the Temporal Web UI/ }).getAttribute('href')).toBe(
    `http://127.0.0.1:8233/namespaces/default/workflows/search-run%2F${failed}`,
  );
  expect(await page.getByRole('main').textContent()).not.toContain(person.email);
  expect(await page.getByRole('main').textContent()).not.toContain('weaver');

  await page.goBack();
  await page.getByRole('link', { name: '1: Jobicy: Turned away' }).click();
  await page.waitForURL(/board=jobicy&errorClass=blocked/);
  await page.locator(`[data-admin-run="${failed}"]`).waitFor();
  await page.getByLabel('What went wrong').selectOption('timeout');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('No run fits.').waitFor();
  await page.getByRole('link', { name: 'Clear' }).click();
  await page.locator(`[data-admin-run="${succeeded}"]`).waitFor();
  await device.close();
});

test('without scripts the figures are drawn and the filters work', async () => {
  const device = await site.device({ javaScript: false, width: 375 });
  const { page } = device;
  await device.signIn(admin);
  await page.goto('/admin?window=7d');
  const chart = page.getByRole('img', { name: /Runs by how they ended, 2 in all/ });
  // One bar of each of the two endings.
  expect(await chart.locator('g rect').count()).toBe(2);
  await page.goto('/admin/runs');
  await page.getByLabel('State').selectOption('success');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.locator(`[data-admin-run="${succeeded}"]`).waitFor();
  expect(await page.locator('[data-admin-run]').count()).toBe(1);
  await device.close();
});
