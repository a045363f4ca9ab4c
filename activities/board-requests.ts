import { log } from '@temporalio/activity';
import { z } from 'zod';
import type { BoardName } from '../domain/board.js';
import type { FetchJson } from './boards/board.js';
import type { Rpc } from './rpc.js';

/** Does a request of a board, under the eyes of whoever measures. */
export type ObserveRequest = <Answer>(board: BoardName, request: () => Promise<Answer>) => Promise<Answer>;

/**
 * Does what asks a board, and counts the requests of it for the operators, whether it ends well or not. What could not be
 * written down is not counted: no board is asked again for that.
 */
export async function countingRequests<Result>(
  {
    rpc,
    fetchJson,
    observeRequest,
    board,
  }: { rpc: Rpc; fetchJson: FetchJson; observeRequest: ObserveRequest; board: BoardName },
  work: (fetchJson: FetchJson) => Promise<Result>,
): Promise<Result> {
  let requests = 0;
  try {
    return await work((request) => {
      requests += 1;
      return observeRequest(board, () => fetchJson(request));
    });
  } finally {
    if (requests > 0) {
      await rpc('count_board_requests', { p_board: board, p_requests: requests }, z.null()).catch((error) =>
        log.warn('requests to a board were not counted', { board, requests, error }),
      );
    }
  }
}
