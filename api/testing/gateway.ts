import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers a request itself, or says by `false` that it is Supabase's to answer. */
export type Intercept = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/** An address in front of the stack's Supabase that can answer in its place, as a hosted one's gateway would. */
export interface Gateway {
  url: string;
  /** From now on. */
  intercept(by: Intercept): void;
  stop(): Promise<void>;
}

export async function startGateway(supabaseUrl: string): Promise<Gateway> {
  let by: Intercept = () => false;
  const server = createServer((incoming, outgoing) => {
    if (by(incoming, outgoing)) return;
    const { connection: _connection, host: _host, ...headers } = incoming.headers;
    const upstream = request(new URL(incoming.url ?? '/', supabaseUrl), { method: incoming.method, headers });
    upstream.on('response', (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    upstream.on('error', () => outgoing.destroy());
    incoming.pipe(upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    intercept(next) {
      by = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function answerJson(outgoing: ServerResponse, status: number, body: unknown): true {
  outgoing.writeHead(status, { 'content-type': 'application/json' });
  outgoing.end(JSON.stringify(body));
  return true;
}
