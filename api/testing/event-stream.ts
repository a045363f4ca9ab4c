import { waitFor } from '../../local/testing/wait-for.js';
import type { Run } from '../schemas.js';
import type { ApiClient } from './api-client.js';

export interface RunEvent {
  id: string;
  event: string;
  data: Run;
  /** In milliseconds since 1970, with fractions. */
  receivedAt: number;
}

/** One open stream of Server-Sent Events, read as it comes. */
export interface EventStream {
  headers: Headers;
  events: RunEvent[];
  /** How often each heartbeat says that it comes. */
  heartbeats: { everySeconds: number }[];
  /** True when the server has ended the stream. */
  ended(): boolean;
  /** Waits for the event after the last one that `next` gave. */
  next(what: string): Promise<RunEvent>;
  untilEnded(): Promise<void>;
  /** The client goes. */
  close(): void;
}

/** @throws Error when the answer is not a stream. */
export async function openEvents(
  api: ApiClient,
  path: string,
  headers: Record<string, string> = {},
): Promise<EventStream> {
  const client = new AbortController();
  const response = await fetch(api.url + path, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${api.token}`, ...headers },
    signal: client.signal,
  });
  if (response.status !== 200 || !response.body) {
    throw new Error(`no stream but ${response.status}: ${await response.text()}`);
  }
  const events: RunEvent[] = [];
  const heartbeats: EventStream['heartbeats'] = [];
  let ended = false;
  let told = 0;

  const read = async (body: AsyncIterable<Uint8Array>) => {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of body) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const { event, data, ...rest } = parse(block);
        if (event === 'heartbeat') heartbeats.push(data as unknown as { everySeconds: number });
        else events.push({ event, data, ...rest });
      }
    }
    ended = true;
  };
  read(response.body as unknown as AsyncIterable<Uint8Array>).catch(() => {
    // Broken off is the end as well, when it was the server that did it.
    ended = !client.signal.aborted;
  });

  return {
    headers: response.headers,
    events,
    heartbeats,
    ended: () => ended,
    async next(what) {
      const event = await waitFor(() => events[told], { what });
      told += 1;
      return event;
    },
    async untilEnded() {
      await waitFor(() => ended, { what: `the end of ${path}` });
    },
    close: () => client.abort(),
  };
}

function parse(block: string): RunEvent {
  const fields = Object.fromEntries(
    block.split('\n').map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
  return {
    id: fields.id ?? '',
    event: fields.event ?? '',
    data: JSON.parse(fields.data ?? 'null'),
    receivedAt: performance.timeOrigin + performance.now(),
  };
}
