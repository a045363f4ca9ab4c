import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** In seconds: from a cached answer to one that was waited for in vain. */
const secondBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** A process's metrics, with those of Node and of the process itself. */
export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

export function histogramOf<Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[],
): Histogram<Label> {
  return new Histogram({ name, help, labelNames, buckets: secondBuckets, registers: [registry] });
}

/** Answered requests by the route's template: never by the path, which names people's things. */
export const requestDurations = (registry: Registry) =>
  histogramOf(
    registry,
    'fox_http_request_duration_seconds',
    'Time until an answer was written, by route template; live streams are left out',
    ['method', 'route', 'status'],
  );

/**
 * `/metrics` for Prometheus, on a port of its own: what is asked there is nobody's but the operators', and a port that is
 * not published cannot be reached by the way that people's requests come.
 */
export async function serveMetrics(registry: Registry, host: string, port: number): Promise<Server> {
  const server = createServer(async (request, response) => {
    if (request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    const text = await registry.metrics().catch(() => undefined);
    response.writeHead(text === undefined ? 500 : 200, { 'content-type': registry.contentType }).end(text);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  // It keeps no process alive.
  return server.unref();
}
