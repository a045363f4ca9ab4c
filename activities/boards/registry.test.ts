import { type Board, BoardError, type FetchJson, type PageRequest } from './board.js';
import { defaultCompanies } from './companies.js';
import { boardByName, boards } from './registry.js';

const company = { token: 'acme', name: 'Acme' };
const containers: Record<string, 'object' | 'array'> = { remoteok: 'array', lever: 'array' };

/** Asks for a page with an answer at hand, and tells what the adapter asked for. */
async function fetchPage(board: Board, body: unknown, request: Partial<PageRequest> = {}) {
  const asked: Parameters<FetchJson>[0][] = [];
  const fetchJson: FetchJson = async (what) => {
    asked.push(what);
    return body;
  };
  const signal = new AbortController().signal;
  const defaults = { cursor: null, signal, settings: {}, ...(board.kind === 'company' && { company }) };
  const page = await board.fetchPage({ fetchJson, ...defaults, ...request });
  return { page, asked };
}

/** An answer with these postings in the board's own envelope. */
const withPostings = (board: Board, postings: unknown[]) =>
  containers[board.name] === 'array'
    ? postings
    : { [board.name === 'arbeitnow' ? 'data' : 'jobs']: postings };

test('every board that has a name has an adapter, each of its own', () => {
  const names = boards.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.map((name) => boardByName(name).name)).toEqual(names);
  const hosts = boards.flatMap((board) => board.hosts);
  expect(new Set(hosts).size).toBe(hosts.length);
});

test('the companies followed by default are on company boards, each once', () => {
  const keys = defaultCompanies.map(({ board, token }) => `${board}/${token}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { name } of boards) {
    const followed = defaultCompanies.filter(({ board }) => board === name);
    if (boardByName(name).kind === 'company') expect(followed.length).toBeGreaterThanOrEqual(10);
    else expect(followed).toEqual([]);
  }
});

describe.each(boards.map((board) => [board.name, board] as const))('%s', (_name, board) => {
  test('states its terms', () => {
    expect(board.label).not.toBe('');
    expect(board.minSyncIntervalSeconds).toBeGreaterThanOrEqual(900);
    expect(board.requestsPerSecond).toBeGreaterThan(0);
    expect(board.requestsPerSecond).toBeLessThanOrEqual(5);
    expect(board.attribution).toMatchObject({ name: board.label, url: expect.stringMatching(/^https:\/\//) });
  });

  test('asks its own hosts over https, with the signal it was given', async () => {
    const { signal } = new AbortController();
    const { asked } = await fetchPage(board, withPostings(board, []), { signal });
    expect(asked).toHaveLength(1);
    const [request] = asked;
    const url = new URL(request?.url ?? '');
    expect(url.protocol).toBe('https:');
    expect(board.hosts).toContain(url.host);
    expect(request).toMatchObject({ hosts: board.hosts, container: containers[board.name] ?? 'object' });
    expect(request?.signal).toBe(signal);
    if (board.kind === 'company') expect(url.pathname.split('/')).toContain('acme');
  });

  test('has no page after an empty one', async () => {
    const { page } = await fetchPage(board, withPostings(board, []));
    expect(page).toEqual({ postings: [], skipped: 0, nextCursor: null });
  });

  test('counts broken postings and goes on', async () => {
    const broken = [null, 7, 'text', [], { id: {} }];
    const { page } = await fetchPage(board, withPostings(board, broken));
    expect(page).toMatchObject({ postings: [], skipped: broken.length });
  });

  test('takes a page of nothing but broken postings for another shape', async () => {
    const broken = Array.from({ length: 30 }, (_, id) => ({ id, renamed: true }));
    await expect(fetchPage(board, withPostings(board, broken))).rejects.toMatchObject({
      errorClass: 'bad_response',
    });
  });

  test('refuses a cursor that is not its own, if it has any', async () => {
    const read = fetchPage(board, withPostings(board, []), { cursor: 'not a cursor' });
    if (['arbeitnow', 'jobicy', 'lever'].includes(board.name)) {
      await expect(read).rejects.toMatchObject({ errorClass: 'config' });
    } else await expect(read).resolves.toMatchObject({ page: { nextCursor: null } });
  });

  test('passes on what went wrong', async () => {
    const error = new BoardError('rate_limited', 'slow down', { retryAfterSeconds: 3 });
    const fetchJson: FetchJson = async () => {
      throw error;
    };
    await expect(fetchPage(board, null, { fetchJson })).rejects.toBe(error);
  });

  test('stops reading when it is aborted', async () => {
    const controller = new AbortController();
    const postings = Array.from({ length: 50 }, () => {
      // The last straw comes while the postings are read.
      return Object.defineProperty({}, 'id', {
        enumerable: true,
        get: () => controller.abort(new Error('enough')),
      });
    });
    const read = fetchPage(board, withPostings(board, postings), { signal: controller.signal });
    await expect(read).rejects.toThrow('enough');
  });

  if (containers[board.name] !== 'array') {
    test.each([{}, { jobs: null, data: null }, { success: false, error: 'no' }, { jobs: {}, data: 'x' }])(
      'calls the answer %j a bad one',
      async (body) => {
        await expect(fetchPage(board, body)).rejects.toMatchObject({ errorClass: 'bad_response' });
      },
    );
  }

  if (board.kind === 'company') {
    test.each(['../v2', 'a/b', '', '.hidden', 'a?b=c', 'a b', 'a%2fb', 'x'.repeat(101)])(
      'does not ask for a company "%s"',
      async (token) => {
        let asked = 0;
        const fetchJson: FetchJson = async () => {
          asked += 1;
          return [];
        };
        const read = fetchPage(board, null, { fetchJson, company: { token, name: 'Acme' } });
        await expect(read).rejects.toMatchObject({ errorClass: 'config' });
        expect(asked).toBe(0);
      },
    );
  }
});
