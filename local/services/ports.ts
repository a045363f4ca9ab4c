import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below what systems give to outgoing connections and to servers that ask for any port: those never take one of these
 * between its being found free and its being listened on.
 */
const range = { first: 15_000, last: 32_000 };
const attemptsAtMost = 1_000;
/** Those that were found here before: whoever they were found for may listen on them later. */
const found = new Set<number>();

/**
 * A port nobody listens on now, another each time. A search in another process may still take it first: start again with a
 * new one then.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < attemptsAtMost; attempt += 1) {
    const port = ownPort(randomInt(range.first, range.last));
    if (found.has(port)) continue;
    found.add(port);
    if (await isPortFree(port)) return port;
  }
  throw new Error(`no port from ${range.first} to ${range.last} is free`);
}

/** Suites that run side by side, each in a Jest worker, look among ports of their own: a product takes long to start. */
function ownPort(port: number): number {
  const workers = 8;
  const { JEST_WORKER_ID: worker } = process.env;
  return worker === undefined ? port : port - (port % workers) + (Number(worker) % workers);
}

/** True when a server could listen on the port of the loopback address. */
export async function isPortFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await listen(server, port);
    return true;
  } catch {
    return false;
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, resolve);
  });
}

/** Runs `start` with free ports until it does not fail for a port that was taken meanwhile. */
export async function withFreePort<T>(start: (port: number) => Promise<T>, attempts = 5): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await freePort());
    } catch (error) {
      const taken = /EADDRINUSE|address already in use|could not create any TCP\/IP sockets/i.test(
        String(error),
      );
      if (!taken || attempt === attempts) throw error;
    }
  }
}
