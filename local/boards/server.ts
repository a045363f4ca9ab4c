import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json as readJson } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { plays, shortPage } from './behaviour.js';
import { Catalogue } from './catalogue/catalogue.js';
import { hashOf } from './catalogue/random.js';
import { Control } from './control.js';
import { answerControl } from './control-routes.js';
import { readReplay } from './replay.js';
import { notFound, type WireAnswer } from './wire/wire-board.js';
import { wireBoardAt } from './wire-boards.js';

export interface SampleBoardsOptions {
  seed?: number;
  /** Milliseconds since the epoch; the postings' dates follow it. */
  clock?: () => number;
  /** Answers recorded in this folder instead of made-up ones. */
  replayDir?: string;
  /** How long a board takes to answer, in milliseconds; drawn by the seed. */
  delayMs?: { min: number; max: number };
}

export interface SampleBoards {
  /** Port 0 takes a free one. */
  listen(port: number, host?: string): Promise<void>;
  /** What `BOARDS_SAMPLE_URL` is to be. Known once it listens. */
  readonly url: string;
  readonly control: Control;
  /** Closes every connection, finished or not. */
  close(): Promise<void>;
}

/** A server that speaks for every board: `https://<host>/<path>` is asked as `<url>/<host>/<path>`. */
export function createSampleBoards(options: SampleBoardsOptions = {}): SampleBoards {
  const { seed = 1, clock = Date.now, replayDir, delayMs = { min: 0, max: 0 } } = options;
  const control = new Control(clock);
  const catalogue = new Catalogue(seed);
  const replay = replayDir === undefined ? undefined : readReplay(replayDir);
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      process.stderr.write(`Sample boards: ${error instanceof Error ? error.stack : String(error)}\n`);
      response.destroy();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://sample');
    if (url.pathname === '/healthz' || url.pathname === '/readyz')
      return send(response, { status: 200, body: { status: 'ok' } });
    if (url.pathname.startsWith('/_control/')) return answerControl(control, request, response);

    const [, host = '', path = '/'] = /^\/([^/]+)(\/.*)?$/.exec(url.pathname) ?? [];
    const board = wireBoardAt(host);
    if (!board)
      return send(response, { status: 421, body: { error: `There is no sample board at ${host}` } });

    let endedHere = false;
    const logged = control.log.start(host, path + url.search);
    response.on('close', () => {
      // Only the client closes a connection that this side has neither answered nor destroyed.
      const closedByClient = !response.writableFinished && !endedHere;
      control.log.finish(logged, {
        closedByClient,
        status: response.headersSent ? response.statusCode : null,
      });
    });
    await control.whenReleased(board.host);
    const body = await jsonBody(request);
    const behaviour = control.behaviourFor(board.host, path + url.search);
    const delay = behaviour.behaviour === 'slow' ? (behaviour.delayMs ?? 3_000) : delayFor(logged.id);
    if (delay > 0) await sleep(delay, undefined, { ref: false });
    if (response.destroyed) return;

    const most = behaviour.behaviour === 'short_pages' ? shortPage : Number.POSITIVE_INFINITY;
    const { searchParams: query } = url;
    const { headers } = request;
    const wire = { host, path, query, headers, body, now: control.now(), catalogue, most };
    const right =
      control.answerFor(board.host)?.(wire) ??
      (replay ? (replay.get(board.host)?.(wire) ?? notFound()) : board.answer(wire));
    const play = plays[behaviour.behaviour];
    if (play) {
      endedHere = ['reset', 'truncated'].includes(behaviour.behaviour);
      return play({ request, response, behaviour, body: bodyOf(right) });
    }
    logged.broken = right.broken ?? 0;
    send(response, right, { request, etag: board.etag, compresses: board.compresses });
  }

  const delayFor = (request: number) =>
    delayMs.min + (hashOf(seed, `delay/${request}`) % (delayMs.max - delayMs.min + 1));

  return {
    control,
    get url() {
      const address = server.address() as AddressInfo | null;
      if (!address) throw new Error('The sample boards do not listen yet');
      const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
      return `http://${host}:${address.port}`;
    },
    async listen(port, host = '127.0.0.1') {
      // Made before the first request, which would wait for it.
      if (!replay) catalogue.jobsAt(control.now());
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          resolve();
        });
      });
    },
    async close() {
      control.release();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A request's body, if it is JSON. */
async function jsonBody(request: IncomingMessage): Promise<unknown> {
  if (request.method !== 'POST') return undefined;
  return readJson(request).catch(() => undefined);
}

const bodyOf = ({ body }: WireAnswer) =>
  Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));

/** Sends an answer in the way of its board: with an entity tag where it gives one, compressed where it does that. */
function send(
  response: ServerResponse,
  answer: WireAnswer,
  habits?: { request: IncomingMessage; etag: boolean; compresses: boolean },
): void {
  const type =
    typeof answer.body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  const headers: Record<string, string> = { 'content-type': type, ...answer.headers };
  const body = bodyOf(answer);
  if (habits?.etag && answer.status === 200) {
    headers.etag = `W/"${createHash('sha1').update(body).digest('base64url')}"`;
    if (habits.request.headers['if-none-match'] === headers.etag) {
      response.writeHead(304, headers).end();
      return;
    }
  }
  const compress =
    habits?.compresses && /\bgzip\b/.test(String(habits.request.headers['accept-encoding'] ?? ''));
  if (compress) headers['content-encoding'] = 'gzip';
  const bytes = compress ? gzipSync(body) : body;
  response.writeHead(answer.status, { ...headers, 'content-length': bytes.length }).end(bytes);
}
