import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { recordPeerAddress } from './forwarded-for.server.js';

// The process outlives this suite: another one's server would append as well.
let takeBack: (() => void) | undefined;
afterAll(() => takeBack?.());

test('appends the address of whoever connected, after what they claim', async () => {
  takeBack = recordPeerAddress();
  const server = createServer((request, response) => response.end(request.headers['x-forwarded-for']));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const seen = async (headers: Record<string, string>) => (await fetch(url, { headers })).text();

  expect(await seen({})).toBe('127.0.0.1');
  expect(await seen({ 'X-Forwarded-For': '203.0.113.9' })).toBe('203.0.113.9, 127.0.0.1');
  server.closeAllConnections();
  server.close();
});
