import { Client, Connection } from '@temporalio/client';
import { weekdays } from '../domain/schedule.js';
import { nextTimes } from '../domain/schedule-times.js';
import { waitFor } from '../local/testing/wait-for.js';
import { ownScheduleId } from '../workflows/workflow-ids.js';
import { somebody } from './support/device.js';
import { type Site, startSite } from './support/site.js';

let site: Site;
let temporal: Client;
beforeAll(async () => {
  site = await startSite();
  temporal = new Client({ connection: await Connection.connect({ address: site.stack.temporalAddress }) });
});
afterAll(async () => {
  await temporal?.connection.close();
  await site?.stop();
});
afterEach(() => {
  expect(site.complaints()).toEqual([]);
});

/** The Temporal Schedule of a saved search, once it is paused or not. */
const scheduleOf = (id: string, paused: boolean) =>
  waitFor(
    async () => {
      const described = await temporal.schedule.getHandle(ownScheduleId(id)).describe();
      return described.state.paused === paused && described;
    },
    { what: `the schedule of ${id} to be ${paused ? 'paused' : 'followed'}` },
  );

test('a saved search runs at times of its own, on a phone', async () => {
  const device = await site.device({ width: 375 });
  const { page } = device;
  await device.signUp();
  await page.getByLabel('Job title').fill('engineer');
  await page.getByText('Save this search', { exact: true }).click();
  await page.getByLabel('Name').fill('Mine');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const told = page.getByText(/“Mine” is saved\. Next run: (today|tomorrow) \d\d:\d\d \(Europe\/London\)/);
  await told.waitFor();
  expect(await told.locator('time').getAttribute('title')).toMatch(
    /^\d+ \w+ \d{4}, \d\d:\d\d (GMT|BST) \(Europe\/London\)$/,
  );

  // What cannot be read is told at its field, and everything else stays as it was entered.
  await page.getByRole('link', { name: 'Schedule of Mine' }).click();
  expect(await page.getByLabel('Times', { exact: true }).isVisible()).toBe(false);
  await page.getByLabel('At times of its own').check();
  const zone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  expect(await page.getByLabel('Time zone').inputValue()).toBe(zone);
  await page.getByLabel('Time zone').selectOption('Asia/Kolkata');
  await page.getByLabel('Sunday').uncheck();
  await page.getByLabel('Times', { exact: true }).fill('8, noon');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('“noon” is not a time.').waitFor();
  expect(await page.getByLabel('Times', { exact: true }).inputValue()).toBe('8, noon');
  expect(await page.getByLabel('Time zone').inputValue()).toBe('Asia/Kolkata');
  expect(await page.getByLabel('Sunday').isChecked()).toBe(false);
  const focused = await page
    .getByLabel('Times', { exact: true })
    .evaluate((field) => field === document.activeElement);
  expect(focused).toBe(true);

  await page.getByLabel('Times', { exact: true }).fill('8, 20.30');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/“Mine” is saved\. Next run: .* \(Asia\/Kolkata\)/).waitFor();
  const id = new URL(page.url()).searchParams.get('scheduled') ?? '';
  const timetable = { timeZone: 'Asia/Kolkata', times: ['08:00', '20:30'], days: weekdays.slice(0, 6) };
  const { info } = await scheduleOf(id, false);
  expect(info.nextActionTimes).toEqual(nextTimes(timetable, new Date(), info.nextActionTimes.length));

  // The home page says the same, in the same words.
  const said = await page.locator('[data-next-run]').innerText();
  expect(said).toMatch(/^Next run: (today|tomorrow|Monday) (08:00|20:30) \(Asia\/Kolkata\)$/);
  const atHome = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: /^Mine/ }) });
  await device.go('/');
  expect(await atHome.innerText()).toContain(said);
  await device.go('/saved');

  await page.getByRole('button', { name: 'Pause Mine' }).click();
  await page.getByText('Paused', { exact: true }).waitFor();
  await scheduleOf(id, true);
  await device.go('/');
  await atHome.getByText('Paused', { exact: true }).waitFor();
  await device.go('/saved');
  await page.getByRole('button', { name: 'Resume Mine' }).click();
  await page.getByText('Paused', { exact: true }).waitFor({ state: 'detached' });

  // Quiet hours over all of its times are saved, and say so.
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Your time zone').selectOption('Asia/Kolkata');
  await page.getByLabel('From').fill('20:00');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Give both times').waitFor();
  expect(await page.getByLabel('From').inputValue()).toBe('20:00');
  await page.getByLabel('To', { exact: true }).fill('09:00');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Your settings are saved.').waitFor();
  await page.getByRole('link', { name: 'Mine' }).click();
  await page.getByText('all its times are in your quiet hours').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('08:00 is in your quiet hours (20:00 to 09:00, Asia/Kolkata).').waitFor();
  await page.getByLabel('Times', { exact: true }).fill('08:00, 12:00');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('08:00 is in your quiet hours').waitFor();
  await page.getByLabel('Not by itself').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('“Mine” is saved. Runs only when you start it.').waitFor();
  await device.go('/');
  await atHome.getByText('Runs only when you start it.').waitFor();
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(sideways).toBe(false);
  await device.close();
});

test('without JavaScript: own times and quiet hours', async () => {
  const device = await site.device({ javaScript: false });
  const { page } = device;
  await device.signUp();
  await page.getByLabel('Job title').fill('engineer');
  await page.getByText('Save this search', { exact: true }).click();
  await page.getByLabel('Name').fill('Mine');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('link', { name: 'Schedule of Mine' }).click();
  await page.getByLabel('At times of its own').check();
  expect(await page.getByLabel('Time zone').inputValue()).toBe('Europe/London');
  await page.getByLabel('Times', { exact: true }).fill('25:00');
  await page.getByLabel('Time zone').selectOption('America/New_York');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('“25:00” is not a time.').waitFor();
  expect(await page.getByLabel('Time zone').inputValue()).toBe('America/New_York');
  await page.getByLabel('Times', { exact: true }).fill('07:15');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/“Mine” is saved\. Next run: .* 07:15 \(America\/New_York\)/).waitFor();
  await page.getByRole('button', { name: 'Pause Mine' }).click();
  await page.getByText('Paused', { exact: true }).waitFor();

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Once a day').check();
  await page.getByLabel('Time of the daily mail').fill('18:30');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Your settings are saved.').waitFor();
  expect(await page.getByLabel('Once a day').isChecked()).toBe(true);
  expect(await page.getByLabel('Time of the daily mail').inputValue()).toBe('18:30');
  await device.close();
});

/** Runs in the page, before its own scripts: the browser names its zone as nobody else does. */
function nameZoneOtherwise() {
  const known = Intl.DateTimeFormat.prototype.resolvedOptions;
  Intl.DateTimeFormat.prototype.resolvedOptions = function () {
    return { ...known.call(this), timeZone: 'Mars/Base' };
  };
}

test('settings begin with the browser’s zone; with one that nobody knows as without scripts', async () => {
  for (const [named, zone] of [
    ['Asia/Tokyo', 'Asia/Tokyo'],
    ['Mars/Base', 'Europe/London'],
  ] as const) {
    const device = await site.device({ timeZone: 'Asia/Tokyo' });
    const { page, context } = device;
    if (named !== 'Asia/Tokyo') await context.addInitScript(nameZoneOtherwise);
    const { email, password } = somebody();
    await page.goto('/sign-up');
    await page.locator(`input[name="timeZone"][value="${named}"]`).waitFor({ state: 'attached' });
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('main').getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('link', { name: 'Settings' }).click();
    expect(await page.getByLabel('Your time zone').inputValue()).toBe(zone);
    await device.close();
  }
});
