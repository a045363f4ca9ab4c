import { createServer, type Server, type Socket } from 'node:net';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { type ApiClient, startApi } from '../testing/api-client.js';
import { createRun } from '../testing/runs.js';

/** A server that takes connections and never says a word. */
async function mute(): Promise<{ address: string; server: Server; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was assigned');
  return {
    address: `127.0.0.1:${address.port}`,
    server,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

let stack: TestStack;
beforeAll(async () => {
  stack = await startTestStack();
});
afterAll(() => stack?.stop());

async function acceptsAndCancels(asAda: ApiClient) {
  const run = await createRun(asAda, 'while Temporal is away');
  expect(run.status).toBe('pending');
  expect((await asAda.post('/runs', { parameters: run.parameters })).body.joined).toBe(true);
  const cancelled = await asAda.post(`/runs/${run.id}/cancel`);
  expect(cancelled.status).toBe(202);
  expect(cancelled.body.status).toBe('cancelled');
}

test('searches are accepted and cancelled while nobody listens at the address', async () => {
  const { api, program } = await startApi(stack);
  await acceptsAndCancels(api.as((await stack.createUser()).accessToken));
  expect((await api.get('/readyz')).body).toEqual({ ready: true, database: 'ok', temporal: 'down' });
  expect(program.output()).toContain('left to the reconciler');
});

test('and while the server takes connections but does not answer: the deadline ends the wait', async () => {
  const silent = await mute();
  try {
    const { api } = await startApi(stack, {
      TEMPORAL_ADDRESS: silent.address,
      TEMPORAL_START_TIMEOUT_MS: '200',
    });
    await acceptsAndCancels(api.as((await stack.createUser()).accessToken));
  } finally {
    silent.close();
  }
});
