import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mail } from '../../activities/mail/mailer.js';
import { createSmtpMailer } from '../../activities/mail/smtp-mailer.js';
import { createMailbox, type Mailbox } from './server.js';

let folder: string;
let mailbox: Mailbox;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailbox-'));
  mailbox = createMailbox({ folder, keep: 3 });
  await mailbox.listen();
});
afterEach(async () => {
  await mailbox.close();
  await rm(folder, { recursive: true, force: true });
});

async function send(mail: Partial<Mail> = {}): Promise<void> {
  const mailer = createSmtpMailer({
    url: mailbox.smtpUrl,
    from: 'Fox <fox@example.com>',
    connections: 1,
    timeoutMs: 10_000,
  });
  try {
    await mailer.deliver({ id: 'one', to: 'ann@example.com', subject: 'Hello', text: 'Hello.', ...mail });
  } finally {
    mailer.close();
  }
}
const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(new URL(path, mailbox.url), { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const subjects = async () => (await mailbox.mails()).map(({ subject }) => subject);

test('keeps a mail once, however often it is sent', async () => {
  await Promise.all([send(), send(), send({ id: 'two', subject: 'Another' })]);
  await send({ subject: 'The same again' });
  expect((await subjects()).sort()).toEqual(['Another', 'Hello']);
});

test('keeps mails over a restart, and the last so many', async () => {
  await send();
  await mailbox.close();
  mailbox = createMailbox({ folder, keep: 3 });
  await mailbox.listen();
  await send({ subject: 'The same again' });
  expect(await subjects()).toEqual(['Hello']);
  for (const id of ['2', '3', '4']) await send({ id, subject: id });
  expect(await subjects()).toEqual(['4', '3', '2']);
  expect(await readdir(folder)).toHaveLength(3);
});

test('shows a mail: text, headers, links, and its HTML where nothing of it runs', async () => {
  await send({
    subject: 'Jobs <script>alert(1)</script>',
    text: 'See https://jobs.example/runs/1',
    html: '<p>See <a href="https://jobs.example/runs/2?a=1&amp;b=2">it</a></p><script>alert(1)</script>',
    headers: { 'List-Unsubscribe': '<https://jobs.example/unsubscribe/x>' },
  });
  const [mail] = await mailbox.mails();
  expect(mail?.links).toEqual([
    'https://jobs.example/runs/2?a=1&b=2',
    'https://jobs.example/runs/1',
    'https://jobs.example/unsubscribe/x',
  ]);
  const list = await get('/');
  expect(list.text).toContain('Jobs &lt;script&gt;alert(1)&lt;/script&gt;');
  expect(list.text).toContain('to ann@example.com');
  const page = await get(`/messages/${mail?.id}`);
  expect(page.text).toContain(
    `<iframe title="The mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/messages/${mail?.id}/html">`,
  );
  expect(page.text).toContain('href="https://jobs.example/runs/2?a=1&amp;b=2"');
  expect(page.text).toContain('List-Unsubscribe: &lt;https://jobs.example/unsubscribe/x&gt;');
  expect(page.text).not.toContain('<script>');
  const html = await get(`/messages/${mail?.id}/html`);
  expect(html.headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*sandbox allow-popups/);
  expect(JSON.parse((await get(`/messages/${mail?.id}/json`)).text)).toEqual(mail);
  expect((await get(`/messages/${mail?.id}/raw`)).headers.get('content-type')).toMatch(/^text\/plain/);
});

test('takes what a Slack webhook is sent, and shows it as text', async () => {
  const tell = async (body: unknown) => {
    const response = await fetch(mailbox.slackUrl, { method: 'POST', body: JSON.stringify(body) });
    return [response.status, await response.text()];
  };
  const section = { type: 'section', text: { type: 'mrkdwn', text: 'R&amp;D &lt;script&gt;' } };
  expect(await tell({ text: '1 alert', blocks: [section] })).toEqual([200, 'ok']);
  expect(await tell({ blocks: [section] })).toEqual([400, 'invalid_payload']);
  mailbox.webhook.answerOnce(429, { 'retry-after': '7' });
  expect(await tell({ text: '1 alert' })).toEqual([429, 'not now']);
  expect(mailbox.webhook.list()).toEqual([
    { at: expect.any(String), text: '1 alert', sections: ['R&D <script>'] },
  ]);
  expect((await get('/')).text).toContain('<pre>R&amp;D &lt;script&gt;</pre>');
});

test('answers to this machine alone, and only what it has', async () => {
  await send();
  expect((await get('/messages/..%2f..%2fpackage.json')).status).toBe(404);
  expect((await get('/messages/nothing/raw')).status).toBe(404);
  const elsewhere = await new Promise<number | undefined>((resolve, reject) => {
    const { hostname, port } = new URL(mailbox.url);
    import('node:http').then(({ get: ask }) =>
      ask({ hostname, port, path: '/', headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject),
    );
  });
  expect(elsewhere).toBe(421);
});

test('refuses, and breaks off before or after it has taken a mail, when it is told to', async () => {
  const { control } = mailbox;
  control.behave({ refuse: { at: 'address', reply: '550 5.1.1 No' }, to: 'ann@example.com', times: 1 });
  await send({ id: 'other', to: 'bob@example.com' });
  await expect(send()).rejects.toMatchObject({ kind: 'refused', code: '550 5.1.1' });
  control.behave({ drop: 'before', times: 1 });
  await expect(send()).rejects.toMatchObject({ kind: 'later' });
  expect(await mailbox.mails()).toHaveLength(1);
  control.behave({ drop: 'after', times: 1 });
  await expect(send()).rejects.toMatchObject({ kind: 'later' });
  expect(await mailbox.mails()).toHaveLength(2);
  await send();
  expect(await mailbox.mails()).toHaveLength(2);
});
