import type { BoardName } from '../../../domain/board.js';
import type { BoardPage, FetchJson, PageRequest } from '../board.js';
import { boardByName } from '../registry.js';
import { askedOf } from './contract.js';

/** A board's page out of an answer at hand, or out of a fetching of one's own. */
export const read = (
  name: BoardName,
  answer: unknown | FetchJson,
  cursor: string | null = null,
  request: Partial<PageRequest> = {},
): Promise<BoardPage> => {
  const fetchJson = typeof answer === 'function' ? (answer as FetchJson) : async () => answer;
  const board = boardByName(name);
  const company = { token: 'acme', name: 'Acme' };
  const asked = { ...askedOf(board), ...(board.kind === 'company' && { company }) };
  return board.fetchPage({ ...asked, ...request, fetchJson, cursor });
};
/** The only posting of an answer. */
export const first = async (name: BoardName, answer: unknown) => {
  const page = await read(name, answer);
  expect(page).toMatchObject({ skipped: 0, postings: [{}] });
  return page.postings[0];
};
