import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { waitFor } from '../../local/testing/wait-for.js';
import { boardFetchLimits, createFetchJson } from './fetch-json.js';
import { json, opened, serve } from './testing/http.js';

/** A service of our own stands on whatever network a deployment has; everything else stays forbidden. */

const host = '127.0.0.1';

function client(options: { services?: string[]; limits?: Record<string, number> } = {}) {
  const { services = [], limits = {} } = options;
  const fetchJson = createFetchJson({ mode: 'live', services, limits: boardFetchLimits.parse(limits) });
  opened.push(fetchJson);
  return (url: string, more: object = {}) =>
    fetchJson({
      url,
      hosts: [host],
      container: 'object',
      signal: new AbortController().signal,
      ...more,
    });
}

test('it is asked as it is, with a JSON body by POST', async () => {
  const seen: unknown[] = [];
  const { url } = await serve(async (request, response) => {
    const { method, url: path, headers } = request;
    seen.push([method, path, headers['content-type'], await text(request)]);
    json({ jobs: [] })(request, response);
  });
  const ask = client({ services: [`${url}/`] });
  await expect(ask(`${url}/scrape`, { body: { sites: ['indeed'] } })).resolves.toEqual({ jobs: [] });
  expect(seen).toEqual([['POST', '/scrape', 'application/json', '{"sites":["indeed"]}']]);
});

test('also where the boards are sample ones', async () => {
  const { url } = await serve(json({ own: true }));
  const sample = await serve(json({ own: false }));
  const limits = boardFetchLimits.parse({});
  const fetchJson = createFetchJson({ mode: 'sample', sampleUrl: sample.url, services: [url], limits });
  opened.push(fetchJson);
  const request = { container: 'object', signal: new AbortController().signal } as const;
  await expect(fetchJson({ ...request, url: `${url}/`, hosts: [host] })).resolves.toEqual({ own: true });
  const board = { ...request, url: 'https://board.example/', hosts: ['board.example'], body: {} };
  await expect(fetchJson(board)).resolves.toEqual({ own: false });
});

test.each<[string, (own: string, other: string) => [url: string, hosts: string[]]]>([
  ['another port of its host', (_own, other) => [`${other}/scrape`, [host]]],
  ['its address in the name of a board', (own) => [`${own}/scrape`, ['boards-api.greenhouse.io']]],
  ['its address with credentials', (own) => [own.replace('//', '//user:secret@'), [host]]],
  ['its host by https', () => [`https://${host}/scrape`, [host]]],
])('%s is not asked', async (_what, wrong) => {
  let requests = 0;
  const count: RequestListener = (_request, response) => {
    requests += 1;
    response.end('{}');
  };
  const [own, other] = [await serve(count), await serve(count)];
  const [url, hosts] = wrong(own.url, other.url);
  await expect(client({ services: [own.url] })(url, { hosts })).rejects.toMatchObject({
    errorClass: 'config',
  });
  expect(requests).toBe(0);
});

test('it may not send us elsewhere, not even to itself', async () => {
  let requests = 0;
  const { url } = await serve((_request, response) => {
    requests += 1;
    response.writeHead(307, { location: '/again' }).end();
  });
  await expect(client({ services: [url] })(`${url}/`)).rejects.toMatchObject({ errorClass: 'bad_response' });
  expect(requests).toBe(1);
});

test('it may take longer than a board, within a time of its own', async () => {
  let answer: (() => void) | undefined;
  const { url } = await serve((request, response) => {
    if (request.url === '/slow') answer = () => json({})(request, response);
  });
  const hasty = { BOARD_RESPONSE_TIMEOUT_MS: 100, BOARD_TOTAL_TIMEOUT_MS: 100 };
  const asked = client({ services: [url], limits: hasty })(`${url}/slow`);
  const answerIt = await waitFor(() => answer, { what: 'the service to be asked' });
  // It answers when a board that was asked after it has had its time.
  const board = createFetchJson({ mode: 'sample', sampleUrl: url, limits: boardFetchLimits.parse(hasty) });
  opened.push(board);
  const request = { url: 'https://board.example/never', hosts: ['board.example'] };
  const { signal } = new AbortController();
  await expect(board({ ...request, container: 'object', signal })).rejects.toMatchObject({
    errorClass: 'timeout',
  });
  answerIt();
  await expect(asked).resolves.toEqual({});
  const limits = { SERVICE_TOTAL_TIMEOUT_MS: 100 };
  await expect(client({ services: [url], limits })(`${url}/never`)).rejects.toMatchObject({
    errorClass: 'timeout',
  });
});

test('without a service its address is refused like any private one', async () => {
  const { url } = await serve(json({}));
  await expect(client()(`${url}/scrape`)).rejects.toMatchObject({ errorClass: 'config' });
});

test('a board that answers a POST with a redirect is not followed', async () => {
  const { url } = await serve((_request, response) => response.writeHead(307, { location: '/b' }).end());
  const fetchJson = createFetchJson({ mode: 'sample', sampleUrl: url, limits: boardFetchLimits.parse({}) });
  opened.push(fetchJson);
  const asked = { url: 'https://board.example/a', hosts: ['board.example'], container: 'object' as const };
  await expect(fetchJson({ ...asked, signal: new AbortController().signal, body: {} })).rejects.toMatchObject(
    { errorClass: 'bad_response' },
  );
});
