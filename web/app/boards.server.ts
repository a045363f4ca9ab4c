import { answer, apiClient } from './api/client.server.js';
import type { BoardList } from './api/types.js';

/** The list of boards changes with a deployment only; every page asks for it. Milliseconds. */
const keepFor = 60_000;
let kept: { at: number; boards: BoardList } | undefined;

/** The boards that the service knows. @throws a problem response when the API cannot be reached. */
export async function listBoards(request: Request): Promise<BoardList> {
  if (kept && Date.now() - kept.at < keepFor) return kept.boards;
  const boards = await answer(apiClient(request).GET('/boards'));
  kept = { at: Date.now(), boards };
  return boards;
}
