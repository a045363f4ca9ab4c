/** A request to a board, and what became of it. Times are ISO 8601. */
export interface LoggedRequest {
  id: number;
  host: string;
  /** With its query. */
  path: string;
  startedAt: string;
  /** `null` while it is in flight. */
  finishedAt: string | null;
  /** The client closed the connection before the answer was complete. */
  closedByClient: boolean;
  status: number | null;
  /** Broken postings planted in the answer. */
  broken: number;
}

/** The log's oldest entries go when it holds so many. */
const kept = 10_000;

/** What was asked, in order, and a way to wait until something has been. */
export class RequestLog {
  #requests: LoggedRequest[] = [];
  #nextId = 1;
  #waiting = new Set<() => void>();

  get requests(): readonly LoggedRequest[] {
    return this.#requests;
  }

  start(host: string, path: string): LoggedRequest {
    const request: LoggedRequest = {
      id: this.#nextId,
      host,
      path,
      startedAt: new Date().toISOString(),
      finishedAt: null,
      closedByClient: false,
      status: null,
      broken: 0,
    };
    this.#nextId += 1;
    this.#requests = [...this.#requests.slice(1 - kept), request];
    this.#changed();
    return request;
  }

  finish(request: LoggedRequest, end: Pick<LoggedRequest, 'closedByClient' | 'status'>): void {
    Object.assign(request, end, { finishedAt: new Date().toISOString() });
    this.#changed();
  }

  clear(): void {
    this.#requests = [];
  }

  /** Resolves with the first request, past or to come, that is as asked for. */
  waitFor(isIt: (request: LoggedRequest) => boolean): Promise<LoggedRequest> {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.#requests.find(isIt);
        if (!found) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }

  #changed(): void {
    for (const look of this.#waiting) look();
  }
}
