import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { Client, Connection } from '@temporalio/client';
import { localMailFrom } from '../local/mailbox/config.js';
import { createMailbox, type Mailbox } from '../local/mailbox/server.js';
import { waitFor } from '../local/testing/wait-for.js';
import type { sendDigests } from '../workflows/send-digests.js';
import { tickStartOptions } from '../workflows/start-options.js';
import { runsTaskQueue } from '../workflows/task-queues.js';
import { sendDigestsScheduleId } from '../workflows/workflow-ids.js';
import type { Device, Person } from './support/device.js';
import { type Site, startSite } from './support/site.js';

let site: Site;
let mailbox: Mailbox;
let temporal: Client;
let device: Device;
let person: Person;

beforeAll(async () => {
  mailbox = createMailbox({ folder: await mkdtemp(join(tmpdir(), 'mails-')) });
  await mailbox.listen();
  site = await startSite(
    {},
    {
      SMTP_URL: mailbox.smtpUrl,
      MAIL_FROM: localMailFrom,
      SERVICE_SCHEDULES: 'paused',
      DIGEST_INTERVAL_SECONDS: '3600',
      SCHEDULED_RUN_SPACING_SECONDS: '0',
    },
  );
  temporal = new Client({ connection: await Connection.connect({ address: site.stack.temporalAddress }) });
  // Rounds of mail are begun by the test, also on the hour.
  await temporal.schedule.getHandle(sendDigestsScheduleId).pause();
  device = await site.device();
  person = await device.signUp();
});
afterAll(async () => {
  await device?.close();
  await temporal?.connection.close();
  await site?.stop();
  await mailbox?.close();
  await rm(mailbox.folder, { recursive: true, force: true });
});

/** A tick, until each of its runs is over, and a round of mail after it. */
async function tickAndMail(dueAt: string): Promise<void> {
  await temporal.workflow.execute('refreshTick', tickStartOptions({ schedule: 'refresh-all', dueAt }));
  const { sql } = site.stack;
  const runs = await sql`select id from search_runs where tick_id is not null`;
  for (const { id } of runs) await site.runEnded(id);
  await temporal.workflow.execute<typeof sendDigests>('sendDigests', {
    workflowId: 'round-of-mail',
    taskQueue: runsTaskQueue,
    args: [],
  });
}

test('after a tick the mailbox has a digest of what is new; the same tick again changes nothing', async () => {
  const { page } = device;
  const first = await device.search('engineer', { boards: ['remotive', 'arbeitnow'] });
  await site.runEnded(first);
  await device.go(`/runs/${first}`);
  await page.getByText('Save this search', { exact: true }).click();
  await page.getByLabel('Name').fill('Engineers');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL('/saved?saved=*');

  // Two days later boards have new postings.
  site.boards.control.advanceClock(2 * 86_400_000);
  await site.stack.sql`delete from source_syncs`;
  const dueAt = new Date().toISOString();
  await tickAndMail(dueAt);
  const mail = await waitFor(async () => (await mailbox.mails())[0], { what: 'the digest to arrive' });
  expect(mail.to).toBe(person.email);
  const [run] = await site.stack.sql`select id, jobs_new from search_runs where tick_id is not null`;
  expect(run?.jobs_new).toBeGreaterThan(0);

  await page.goto(mailbox.url);
  await page.getByRole('link', { name: /for Engineers/ }).click();
  const html = page.frameLocator('iframe');
  await html.getByRole('heading', { level: 1 }).waitFor();
  expect(await html.getByRole('heading', { level: 1 }).innerText()).toBe(
    `${run?.jobs_new} new job${run?.jobs_new === 1 ? '' : 's'} for Engineers`,
  );
  const titles = await site.stack.sql<{ title: string; url: string; is_new: boolean }[]>`
    select p.title, s.url, r.is_new from search_run_results r join postings p on p.id = r.posting_id
    join posting_sources s on s.posting_id = p.id where r.run_id = ${run?.id}`;
  const links = new Set(mail.links);
  const shown = titles.filter(({ url }) => links.has(url));
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.filter(({ is_new }) => !is_new)).toEqual([]);

  await html
    .getByRole('link', { name: 'Engineers', exact: true })
    .getAttribute('href')
    .then((href) => page.goto(href ?? ''));
  await device.sees('success');

  await tickAndMail(dueAt);
  expect(await mailbox.mails()).toHaveLength(1);
});

test.each([
  ['light', 760],
  ['dark', 375],
] as const)('the mail can be read in the %s scheme, %i pixels wide', async (colorScheme, width) => {
  const [mail] = await mailbox.mails();
  const reader = await site.device({ colorScheme, width });
  await reader.page.setContent(mail?.html ?? '');
  const { violations } = await new AxeBuilder({ page: reader.page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
  expect(await reader.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  await reader.close();
});

test('mail programs end the mail by one click, people on a page, and take it back', async () => {
  const { page } = device;
  const [mail] = await mailbox.mails();
  const link = /^<(.+)>$/.exec(mail?.headers['list-unsubscribe'] ?? '')?.[1] ?? '';
  const digest = async () =>
    (
      await site.stack
        .sql`select p.digest from profiles p join auth.users u on u.id = p.user_id where u.email = ${person.email}`
    )[0]?.digest;

  // As RFC 8058 has it, from anywhere and with no cookie.
  const oneClick = await fetch(link, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
    redirect: 'manual',
  });
  expect([oneClick.status, oneClick.headers.get('set-cookie'), await digest()]).toEqual([200, null, 'off']);
  expect(oneClick.headers.get('x-robots-tag')).toBe('noindex');
  const form = new FormData();
  form.set('List-Unsubscribe', 'One-Click');
  expect((await fetch(link, { method: 'POST', body: form })).status).toBe(200);

  const other = await site.device({ javaScript: false });
  await other.go(new URL(link).pathname);
  // Looking at the page, as scanners of mail do, changes nothing.
  await site.stack.sql`update profiles set digest = 'each_tick'`;
  await other.go(new URL(link).pathname);
  expect(await digest()).toBe('each_tick');
  await other.page.getByRole('button', { name: 'Stop the mails' }).click();
  await other.page.getByRole('heading', { name: 'No more mail' }).waitFor();
  expect(await digest()).toBe('off');
  expect(await other.page.content()).not.toContain(person.email);
  await other.close();

  await page.goto(link);
  await page.getByRole('button', { name: 'Stop the mails' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('heading', { name: 'The mails go on' }).waitFor();
  expect(await digest()).toBe('each_tick');

  await page.goto(link.replace(/[0-9a-f]{8}$/, '00000000'));
  await page.getByRole('button', { name: 'Stop the mails' }).click();
  await page.getByText('This link is not good any more').waitFor();
});

test('a person revokes the link in their mails after being asked, with scripts and without', async () => {
  const { page } = device;
  const { sql } = site.stack;
  const [mail] = await mailbox.mails();
  const link = /^<(.+)>$/.exec(mail?.headers['list-unsubscribe'] ?? '')?.[1] ?? '';
  const revoke = { name: 'Revoke the link' };
  await device.go('/settings');
  await page.getByRole('button', revoke).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  expect(await sql`select from unsubscribe_links`).toHaveLength(1);
  await page.getByRole('button', revoke).click();
  await page.getByRole('alertdialog').getByRole('button', revoke).click();
  await page.getByText('The unsubscribe link is revoked').waitFor();
  await page.goto(link);
  await page.getByRole('button', { name: 'Stop the mails' }).click();
  await page.getByText('This link is not good any more').waitFor();

  // The next mail has a new one.
  await sql`select unsubscribe_token(user_id) from profiles`;
  const plain = await site.device({ javaScript: false });
  await plain.signIn(person);
  await plain.page.goto('/settings');
  await plain.page.getByRole('link', revoke).click();
  await plain.page.getByRole('heading', { name: 'Revoke the unsubscribe link?' }).waitFor();
  await plain.page.getByRole('button', revoke).click();
  await plain.page.getByText('The unsubscribe link is revoked').waitFor();
  expect(await sql`select from unsubscribe_links`).toHaveLength(0);
  await plain.close();
});
