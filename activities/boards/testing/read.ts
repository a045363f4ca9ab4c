import type { BoardName } from '../../../domain/board.js';
import type { BoardPage, FetchJson } from '../board.js';
import { boardByName } from '../registry.js';

const signal = new AbortController().signal;

/** A board's page out of an answer at hand, or out of a fetching of one's own. */
export const read = (
  name: BoardName,
  answer: unknown | FetchJson,
  cursor: string | null = null,
): Promise<BoardPage> => {
  const fetchJson = typeof answer === 'function' ? (answer as FetchJson) : async () => answer;
  const board = boardByName(name);
  const company = { token: 'acme', name: 'Acme' };
  return board.fetchPage({
    fetchJson,
    cursor,
    signal,
    settings: {},
    ...(board.kind === 'company' && { company }),
  });
};
/** The only posting of an answer. */
export const first = async (name: BoardName, answer: unknown) => {
  const page = await read(name, answer);
  expect(page).toMatchObject({ skipped: 0, postings: [{}] });
  return page.postings[0];
};
