import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { freePort } from '../../local/services/ports.js';
import type { Mail } from './mailer.js';
import { createSmtpMailer } from './smtp-mailer.js';

const mail: Mail = {
  id: 'a-mail',
  to: 'ann@example.com',
  subject: 'Three new jobs',
  text: 'One, two, three.',
  html: '<p>One, two, three.</p>',
};

let taken: string[] = [];
/** What the server says to an address, to a message; nothing: it takes it. */
let refusals: { address?: string; message?: string } = {};

const refusal = (reply: string | undefined) =>
  reply ? Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) }) : undefined;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onRcptTo: (_address, _session, done) => done(refusal(refusals.address)),
  onData(stream, _session, done) {
    let text = '';
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
    stream.on('end', () => {
      const refused = refusal(refusals.message);
      if (!refused) taken.push(text);
      done(refused);
    });
  },
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise<void>((resolve) => server.close(resolve)));
beforeEach(() => {
  taken = [];
  refusals = {};
});

const portOf = () => (server.server.address() as AddressInfo).port;
async function deliver(changes: Partial<Mail> = {}, url = `smtp://127.0.0.1:${portOf()}`): Promise<void> {
  const from = 'Searching The Fox <fox@jobs.example>';
  const mailer = createSmtpMailer({ url, from, connections: 1, timeoutMs: 10_000 });
  try {
    await mailer.deliver({ ...mail, ...changes });
  } finally {
    mailer.close();
  }
}

test('a mail arrives as it is: text, HTML, its own id, from the service', async () => {
  await deliver({ headers: { 'List-Unsubscribe': '<https://jobs.example/unsubscribe/x>' } });
  const parsed = await simpleParser(taken[0] ?? '');
  expect(parsed).toMatchObject({
    messageId: '<a-mail@jobs.example>',
    subject: 'Three new jobs',
    html: '<p>One, two, three.</p>',
    from: { value: [{ address: 'fox@jobs.example', name: 'Searching The Fox' }] },
    to: { value: [{ address: 'ann@example.com' }] },
  });
  expect(parsed.text?.trim()).toBe('One, two, three.');
  expect(taken[0]).toContain('Auto-Submitted: auto-generated');
  expect(taken[0]).toContain('List-Unsubscribe: <https://jobs.example/unsubscribe/x>');
});

test('nothing that a mail is made of becomes a header or another recipient', async () => {
  await deliver({
    subject: 'Jobs\r\nBcc: eve@example.com\r\n\r\nA body',
    headers: { 'X-Search': 'Cook\r\nBcc: eve@example.com' },
  });
  await expect(deliver({ to: 'ann@example.com, eve@example.com' })).rejects.toMatchObject({
    kind: 'refused',
  });
  await expect(deliver({ to: 'ann@example.com>\r\nRCPT TO:<eve@example.com' })).rejects.toMatchObject({
    kind: 'refused',
  });
  expect(taken).toHaveLength(1);
  const parsed = await simpleParser(taken[0] ?? '');
  expect(parsed.bcc).toBeUndefined();
  expect(parsed.subject).toMatch(/^Jobs Bcc: eve@example.com +A body$/);
});

test.each([
  ['550 5.1.1 <ann@example.com>: no such mailbox', 'address', 'refused', '550 5.1.1'],
  ['450 4.2.1 <ann@example.com>: come back later', 'address', 'later', '450 4.2.1'],
  ['552 Too large', 'message', 'refused', '552'],
  ['451 Not now', 'message', 'later', '451'],
  ['421 4.3.2 Going down', 'address', 'unreachable', '421 4.3.2'],
] as const)('%s to the %s: %s, without the server’s words', async (reply, to, kind, code) => {
  refusals = { [to]: reply };
  await expect(deliver()).rejects.toMatchObject({ kind, code, message: `The mail was not taken (${code})` });
  expect(taken).toEqual([]);
});

test('a server that is not there is unreachable', async () => {
  const port = await freePort();
  await expect(deliver({}, `smtp://127.0.0.1:${port}`)).rejects.toMatchObject({
    kind: 'unreachable',
    code: 'ECONNREFUSED',
  });
});
