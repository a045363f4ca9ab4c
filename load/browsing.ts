import type { EventSourceMessage } from 'eventsource-parser';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { CookieJar } from 'tough-cookie';
import type { Measurements } from './measurements.js';

/** A page that does not come in so long is an error, in milliseconds. */
const patienceMs = 30_000;

/** What a run's stream tells, as far as a person waits for it. */
export interface RunSeen {
  status: string;
  completedAt: string | null;
}

/** A browser without its rendering: cookies, forms, redirects, files once, streams. Every answer but a 2xx is an error. */
export class Browsing {
  private readonly jar = new CookieJar();
  private readonly files = new Set<string>();

  constructor(
    private readonly siteUrl: string,
    private readonly measured: Measurements,
    private readonly userAgent: string,
  ) {}

  /** Opens a page, with the scripts and styles that were not loaded before. @returns its HTML. */
  async open(what: string, path: string): Promise<string> {
    const page = await this.measured.time(what, async () => (await this.request(path)).text());
    const files = new Set(
      [...page.matchAll(/"(\/assets\/[^"]+\.(?:js|css))"/g)].map(([, file]) => file as string),
    );
    await Promise.all(
      [...files]
        .filter((file) => !this.files.has(file))
        .map(async (file) => {
          this.files.add(file);
          await this.measured.time('a script or style', async () => (await this.request(file)).arrayBuffer());
        }),
    );
    return page;
  }

  /** Reads JSON that a page asks for. */
  async json<Answer>(what: string, path: string): Promise<Answer> {
    return this.measured.time(what, async () => (await (await this.request(path)).json()) as Answer);
  }

  /** Posts a form. @returns the path that it leads to. */
  async post(what: string, path: string, fields: Record<string, string | string[]>): Promise<string> {
    const body = new URLSearchParams();
    for (const [name, values] of Object.entries(fields))
      for (const value of [values].flat()) body.append(name, value);
    return this.measured.time(what, async () => {
      const answer = await this.request(path, { method: 'POST', body });
      await answer.body?.cancel();
      const location = answer.headers.get('location');
      if (location === null) throw new Error(`${answer.status} instead of a redirect`);
      return location;
    });
  }

  /**
   * Follows a run's stream until the run has ended.
   * @returns its end as the stream told it, and when that came, in milliseconds since 1970.
   */
  async watch(what: string, path: string, longestMs: number): Promise<RunSeen & { seenAt: number }> {
    const signal = AbortSignal.timeout(longestMs);
    return this.measured.time(what, async () => {
      const answer = await this.request(path, { headers: { accept: 'text/event-stream' }, signal });
      if (!answer.body) throw new Error('the stream has no body');
      const events = answer.body
        .pipeThrough(new TextDecoderStream())
        .pipeThrough(new EventSourceParserStream()) as unknown as AsyncIterable<EventSourceMessage>;
      for await (const { event, data } of events) {
        if (event !== 'run') continue;
        const run = JSON.parse(data) as RunSeen;
        // Leaving the loop closes the stream.
        if (run.completedAt !== null) return { ...run, seenAt: performance.timeOrigin + performance.now() };
      }
      throw new Error('the stream ended before the run');
    });
  }

  private async request(path: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(path, this.siteUrl).href;
    const answer = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
      ...init,
      headers: {
        'user-agent': this.userAgent,
        'accept-language': 'en-GB',
        origin: this.siteUrl,
        cookie: await this.jar.getCookieString(url),
        ...init.headers,
      },
    });
    for (const cookie of answer.headers.getSetCookie()) await this.jar.setCookie(cookie, url);
    const isFine = answer.ok || (init.method === 'POST' && answer.status >= 300 && answer.status < 400);
    if (!isFine) {
      const told = await answer.text();
      throw new Error(`${answer.status} ${told.slice(0, 120)}`);
    }
    return answer;
  }
}
