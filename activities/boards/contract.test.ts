import { postingSchema } from '../../domain/posting.js';
import type { Behaviour } from '../../local/boards/behaviour.js';
import { BoardError, type BoardPage } from './board.js';
import { boards } from './registry.js';
import { endless, startContract } from './testing/contract.js';

/** What every board is held to, read through the real fetching from the sample boards. A new board needs no line here. */

const { sample, fetchJson, ask, readAll, whole, firstPage, withItems } = startContract();

describe.each(boards.map((board) => [board.name, board] as const))('%s', (_name, board) => {
  const hosts = board.hosts;
  const behave = (behaviour: Omit<Behaviour, 'host'>) => {
    for (const host of hosts) sample().control.setBehaviour({ host, ...behaviour });
  };

  test('states its terms', () => {
    expect(board.label).not.toBe('');
    expect(board.minSyncIntervalSeconds).toBeGreaterThanOrEqual(900);
    expect(board.requestsPerSecond).toBeGreaterThan(0);
    expect(board.requestsPerSecond).toBeLessThanOrEqual(5);
    expect(board.attribution).toMatchObject({
      name: expect.stringContaining(board.label),
      url: expect.stringMatching(/^https:\/\//),
    });
    for (const host of hosts) expect(host).toMatch(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/);
  });

  test('is read to its end: each posting as the service wants it, with its link back', async () => {
    const { pages, asked, broken } = await whole(board);
    const postings = pages.flatMap((page) => page.postings);
    expect(postings.length).toBeGreaterThan(0);
    for (const posting of postings) {
      expect(postingSchema.parse(posting)).toEqual(posting);
      expect(posting).toMatchObject({
        board: board.name,
        attribution: { ...board.attribution, url: posting.url },
      });
      expect(posting.companyToken).toBe(asked.company?.token);
    }
    expect(pages.reduce((sum, { skipped }) => sum + skipped, 0)).toBe(broken);
    expect(pages.slice(0, -1).some(({ cutShort }) => cutShort)).toBe(false);
    // A list that never comes to its own end could never close a posting.
    if (board.absence === 'closed') expect(pages.at(-1)?.cutShort ?? false).toBe(false);
  });

  test('goes on after what came, not after what was asked for', async () => {
    const inOrder = idsOf((await whole(board)).pages);
    behave({ behaviour: 'short_pages' });
    const { pages } = await readAll(board, endless);
    const inShortPages = idsOf(pages);
    const idsByPage = pages.map((page) => idsOf([page]));
    for (const [index, ids] of idsByPage.entries()) {
      const before = new Set(idsByPage.slice(0, index).flat());
      if (ids.length > 0) expect(ids.some((id) => !before.has(id))).toBe(true);
    }
    // The cap on pages may leave out the list's end, but nothing before it.
    const length = pages.at(-1)?.cutShort ? inShortPages.length : inOrder.length;
    expect(inShortPages).toEqual(inOrder.slice(0, length));
  });

  test('ends when its pages repeat themselves, and says that it was no end', async () => {
    const answers = new Map<string, unknown>();
    let repeated = false;
    const repeating: typeof fetchJson = async (request) => {
      const { host, pathname } = new URL(request.url);
      const list = host + pathname.replace(/\d+$/, '');
      repeated ||= answers.has(list);
      if (!answers.has(list)) answers.set(list, await fetchJson(request));
      return answers.get(list);
    };
    const { pages } = await readAll(board, 60, { fetchJson: repeating });
    expect(pages.length).toBeLessThan(60);
    if (repeated) expect(pages.at(-1)).toMatchObject({ nextCursor: null, cutShort: true });
  });

  test('asks its own hosts over https, with the signal it was given', async () => {
    const { requests, asked } = await firstPage(board);
    const { signal } = asked;
    for (const request of requests) {
      const { protocol, host } = new URL(request.url);
      expect(protocol).toBe('https:');
      expect(hosts).toContain(hosts.includes(host) ? host : host.replace(/^[^.]+/, '*'));
      expect(request.signal).toBe(signal);
    }
  });

  test.each<[Behaviour['behaviour'], string[]]>([
    ['unauthorized', board.needs ? ['auth', 'blocked'] : ['blocked']],
    // Some boards say 403 where others say 429.
    ['forbidden', [...(board.needs ? ['auth'] : []), 'blocked', 'rate_limited']],
    ['captcha', ['blocked']],
    ['html', ['blocked']],
    ['not_found', ['not_found']],
    ['rate_limited', ['rate_limited']],
    ['server_error', ['upstream']],
    ['reset', ['network']],
    ['truncated', ['network']],
    ['wrong_container', ['bad_response']],
    ['redirect_private', ['bad_response']],
  ])('meets %s with %j', async (behaviour, classes) => {
    behave({ behaviour, ...(behaviour === 'rate_limited' && { retryAfterSeconds: 17 }) });
    const error = await ask(board).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BoardError);
    const { errorClass, options } = error as BoardError;
    expect(classes).toContain(errorClass);
    if (behaviour === 'rate_limited') expect(options.retryAfterSeconds).toBe(17);
  });

  test('is cancelled down to the socket', async () => {
    for (const host of hosts) sample().control.hold(host);
    const controller = new AbortController();
    const reading = ask(board, { signal: controller.signal });
    await sample().control.waitForRequest(({ finishedAt }) => finishedAt === null);
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
    const closed = await sample().control.waitForRequest(({ closedByClient }) => closedByClient);
    expect(closed.status).toBeNull();
  });

  test.each(['not a cursor', '{"page":1,"at":"../../elsewhere?a=b#c","firstId":"1"}'])(
    'refuses or ignores the foreign cursor %s',
    async (cursor) => {
      const { requests: usual } = await firstPage(board);
      const list = ({ url }: { url: string }) => new URL(url).pathname.replace(/\d+$/, '');
      const { requests, pages, error } = await readAll(board, 1, { cursor });
      if (error)
        expect(error).toMatchObject({ errorClass: expect.stringMatching(/^(config|bad_response)$/) });
      else expect(pages[0]?.postings.length).toBeGreaterThan(0);
      for (const request of requests) expect(usual.map(list)).toContain(list(request));
    },
  );

  test('counts broken postings and goes on', async () => {
    const [usual] = (await firstPage(board)).pages;
    const broken = [null, 7, 'text', [], { id: {} }];
    const page = await ask(board, await withItems(board, (items) => [...broken, ...items]));
    expect(page.skipped).toBe((usual?.skipped ?? 0) + broken.length);
    expect(page.postings).toEqual(usual?.postings);
  });

  test('takes a page of nothing but broken postings, and another envelope, for bad answers', async () => {
    const broken = Array.from({ length: 30 }, (_, id) => ({ id, renamed: true }));
    const bad = { errorClass: 'bad_response' };
    await expect(ask(board, await withItems(board, () => broken))).rejects.toMatchObject(bad);
    const { requests } = await firstPage(board);
    if (requests.at(-1)?.container !== 'object') return;
    for (const body of [{}, { success: false, error: 'no' }]) {
      await expect(ask(board, { fetchJson: async () => body })).rejects.toMatchObject(bad);
    }
  });

  test('an empty page is no error, and the last', async () => {
    const page = await ask(board, await withItems(board, () => []));
    expect(page).toMatchObject({ postings: [], skipped: 0, nextCursor: null });
  });

  test('stops reading when it is aborted', async () => {
    const controller = new AbortController();
    const lastStraw = Array.from({ length: 50 }, () =>
      Object.defineProperty({}, 'id', {
        enumerable: true,
        get: () => controller.abort(new Error('enough')),
      }),
    );
    const reading = ask(board, {
      ...(await withItems(board, () => lastStraw)),
      signal: controller.signal,
    });
    await expect(reading).rejects.toThrow('enough');
  });

  if (board.kind === 'company') {
    test.each(['../v2', 'a/b', '', '.hidden', 'a?b=c', 'a b', 'a%2fb', 'x'.repeat(101)])(
      'does not ask for a company "%s"',
      async (token) => {
        const { requests, error } = await readAll(board, 1, { company: { token, name: 'Acme' } });
        expect(error).toMatchObject({ errorClass: 'config' });
        expect(requests).toEqual([]);
      },
    );
  }
});

const idsOf = (pages: BoardPage[]) => [
  ...new Set(pages.flatMap(({ postings }) => postings.map(({ boardPostingId }) => boardPostingId))),
];
