import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AlertNotice } from './channel.js';
import { createSlackChannel, slackBody } from './slack-channel.js';

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  server = undefined;
});

const notice = (more: Partial<AlertNotice> = {}): AlertNotice => ({
  event: 'raised',
  kind: 'board_failing',
  subject: 'reed',
  message: 'Nothing could be read from reed for 7 hours (auth).',
  raised_at: '2026-02-02T08:00:00Z',
  resolved_at: null,
  ...more,
});

async function webhook(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T0/B0/secret`;
}
const tell = (webhookUrl: string, timeoutMs = 10_000) =>
  createSlackChannel({ webhookUrl, timeoutMs }).tell({ id: 'one', notices: [notice()] });

test('posts text and blocks as JSON', async () => {
  const bodies: unknown[] = [];
  const url = await webhook(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    bodies.push([request.method, request.url, request.headers['content-type'], JSON.parse(body)]);
    response.end('ok');
  });
  await tell(url);
  expect(bodies).toEqual([
    [
      'POST',
      '/services/T0/B0/secret',
      'application/json; charset=utf-8',
      slackBody({ id: 'one', notices: [notice()] }),
    ],
  ]);
});

test('what Slack would read as markup is escaped, in raised and resolved ones', () => {
  const message = 'R&D <!channel> <https://evil.example|here> &lt;';
  const body = slackBody({
    id: 'one',
    notices: [notice({ message }), notice({ event: 'resolved', message })],
  });
  expect(body.text).toBe('Searching The Fox: 1 alert, 1 resolved');
  const texts = body.blocks.flatMap((block) => ('text' in block ? [block.text.text] : []));
  const escaped = 'R&amp;D &lt;!channel&gt; &lt;https://evil.example|here&gt; &amp;lt;';
  expect(texts).toEqual([
    `:rotating_light: *A board fails*\n${escaped}`,
    `:white_check_mark: Over: *A board fails*\n${escaped}`,
  ]);
});

test('a long message is cut to what a block takes, never within an entity', () => {
  const { blocks } = slackBody({ id: 'one', notices: [notice({ message: '&'.repeat(5_000) })] });
  const [block] = blocks;
  const text = block && 'text' in block ? block.text.text : '';
  expect(text.length).toBeLessThanOrEqual(3_000);
  expect(text).toMatch(/&amp;…$/);
});

test.each<[string, RequestListener, object]>([
  ['is gone', (_, response) => response.writeHead(404).end(), { code: '404', told: { isCertain: true } }],
  [
    'leads elsewhere',
    (_, response) => response.writeHead(302, { location: '/elsewhere' }).end(),
    { code: '302', told: { isCertain: true } },
  ],
  [
    'asks to wait',
    (_, response) => response.writeHead(429, { 'retry-after': '7' }).end(),
    { code: '429', told: { isCertain: true, retryAfterSeconds: 7 } },
  ],
  [
    'asks to wait without saying how long',
    (_, response) => response.writeHead(429, { 'retry-after': 'soon' }).end(),
    { code: '429', told: { isCertain: true, retryAfterSeconds: 30 } },
  ],
  [
    'fails within',
    (_, response) => response.writeHead(502).end(),
    { code: '502', told: { isCertain: false } },
  ],
  [
    'hangs up once it has the message',
    (request) => request.resume().on('end', () => request.socket.destroy()),
    { code: 'UND_ERR_SOCKET', told: { isCertain: false } },
  ],
])('a webhook that %s', async (_, listener, failure) => {
  const url = await webhook(listener);
  const error = await tell(url).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: 'AlertNotTold', ...failure });
  expect(String(error)).not.toContain('secret');
});

test('one that does not answer in time may have told it', async () => {
  const url = await webhook((request) => request.resume());
  await expect(tell(url, 100)).rejects.toMatchObject({ code: 'timeout', told: { isCertain: false } });
});

test('one that is not there has told nothing', async () => {
  const url = await webhook(() => undefined);
  await new Promise<void>((resolve) => server?.close(() => resolve()));
  server = undefined;
  await expect(tell(url)).rejects.toMatchObject({ code: 'ECONNREFUSED', told: { isCertain: true } });
});
