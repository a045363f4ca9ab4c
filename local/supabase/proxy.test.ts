import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProxy } from './proxy.js';

const anonKey = 'anon-key-of-this-test';
const serviceRoleKey = 'service-key-of-this-test';

let folder: string;
let upstream: Server;
let proxy: Server;
let url: string;
/** What PostgREST's stand-in does with the next request. */
let handle: (request: IncomingMessage, response: ServerResponse) => void;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stf-proxy-'));
  upstream = createServer((request, response) => handle(request, response));
  upstream.listen(join(folder, 'rest.sock'));
  await once(upstream, 'listening');
  proxy = createProxy({
    anonKey,
    serviceRoleKey,
    restSocket: join(folder, 'rest.sock'),
    lite: async (request) =>
      Response.json({ path: new URL(request.url).pathname, body: await request.text() }),
    isReady: async () => upstream.listening,
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});

afterAll(async () => {
  for (const server of [proxy, upstream]) {
    server.closeAllConnections();
    server.close();
  }
  await rm(folder, { recursive: true, force: true });
});

const get = (path: string, init: RequestInit = {}) =>
  fetch(url + path, { ...init, headers: { apikey: anonKey, ...init.headers } });

test('passes data requests on, with the key as the token of whoever is not signed in', async () => {
  handle = (request, response) => response.end(JSON.stringify([request.url, request.headers.authorization]));
  expect(await (await get('/rest/v1/notes?select=id')).json()).toEqual([
    '/notes?select=id',
    `Bearer ${anonKey}`,
  ]);
  const signedIn = await get('/rest/v1/notes', { headers: { authorization: 'Bearer mine' } });
  expect(await signedIn.json()).toEqual(['/notes', 'Bearer mine']);
});

test('passes auth requests on with their body', async () => {
  const response = await get('/auth/v1/token', { method: 'POST', body: 'a body' });
  expect(await response.json()).toEqual({ path: '/auth/v1/token', body: 'a body' });
});

test('hands on each part of an answer as it comes', async () => {
  let finish = () => {};
  handle = (_request, response) => {
    response.write('first');
    finish = () => response.end('last');
  };
  const response = await get('/rest/v1/notes');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toBe('first');
  finish();
  expect((await reader?.read())?.value).toBe('last');
});

test('a client that goes away ends the request behind the proxy', async () => {
  const gone = new Promise((resolve) => {
    handle = (_request, response) => {
      response.write('first');
      response.on('close', () => resolve('closed'));
    };
  });
  const leaving = new AbortController();
  const response = await get('/rest/v1/notes', { signal: leaving.signal });
  await response.body?.getReader().read();
  leaving.abort();
  expect(await gone).toBe('closed');
});

test('an upstream that breaks off before its answer is a 503', async () => {
  handle = (request) => request.socket.destroy();
  expect((await get('/rest/v1/notes')).status).toBe(503);
});

test('refuses other keys, and other paths', async () => {
  expect((await get('/rest/v1/notes', { headers: { apikey: 'x'.repeat(anonKey.length) } })).status).toBe(401);
  expect((await fetch(`${url}/rest/v1/notes`)).status).toBe(401);
  expect((await get('/storage/v1/object')).status).toBe(404);
});

test('says when it is ready', async () => {
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});
