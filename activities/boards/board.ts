import type { Attribution, BoardKind, BoardName, BoardQuery } from '../../domain/board.js';
import { type BoardErrorClass, nonRetryableBoardErrors } from '../../domain/board-errors.js';
import type { Posting } from '../../domain/posting.js';

/** A job board: how it is asked, how often, and what its terms want. One file a board implements this. */
export interface Board {
  name: BoardName;
  /** The board's name as people know it. */
  label: string;
  kind: BoardKind;
  /** The only hosts its adapter may call; `*.example.com` stands for one host a company. */
  hosts: readonly string[];
  /** The board's terms: the shortest time between two syncs of one source, in seconds. */
  minSyncIntervalSeconds: number;
  /** Requests a second over the whole fleet; the board's task queue holds to it. */
  requestsPerSecond: number;
  attribution: Attribution;
  /**
   * Whether a posting that is missing from a list read to its end is closed. Lists that hold a part of the board (the
   * newest, a week's, a query's) say nothing of what is not on them.
   */
  absence: 'closed' | 'says_nothing';
  /** Settings of the worker without which the board is not asked, and what it is then called. */
  needs?: { settings: readonly BoardSetting[]; without: 'needs_key' | 'off' };
  /** Company boards only. */
  careers?: Careers;
  /**
   * Reads one page.
   * @throws BoardError by class; an abort rejects with the signal's own reason.
   */
  fetchPage(request: PageRequest): Promise<BoardPage>;
  /** Which of some postings are still open, where the board has a call for that. */
  fetchStatus?: {
    idsAtATime: number;
    /** @throws BoardError by class. */
    ask(request: StatusRequest): Promise<ReadonlyMap<string, PostingStatus>>;
  };
}

/** The pages on which a board shows a company's jobs, by their addresses. */
export interface Careers {
  /** Where a company's jobs are, as people see the address: without `https://`. */
  address(token: string): string;
  /** The company's token, when the address is of its jobs or of one of them. */
  recognise(url: URL): string | undefined;
  /** Why an address of this board that looks like a company's cannot be followed: a sentence. */
  refuse?(url: URL): string | undefined;
  /** A company that the board does not know has an empty list. */
  unknownIsEmpty?: boolean;
}

export type PostingStatus = 'open' | 'closed' | 'unknown';

export interface StatusRequest {
  fetchJson: FetchJson;
  /** The board's own ids. */
  ids: readonly string[];
  signal: AbortSignal;
}

/** The settings that boards need, by name; the worker's configuration parses them. */
export type BoardSetting = keyof BoardSettings;
export interface BoardSettings {
  ADZUNA_APP_ID?: string | undefined;
  ADZUNA_APP_KEY?: string | undefined;
  /** ISO 3166-1 alpha-2, upper case: whose list is asked for where no place is known. */
  ADZUNA_COUNTRY?: string | undefined;
  REED_API_KEY?: string | undefined;
  USAJOBS_API_KEY?: string | undefined;
  /** The e-mail address that the key was given to. */
  USAJOBS_EMAIL?: string | undefined;
  /** Where the JobSpy service listens. */
  JOBSPY_URL?: string | undefined;
  /** What the service asks for, where it asks for anything. */
  JOBSPY_SECRET?: string | undefined;
}

export interface PageRequest {
  fetchJson: FetchJson;
  /** `null` for the first page, then the `nextCursor` of the page before. */
  cursor: string | null;
  /** Company boards only. */
  company?: { token: string; name: string };
  /** Query boards only. */
  query?: BoardQuery;
  settings: BoardSettings;
  signal: AbortSignal;
}

export interface BoardPage {
  postings: Posting[];
  /** Postings of this page that could not be read: counted, never the whole page's failure. */
  skipped: number;
  /** `null` when this was the last page. */
  nextCursor: string | null;
  /** The list ended here only for us (a cap, a repeated page): what was not on it may be open all the same. */
  cutShort?: boolean;
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
  /** The address or the headers hold a key: what is refused (401, 403) is the key. */
  withKey?: boolean;
  /** Statuses by which this board, too, says that it was asked too often; 429 does on every board. */
  slowDownStatuses?: readonly number[];
  /** Sent as JSON, by POST; then no redirect is followed. */
  body?: unknown;
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
