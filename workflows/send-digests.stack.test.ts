import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMailbox, type Mailbox, type ReadMail } from '../local/mailbox/server.js';
import { freePort } from '../local/services/ports.js';
import type { TestUser } from '../local/testing/stack.js';
import { waitFor } from '../local/testing/wait-for.js';
import { addSavedSearch, addTick, tickRun } from '../supabase/tests/digest-steps.js';
import type { MailCounts, sendDigests } from './send-digests.js';
import { runsTaskQueue } from './task-queues.js';
import { triggerSchedule } from './testing/trigger-schedule.js';
import { startWorld, type World } from './testing/world.js';
import { sendDigestsScheduleId } from './workflow-ids.js';

const site = 'https://jobs.example';

let folder: string;
let mailbox: Mailbox;
let world: World;
let rounds = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mails-'));
  mailbox = createMailbox({ folder });
  // While it is closed nobody else is given its port.
  await mailbox.listen({ http: 0, smtp: await freePort() });
  world = await startWorld({
    SMTP_URL: mailbox.smtpUrl,
    MAIL_FROM: 'Searching The Fox <fox@jobs.example>',
    SITE_URL: site,
    DIGEST_INTERVAL_SECONDS: '3600',
    MAILS_A_PAGE: '3',
    LOG_LEVEL: 'debug',
  });
  // Rounds are begun by the tests, also on the hour.
  await world.temporal.schedule.getHandle(sendDigestsScheduleId).pause();
});
afterAll(async () => {
  await world?.stop();
  await mailbox?.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  mailbox.control.reset();
  await world.stack.sql`delete from digests`;
});

/** A tick's run of a saved search that found these jobs, for a person. */
async function foundAtTick(
  { id: userId }: TestUser,
  { tick, name = 'Welder', titles }: { tick?: string; name?: string; titles: string[] },
): Promise<{ run: string; tick: string }> {
  const { sql } = world.stack;
  const at = tick ?? (await addTick(sql));
  const savedSearch = await addSavedSearch(sql, userId, name);
  return { run: await tickRun(sql, { tick: at, userId, savedSearch, titles }), tick: at };
}

const begin = () => {
  rounds += 1;
  return world.temporal.workflow.start<typeof sendDigests>('sendDigests', {
    workflowId: `round-${rounds}`,
    taskQueue: runsTaskQueue,
    args: [],
  });
};
const round = async (): Promise<MailCounts> => (await begin()).result();
const mailsTo = async ({ email }: TestUser): Promise<ReadMail[]> =>
  (await mailbox.mails()).filter(({ to }) => to === email);
const digestsOf = ({ id }: TestUser) =>
  world.stack.sql`select state, attempts, error from digests where user_id = ${id} order by created_at`;

test('a digest has only what is new, by saved search, as HTML and as text, with a link that ends it', async () => {
  const ann = await world.stack.createUser();
  await foundAtTick(ann, { name: 'Masons', titles: ['Mason'] });
  expect(await round()).toMatchObject({ sent: 1 });
  const { tick, run } = await foundAtTick(ann, { name: 'Masons', titles: ['Mason', 'Stone mason'] });
  await foundAtTick(ann, { tick, name: 'Bakers', titles: ['Baker', 'Pastry cook'] });
  expect(await round()).toMatchObject({ sent: 1 });

  const [mail] = await mailsTo(ann);
  expect(mail?.subject).toBe('3 new jobs in 2 of your searches');
  expect(mail?.from).toBe('"Searching The Fox" <fox@jobs.example>');
  for (const form of [mail?.html ?? '', mail?.text ?? '']) {
    for (const words of ['Bakers', 'Baker', 'Pastry cook', 'Company of Baker', 'Stone mason', 'Remotive'])
      expect(form).toContain(words);
    expect(form).not.toMatch(/>Mason<|\* Mason/);
    expect(form).toContain(`${site}/runs/${run}?onlyNew=true`);
    expect(form).toContain('https://remotive.com/jobs/');
  }
  const link = mail?.links.find((each) => each.startsWith(`${site}/unsubscribe/`));
  expect(link).toMatch(/\/[0-9a-f]{64}$/);
  expect(mail?.headers).toMatchObject({
    'list-unsubscribe': `<${link}>`,
    'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
    'message-id': expect.stringMatching(/^<[0-9a-f-]{36}@jobs\.example>$/),
  });
  // It says nothing about the person but to the server that brings it.
  for (const part of [mail?.html, mail?.text, mail?.messageId, link])
    expect(part).not.toMatch(new RegExp(`${ann.id}|${ann.email}`));

  expect(await round()).toMatchObject({ sent: 0, nothing: 0 });
  expect(await mailsTo(ann)).toHaveLength(2);
});

test('what people and boards wrote stays words', async () => {
  const ann = await world.stack.createUser();
  await foundAtTick(ann, {
    name: 'Cook"><script>alert(1)</script>\r\nBcc: eve@example.com',
    titles: ['Chef <img src=x onerror=alert(1)> & "Sons"'],
  });
  await round();
  const [mail] = await mailsTo(ann);
  expect(mail?.html).not.toMatch(/<script|<img/);
  expect(mail?.html).toContain('Chef &lt;img src=x onerror=alert(1)&gt; &amp; &quot;Sons&quot;');
  expect(mail?.text).toContain('* Chef <img src=x onerror=alert(1)> & "Sons"');
  expect(mail?.headers.bcc).toBeUndefined();
  expect(mail?.subject).toBe('1 new job for Cook"><script>alert(1)</script> Bcc: eve@example.com');
  expect(mail?.text).not.toMatch(/^Bcc:/m);
});

test('a mail that was taken, and whose answer was lost, is there once', async () => {
  const ann = await world.stack.createUser();
  await foundAtTick(ann, { titles: ['Glazier'] });
  mailbox.control.behave({ drop: 'after', times: 1 });
  expect(await round()).toMatchObject({ sent: 1 });
  expect(mailbox.control.transfers).toEqual([ann.email, ann.email]);
  expect(await mailsTo(ann)).toHaveLength(1);
  expect(await digestsOf(ann)).toEqual([{ state: 'sent', attempts: 2, error: null }]);
});

test('a worker that is killed between sending and noting it leaves one mail', async () => {
  const ann = await world.stack.createUser();
  await foundAtTick(ann, { titles: ['Roofer'] });
  mailbox.control.hold();
  const sending = await begin();
  await waitFor(() => mailbox.control.transfers.includes(ann.email), { what: 'the mail to be under way' });
  world.worker.kill('SIGKILL');
  await world.worker.waitForExit();
  mailbox.control.release();
  await waitFor(async () => (await mailsTo(ann)).length === 1, { what: 'the mail to be taken' });
  expect(await digestsOf(ann)).toMatchObject([{ state: 'sending' }]);

  world.worker = await world.startWorker();
  expect(await sending.result()).toMatchObject({ sent: 1 });
  expect(mailbox.control.transfers).toHaveLength(2);
  expect(await mailsTo(ann)).toHaveLength(1);
  expect(await digestsOf(ann)).toMatchObject([{ state: 'sent' }]);
});

test('while no server takes mail nothing is lost, and later each mail goes once', async () => {
  const people = [await world.stack.createUser(), await world.stack.createUser()];
  const tick = await addTick(world.stack.sql);
  for (const person of people) await foundAtTick(person, { tick, titles: ['Plumber'] });
  const { port } = new URL(mailbox.smtpUrl);
  await mailbox.close();
  expect(await round()).toMatchObject({ sent: 0, unreachable: 2 });
  for (const person of people)
    expect(await digestsOf(person)).toEqual([{ state: 'sending', attempts: 3, error: 'ECONNREFUSED' }]);

  mailbox = createMailbox({ folder });
  await mailbox.listen({ http: 0, smtp: Number(port) });
  expect(await round()).toMatchObject({ sent: 2 });
  expect(await round()).toMatchObject({ sent: 0 });
  for (const person of people) expect(await mailsTo(person)).toHaveLength(1);
});

test('an address that is refused, or put off, holds nobody else back', async () => {
  const people = await Promise.all(Array.from({ length: 5 }, () => world.stack.createUser()));
  const [first, ...others] = people.sort((a, b) => (a.id < b.id ? -1 : 1)) as [TestUser, ...TestUser[]];
  const tick = await addTick(world.stack.sql);
  for (const person of people) await foundAtTick(person, { tick, titles: ['Tiler'] });
  mailbox.control.behave({ refuse: { at: 'address', reply: '550 5.1.1 No such mailbox' }, to: first.email });
  expect(await round()).toMatchObject({ sent: 4, refused: 1 });
  expect(await digestsOf(first)).toEqual([{ state: 'refused', attempts: 1, error: '550 5.1.1' }]);
  for (const person of others) expect(await mailsTo(person)).toHaveLength(1);

  const next = await addTick(world.stack.sql);
  for (const person of people) await foundAtTick(person, { tick: next, titles: ['Tiler abroad'] });
  mailbox.control.behave({ refuse: { at: 'message', reply: '451 4.7.1 Come back later' }, to: first.email });
  expect(await round()).toMatchObject({ sent: 4, later: 1 });
  mailbox.control.reset();
  // Not before its time.
  expect(await round()).toMatchObject({ sent: 0 });
  await world.stack.sql`update digests set put_off_until = now() where put_off_until is not null`;
  expect(await round()).toMatchObject({ sent: 1 });
  expect(await mailsTo(first)).toHaveLength(1);
});

test('two workers and two rounds at once send each mail once', async () => {
  const people = await Promise.all(Array.from({ length: 8 }, () => world.stack.createUser()));
  const tick = await addTick(world.stack.sql);
  for (const person of people) await foundAtTick(person, { tick, titles: ['Sailor'] });
  const other = await world.startWorker();
  await Promise.all([round(), round()]);
  for (const person of people) {
    expect(await mailsTo(person)).toHaveLength(1);
    expect(await digestsOf(person)).toMatchObject([{ state: 'sent' }]);
  }
  await other.stop();
});

test('whoever was away for long is told once that their searches will rest', async () => {
  const { sql } = world.stack;
  const ann = await world.stack.createUser();
  await addSavedSearch(sql, ann.id, 'Night nurse');
  await sql`update profiles set seen_at = now() - interval '28 days' where user_id = ${ann.id}`;
  mailbox.control.behave({ drop: 'after', times: 1 });
  expect(await round()).toMatchObject({ sent: 1 });
  expect(await round()).toMatchObject({ sent: 0 });
  const mails = await mailsTo(ann);
  expect(mails.map(({ subject }) => subject)).toEqual(['Your saved searches are about to rest']);
  for (const form of [mails[0]?.html, mails[0]?.text]) {
    expect(form).toContain('Night nurse');
    expect(form).toContain(site);
  }
  await ann.client.rpc('touch_profile');
  const [profile] = await sql`select rest_told_at from profiles where user_id = ${ann.id}`;
  expect(profile).toEqual({ rest_told_at: null });
  expect(await round()).toMatchObject({ sent: 0 });
});

test("the mail server's password changes while a mail is under way: each mail goes once, and none is refused", async () => {
  const smtpUrl = (password: string) => mailbox.smtpUrl.replace('//', `//fox:${password}@`);
  const [ann, bob] = await Promise.all([world.stack.createUser(), world.stack.createUser()]);
  await world.worker.stop();
  mailbox.control.passwords = ['the-first-password'];
  const before = await world.startWorker({ SMTP_URL: smtpUrl('the-first-password') });
  await foundAtTick(ann, { titles: ['Sexton'] });
  mailbox.control.hold();
  const sending = await begin();
  await waitFor(() => mailbox.control.transfers.includes(ann.email), { what: 'the mail to be under way' });
  mailbox.control.passwords.push('the-second-password');
  world.worker = await world.startWorker({ SMTP_URL: smtpUrl('the-second-password') });
  before.kill('SIGTERM');
  mailbox.control.release();
  expect(await before.waitForExit()).toEqual({ code: 0, signal: null });
  mailbox.control.passwords.shift();
  expect(await sending.result()).toMatchObject({ sent: 1 });
  await foundAtTick(bob, { titles: ['Verger'] });
  expect(await round()).toMatchObject({ sent: 1 });
  for (const person of [ann, bob]) expect(await mailsTo(person)).toHaveLength(1);
  expect(mailbox.control.loginsRefused).toBe(0);

  // Taken away before the workers had the next: mail waits, once they have to connect anew.
  mailbox.control.passwords = ['the-third-password'];
  await world.worker.stop();
  world.worker = await world.startWorker({ SMTP_URL: smtpUrl('the-second-password') });
  await foundAtTick(ann, { titles: ['Beadle'] });
  expect(await round()).toMatchObject({ sent: 0, unreachable: 1 });
  expect(await digestsOf(ann)).toContainEqual({ state: 'sending', attempts: 3, error: '535 5.7.8' });
  await world.worker.stop();
  world.worker = await world.startWorker({ SMTP_URL: smtpUrl('the-third-password') });
  expect(await round()).toMatchObject({ sent: 1 });
  expect(await mailsTo(ann)).toHaveLength(2);
});

test('the schedule begins a round, and neither histories nor logs name an address', async () => {
  const ann = await world.stack.createUser();
  await foundAtTick(ann, { titles: ['Painter'] });
  await triggerSchedule(world, sendDigestsScheduleId);
  await waitFor(async () => (await mailsTo(ann)).length === 1, { what: 'the digest to arrive' });

  const everybody = (await mailbox.mails()).map(({ to }) => to);
  for await (const { workflowId, runId } of world.temporal.workflow.list({
    query: "WorkflowType = 'sendDigests'",
  })) {
    const { events } = await world.temporal.workflow.getHandle(workflowId, runId).fetchHistory();
    const history = JSON.stringify(events, (_key, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString() : value,
    );
    for (const address of everybody) expect(history).not.toContain(address);
    expect(history).not.toContain('Painter');
  }
  for (const address of everybody) expect(world.worker.output()).not.toContain(address);
});
