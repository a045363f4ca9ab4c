import { createSampleBoards, type SampleBoards, sampleCompanies } from '../../../local/boards/index.js';
import type { Board, BoardPage, BoardSettings, FetchJson, PageRequest } from '../board.js';
import { boardFetchLimits, type ClosableFetchJson, createFetchJson } from '../fetch-json.js';

type Request = Parameters<FetchJson>[0];

/** A page's postings wherever they stand in an answer, made into others. */
export type Items = (items: unknown[]) => unknown[];

/** More pages than any board of the sample server has, and than any adapter may read. */
export const endless = 200;

const noon = Date.parse('2026-11-25T12:00:00Z');

/** What a board is asked: a company, a query or nothing in particular, with a key where it needs one. */
export function askedOf(board: Board): Omit<PageRequest, 'fetchJson'> {
  const [company] = sampleCompanies().filter((each) => each.board === board.name);
  const settings = Object.fromEntries(
    (board.needs?.settings ?? []).map((name) => [
      name,
      name.endsWith('_URL') ? `https://${board.hosts[0]}` : 'sample@example.com',
    ]),
  ) as BoardSettings;
  return {
    cursor: null,
    signal: new AbortController().signal,
    settings,
    ...(board.kind === 'company' && { company }),
    ...(board.kind === 'query' && { query: { title: 'engineer', place: null, remoteOnly: false } }),
  };
}

/** The sample boards for the tests of a file, behaving again before each of them, and ways to read from them. */
export function startContract() {
  let sample: SampleBoards;
  let client: ClosableFetchJson;
  beforeAll(async () => {
    sample = createSampleBoards({ seed: 5, clock: () => noon });
    await sample.listen(0);
    client = createFetchJson({
      mode: 'sample',
      sampleUrl: sample.url,
      limits: boardFetchLimits.parse({}),
    });
  });
  beforeEach(() => sample.control.reset());
  afterAll(async () => {
    await client.close();
    await sample.close();
  });

  const fetchJson: FetchJson = (request) => client(request);
  /** Reads one page. */
  const ask = (board: Board, request: Partial<PageRequest> = {}): Promise<BoardPage> =>
    board.fetchPage({ ...askedOf(board), fetchJson, ...request });

  /** Reads at most `maxPages`, and keeps what the adapter asked for and what it failed with. */
  async function readAll(board: Board, maxPages: number, request: Partial<PageRequest> = {}) {
    const requests: Request[] = [];
    const keeping: FetchJson = (what) => {
      requests.push(what);
      return (request.fetchJson ?? fetchJson)(what);
    };
    const asked = { ...askedOf(board), ...request, fetchJson: keeping };
    const pages: BoardPage[] = [];
    let { cursor } = asked;
    let error: unknown;
    do {
      const page = await board.fetchPage({ ...asked, cursor }).catch((reason: unknown) => {
        error = reason;
      });
      if (!page) break;
      pages.push(page);
      cursor = page.nextCursor;
    } while (cursor !== null && pages.length < maxPages);
    return { pages, requests, asked, error };
  }

  // The sample boards answer the same alike: what several tests compare with is read once.
  const wholes = new Map<Board, ReturnType<typeof readWhole>>();
  const firstPages = new Map<Board, ReturnType<typeof readAll>>();

  async function readWhole(board: Board) {
    sample.control.reset();
    const read = await readAll(board, endless);
    const broken = sample.control.requests().reduce((sum, request) => sum + request.broken, 0);
    return { ...read, broken };
  }

  /** The board as it is, to its end, and how many broken postings the sample boards say that they sent. */
  function whole(board: Board): ReturnType<typeof readWhole> {
    const read = wholes.get(board) ?? readWhole(board);
    wholes.set(board, read);
    return read;
  }

  /** Its first page as it is. */
  function firstPage(board: Board): ReturnType<typeof readAll> {
    const read = firstPages.get(board) ?? readAll(board, 1);
    firstPages.set(board, read);
    return read;
  }

  /**
   * A `fetchJson` under which a page's list of postings is another one. A page's last answer holds the list: what is
   * asked before it only finds the way there.
   */
  async function withItems(board: Board, change: Items): Promise<{ fetchJson: FetchJson }> {
    const { requests } = await firstPage(board);
    let asked = 0;
    return {
      fetchJson: async (request) => {
        const body = await fetchJson(request);
        asked += 1;
        return asked === requests.length ? withList(body, change) : body;
      },
    };
  }

  return { sample: () => sample, fetchJson, ask, readAll, whole, firstPage, withItems };
}

/** The body with its first list, the outermost, changed; `undefined` when there is none in it. */
function withList(body: unknown, change: Items): unknown {
  if (Array.isArray(body)) return change(body);
  if (typeof body !== 'object' || body === null) return undefined;
  const fields = Object.entries(body);
  const lists = fields.filter(([, value]) => Array.isArray(value));
  for (const [name, value] of [...lists, ...fields]) {
    const changed = withList(value, change);
    if (changed !== undefined) return { ...body, [name]: changed };
  }
  return undefined;
}
