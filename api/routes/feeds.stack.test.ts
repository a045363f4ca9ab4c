import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { startTestStack, type TestStack, type TestUser } from '../../local/testing/stack.js';
import { type ApiClient, expectProblem, startApi } from '../testing/api-client.js';
import { completeRun, posting, recordPostings } from '../testing/runs.js';

let stack: TestStack;
let nobody: ApiClient;
let asAda: ApiClient;
let asBob: ApiClient;
let ada: TestUser;

beforeAll(async () => {
  stack = await startTestStack();
  const started = await startApi(stack, { SITE_URL: 'https://fox.example', FEED_ITEMS: '3' });
  nobody = started.api;
  const [a, b] = await Promise.all([stack.createUser(), stack.createUser()]);
  ada = a;
  asAda = started.api.as(a.accessToken);
  asBob = started.api.as(b.accessToken);
});
afterAll(() => stack?.stop());

async function save(title: string): Promise<string> {
  const { body } = await asAda.post('/saved-searches', {
    name: `My ${title}`,
    parameters: { title, boards: ['remotive'] },
  });
  return body.id;
}

async function run(savedSearchId: string): Promise<void> {
  const { body } = await asAda.post('/runs', { savedSearchId });
  await completeRun(stack.sql, body.run.id);
}

/** The path of a feed's link, for asking this API for it. */
async function makeFeed(savedSearchId: string): Promise<{ rss: string; atom: string; json: string }> {
  const { status, body } = await asAda.request('PUT', `/saved-searches/${savedSearchId}/feed`);
  expect(status).toBe(200);
  const path = (link: string) => new URL(link).pathname;
  return { rss: path(body.links.rss), atom: path(body.links.atom), json: path(body.links.json) };
}

test('a feed tells what its saved search found, the newest first, each job once', async () => {
  const saved = await save('blacksmith');
  const feed = await makeFeed(saved);
  expect((await nobody.get(feed.json)).body).toMatchObject({ items: [] });

  await recordPostings(stack.sql, 'remotive', [posting({ title: 'Blacksmith', company: 'Anvil' })]);
  await run(saved);
  await recordPostings(stack.sql, 'remotive', [posting({ title: 'Senior Blacksmith', company: 'Forge' })]);
  await run(saved);

  const { headers, body } = await nobody.get(feed.json);
  expect(headers.get('content-type')).toBe('application/feed+json; charset=utf-8');
  expect(headers.get('x-robots-tag')).toBe('noindex');
  expect(body.title).toBe('My blacksmith · Searching The Fox');
  expect(body.items.map(({ title }: { title: string }) => title)).toEqual([
    'Senior Blacksmith at Forge',
    'Blacksmith at Anvil',
  ]);
  expect(body.items[0]).toMatchObject({
    url: expect.stringMatching(/^https:\/\/example\.com\/jobs\//),
    content_html: expect.stringContaining('>Remotive</a>'),
  });
});

test('RSS and Atom are whole XML whatever a board says', async () => {
  const saved = await save('cooper');
  await recordPostings(stack.sql, 'remotive', [
    posting({ title: 'Cooper <b>&amp;</b> ]]> "quoted"\u0007', company: 'Barrel & <Sons>' }),
  ]);
  await run(saved);
  const feed = await makeFeed(saved);
  const parser = new XMLParser({ ignoreAttributes: false });

  const rss = await nobody.get(feed.rss);
  expect(rss.headers.get('content-type')).toBe('application/rss+xml; charset=utf-8');
  expect(XMLValidator.validate(rss.text)).toBe(true);
  const { channel } = parser.parse(rss.text).rss;
  expect(channel['atom:link']['@_href']).toMatch(/^https:\/\/fox\.example\/feeds\/[\w-]+\/rss$/);
  expect(channel.item.title).toBe('Cooper <b>&amp;</b> ]]> "quoted" at Barrel & <Sons>');

  const atom = await nobody.get(feed.atom);
  expect(atom.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
  expect(XMLValidator.validate(atom.text)).toBe(true);
  const { entry } = parser.parse(atom.text).feed;
  expect(entry.title['@_type']).toBe('html');
  expect(entry.title['#text']).toContain('&lt;b&gt;');
  expect(entry.content['#text']).not.toContain('<Sons>');
});

test('a reader that has it already is told so, until something new is found', async () => {
  const saved = await save('falconer');
  await recordPostings(stack.sql, 'remotive', [posting({ title: 'Falconer' })]);
  await run(saved);
  const feed = await makeFeed(saved);
  const first = await nobody.get(feed.rss);
  const tag = first.headers.get('etag') ?? '';
  const modified = first.headers.get('last-modified') ?? '';

  const asked: [string, string][] = [
    ['if-none-match', tag],
    ['if-none-match', `"other", ${tag}`],
    ['if-modified-since', modified],
  ];
  for (const header of asked) {
    const again = await nobody.get(feed.rss, { headers: Object.fromEntries([header]) });
    expect([again.status, again.text]).toEqual([304, '']);
  }
  const older = { 'if-modified-since': new Date(Date.parse(modified) - 1_000).toUTCString() };
  expect((await nobody.get(feed.rss, { headers: older })).status).toBe(200);

  await recordPostings(stack.sql, 'remotive', [posting({ title: 'Head Falconer' })]);
  await run(saved);
  const news = await nobody.get(feed.rss, { headers: { 'if-none-match': tag } });
  expect(news.status).toBe(200);
  expect(news.text).toContain('Head Falconer');
});

test('what the person hid is not in it, and no more than so many', async () => {
  const saved = await save('glazier');
  await recordPostings(
    stack.sql,
    'remotive',
    ['One', 'Two', 'Three', 'Four', 'Hidden'].map((company) => posting({ title: 'Glazier', company })),
  );
  await run(saved);
  const hidden = { kind: 'company', text: 'Hidden' };
  expect((await asAda.request('PUT', '/hidden-terms', { body: hidden })).status).toBe(200);
  const { body } = await nobody.get((await makeFeed(saved)).json);
  expect(body.items).toHaveLength(3);
  expect(JSON.stringify(body.items)).not.toContain('Hidden');
});

test('a link is made once, and leads nowhere once it is revoked', async () => {
  const saved = await save('hatter');
  expectProblem(await asAda.get(`/saved-searches/${saved}/feed`), 'not-found');
  const feed = await makeFeed(saved);
  expect(await makeFeed(saved)).toEqual(feed);
  const { body } = await asAda.get(`/saved-searches/${saved}/feed`);
  expect(new URL(body.links.rss).pathname).toBe(feed.rss);

  expect((await asAda.request('DELETE', `/saved-searches/${saved}/feed`)).status).toBe(204);
  expectProblem(await nobody.get(feed.rss), 'not-found');
  expectProblem(await asAda.request('DELETE', `/saved-searches/${saved}/feed`), 'not-found');
  expect((await makeFeed(saved)).rss).not.toBe(feed.rss);
});

test("another's saved search has no feed for me", async () => {
  const saved = await save('inker');
  await makeFeed(saved);
  for (const method of ['GET', 'PUT', 'DELETE']) {
    expectProblem(await asBob.request(method, `/saved-searches/${saved}/feed`), 'not-found');
  }
  expectProblem(await nobody.get(`/saved-searches/${saved}/feed`), 'unauthorized');
});

test('a link that is not one', async () => {
  expectProblem(await nobody.get(`/feeds/${ada.id}/rss`), 'not-found');
  expectProblem(await nobody.get('/feeds/guess/rss'), 'not-found');
  expectProblem(await nobody.get(`/feeds/${ada.id}/pdf`), 'not-found');
});
