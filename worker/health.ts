import { createServer, type Server } from 'node:http';
import type { Worker } from '@temporalio/worker';

/** `/healthz`: the process lives. `/readyz`: every worker polls its task queue. */
export async function serveHealth(workers: Worker[], host: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const states = workers.map((worker) => ({
      taskQueue: worker.options.taskQueue,
      state: worker.getState(),
    }));
    const ready = states.every(({ state }) => state === 'RUNNING');
    const found = request.url === '/healthz' || request.url === '/readyz';
    const ok = request.url === '/healthz' || ready;
    response.writeHead(!found ? 404 : ok ? 200 : 503, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found ? { ready, workers: states } : { error: 'not found' }));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return server;
}
