import type { FetchJson } from './board.js';
import { ask, client, serve } from './testing/http.js';
import { first, read } from './testing/read.js';

/** What The Muse has been seen to get wrong, one test a trap. */

const job = {
  id: 1,
  name: 'Engineer',
  contents: '<p>a</p>',
  refs: { landing_page: 'https://www.themuse.com/jobs/acme/engineer' },
  company: { name: 'Acme' },
};

const fetchingWith = async (answer: Parameters<typeof serve>[0]): Promise<FetchJson> => {
  const { url } = await serve(answer);
  return client(url);
};

test('403 says that it was asked too often, and how long to wait', async () => {
  const fetchJson = await fetchingWith((_request, response) =>
    response.writeHead(403, { 'retry-after': '30' }).end('{"code":403,"error":"Forbidden"}'),
  );
  await expect(read('themuse', fetchJson)).rejects.toMatchObject({
    errorClass: 'rate_limited',
    retryable: true,
    options: { status: 403, retryAfterSeconds: 30 },
  });
  await expect(ask(client((await serve((_q, s) => s.writeHead(403).end())).url))).rejects.toMatchObject({
    errorClass: 'blocked',
  });
});

test('a captcha is a block all the same', async () => {
  const fetchJson = await fetchingWith((_request, response) =>
    response.writeHead(403, { 'cf-mitigated': 'challenge' }).end('<html>'),
  );
  await expect(read('themuse', fetchJson)).rejects.toMatchObject({ errorClass: 'blocked' });
});

test('pages count from 0, as many as the board has', async () => {
  const asked: (string | null)[] = [];
  const answer: FetchJson = async ({ url }) => {
    const page = new URL(url).searchParams.get('page');
    asked.push(page);
    return { page, page_count: 3, results: [{ ...job, id: asked.length }] };
  };
  let cursor: string | null = null;
  do {
    ({ nextCursor: cursor } = await read('themuse', answer, cursor));
  } while (cursor !== null);
  expect(asked).toEqual(['0', '1', '2']);
});

test('a posting without a page has nothing to link back to', async () => {
  const results = [{ ...job, refs: {} }, { ...job, refs: null }, job];
  expect(await read('themuse', { results, page_count: 1 })).toMatchObject({ postings: [{}], skipped: 2 });
});

test.each([
  [['Flexible / Remote'], [], 'remote'],
  [['Austin, TX', 'Flexible / Remote'], ['Austin, TX'], 'remote'],
  [['Dublin, Ireland'], ['Dublin, Ireland'], 'unknown'],
])('places %j', async (names, locations, workMode) => {
  const results = [{ ...job, locations: names.map((name) => ({ name })) }];
  expect(await first('themuse', { results })).toMatchObject({ locations, workMode });
});
