import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BoardError } from '../board.js';
import {
  type BoardFetchLimits,
  boardFetchLimits,
  type ClosableFetchJson,
  createFetchJson,
} from '../fetch-json.js';

export const host = 'board.example';
/** Closed after each test. */
export const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** A server of one's own on a free port. */
export async function serve(listener: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push({
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export function client(sampleUrl: string, limits: Partial<Record<keyof BoardFetchLimits, unknown>> = {}) {
  const fetchJson = createFetchJson({ mode: 'sample', sampleUrl, limits: boardFetchLimits.parse(limits) });
  opened.push(fetchJson);
  return fetchJson;
}

export const ask = (fetchJson: ClosableFetchJson, request: Partial<Parameters<ClosableFetchJson>[0]> = {}) =>
  fetchJson({
    url: `https://${host}/jobs?page=1`,
    hosts: [host],
    container: 'object',
    signal: new AbortController().signal,
    ...request,
  });

/** The error with which an answer of the server is met. */
export const errorOf = async (listener: RequestListener, limits = {}, request = {}) => {
  const { url } = await serve(listener);
  const error = await ask(client(url, limits), request).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BoardError);
  return error as BoardError;
};

export const json =
  (body: unknown): RequestListener =>
  (_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  };
