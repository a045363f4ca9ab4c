import { timingSafeEqual } from 'node:crypto';
import {
  Agent,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { getRequestListener } from '@hono/node-server';

export interface ProxyOptions {
  anonKey: string;
  serviceRoleKey: string;
  /** PostgREST's socket; without it `/rest/v1` is Lite's as well. */
  restSocket?: string;
  lite: (request: Request) => Promise<Response>;
  isReady: () => Promise<boolean>;
}

/** One address in front of both halves of Supabase, as the hosted one has: `/auth/v1` and `/rest/v1`. */
export function createProxy(options: ProxyOptions): Server {
  const lite = getRequestListener((incoming) => options.lite(incoming));
  const keys = [options.anonKey, options.serviceRoleKey];
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  const server = createServer((incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://local');
    if (pathname === '/healthz') return answer(outgoing, 200, { status: 'ok' });
    if (pathname === '/readyz') return void answerReadiness(options, outgoing);
    const rest = pathname.startsWith('/rest/v1/');
    if (!rest && !pathname.startsWith('/auth/v1/')) return answer(outgoing, 404, { message: 'no such path' });
    const key = keyOf(incoming, keys);
    if (!key) return answer(outgoing, 401, { message: 'No API key found in request' });
    // Whoever is not signed in acts as the key's own role.
    incoming.headers.authorization ??= `Bearer ${key}`;
    if (rest && options.restSocket) return forward(incoming, outgoing, options.restSocket, agent);
    void lite(incoming, outgoing);
  });
  server.on('close', () => agent.destroy());
  // Clients keep their connections for longer than Node's default of five seconds; a request would meet a closed one.
  server.keepAliveTimeout = 65_000;
  return server;
}

function keyOf(incoming: IncomingMessage, keys: string[]): string | undefined {
  const given = incoming.headers.apikey;
  return keys.find(
    (key) =>
      typeof given === 'string' &&
      given.length === key.length &&
      timingSafeEqual(Buffer.from(given), Buffer.from(key)),
  );
}

/** Passes a request on as it comes and the answer as it comes; either side's going away ends the other. */
function forward(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  socketPath: string,
  agent: Agent,
): void {
  const { connection: _connection, host: _host, ...headers } = incoming.headers;
  const upstream = request({
    socketPath,
    agent,
    method: incoming.method,
    path: (incoming.url ?? '').replace(/^\/rest\/v1/, ''),
    headers: { ...headers, host: 'rest' },
  });
  upstream.on('response', (response) => {
    const { connection, 'keep-alive': keepAlive, ...answered } = response.headers;
    outgoing.writeHead(response.statusCode ?? 502, answered);
    response.pipe(outgoing);
    response.on('error', () => outgoing.destroy());
  });
  upstream.on('error', () => {
    if (outgoing.headersSent) outgoing.destroy();
    else answer(outgoing, 503, { message: 'the database does not answer' });
  });
  outgoing.on('close', () => {
    if (!outgoing.writableFinished) upstream.destroy();
  });
  incoming.pipe(upstream);
}

async function answerReadiness(options: ProxyOptions, outgoing: ServerResponse): Promise<void> {
  const ready = await options.isReady().catch(() => false);
  answer(outgoing, ready ? 200 : 503, { status: ready ? 'ready' : 'starting' });
}

function answer(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' });
  outgoing.end(JSON.stringify(body));
}
