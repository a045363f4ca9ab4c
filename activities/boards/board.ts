import type { Attribution, BoardErrorClass, BoardKind, BoardName } from '../../domain/board.js';
import { nonRetryableBoardErrors } from '../../domain/board.js';
import type { Posting } from '../../domain/posting.js';

/** A job board: how it is asked, how often, and what its terms want. One file a board implements this. */
export interface Board {
  name: BoardName;
  /** The board's name as people know it. */
  label: string;
  kind: BoardKind;
  /** The only hosts its adapter may call. */
  hosts: readonly string[];
  /** The board's terms: the shortest time between two syncs of one source, in seconds. */
  minSyncIntervalSeconds: number;
  /** Requests a second over the whole fleet; the board's task queue holds to it. */
  requestsPerSecond: number;
  attribution: Attribution;
  /**
   * Reads one page.
   * @throws BoardError by class; an abort rejects with the signal's own reason.
   */
  fetchPage(request: PageRequest): Promise<BoardPage>;
}

export interface PageRequest {
  fetchJson: FetchJson;
  /** `null` for the first page, then the `nextCursor` of the page before. */
  cursor: string | null;
  /** Company boards only. */
  company?: { token: string; name: string };
  signal: AbortSignal;
}

export interface BoardPage {
  postings: Posting[];
  /** Postings of this page that could not be read: counted, never the whole page's failure. */
  skipped: number;
  /** `null` when this was the last page. */
  nextCursor: string | null;
}

/** Fetches JSON within the bounds every board is held to: fixed hosts, time-outs, byte cap, expected container. */
export type FetchJson = (request: {
  url: string;
  /** The board's own hosts: the address, and every redirect, must be on one of them. */
  hosts: readonly string[];
  /** What the body must be; anything else is `bad_response`, HTML is `blocked`. */
  container: 'object' | 'array';
  signal: AbortSignal;
  headers?: Record<string, string>;
}) => Promise<unknown>;

/** A board's answer, or the lack of one, by the class that people and retries are told. */
export class BoardError extends Error {
  override name = 'BoardError';
  constructor(
    readonly errorClass: BoardErrorClass,
    message: string,
    readonly options: { retryAfterSeconds?: number; status?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
  }

  get retryable(): boolean {
    return !nonRetryableBoardErrors.includes(this.errorClass);
  }
}
