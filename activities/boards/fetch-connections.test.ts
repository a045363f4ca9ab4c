import { once } from 'node:events';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { ask, client, errorOf, json, opened, serve } from './testing/http.js';

describe('a connection', () => {
  test('that is reset is a network error', async () => {
    expect((await errorOf((request) => request.socket.resetAndDestroy())).errorClass).toBe('network');
  });

  test('that is cut within the body is a network error', async () => {
    const error = await errorOf((request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"jobs":', () => request.socket.destroy());
    });
    expect(error.errorClass).toBe('network');
  });

  test('that nobody takes is a network error', async () => {
    const { server, url } = await serve(() => {});
    await new Promise((done) => server.close(done));
    await expect(ask(client(url))).rejects.toMatchObject({ errorClass: 'network' });
  });

  test('that does not speak HTTP is a bad response', async () => {
    const server = createTcpServer((socket) => socket.on('data', () => socket.end('SSH-2.0-OpenSSH\r\n')));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    opened.push({ close: async () => void server.close() });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(ask(client(url))).rejects.toMatchObject({ errorClass: 'bad_response' });
  });

  test('without headers times out', async () => {
    expect((await errorOf(() => {}, { BOARD_RESPONSE_TIMEOUT_MS: 100 })).errorClass).toBe('timeout');
  });

  test('without a next chunk times out', async () => {
    const error = await errorOf((_q, response) => response.write('{'), { BOARD_IDLE_TIMEOUT_MS: 100 });
    expect(error.errorClass).toBe('timeout');
  });

  test('that drips for ever times out and is closed', async () => {
    let closed: () => void;
    const wasClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const error = await errorOf(
      (_request, response) => {
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => {
          clearInterval(drip);
          closed();
        });
      },
      { BOARD_TOTAL_TIMEOUT_MS: 200 },
    );
    expect(error.errorClass).toBe('timeout');
    await wasClosed;
  });
});

describe('an abort', () => {
  test.each(['before the headers', 'within the body'])(
    '%s closes the socket and rejects with its own reason',
    async (when) => {
      const controller = new AbortController();
      const reason = new Error('the run was cancelled');
      let closed: () => void;
      const wasClosed = new Promise<void>((resolve) => {
        closed = resolve;
      });
      const { url } = await serve((request, response) => {
        request.socket.on('close', () => closed());
        if (when === 'within the body') response.write('{"jobs":[', () => controller.abort(reason));
        else controller.abort(reason);
      });
      await expect(ask(client(url), { signal: controller.signal })).rejects.toBe(reason);
      await wasClosed;
    },
  );

  test('before the start asks nothing', async () => {
    let requests = 0;
    const { url } = await serve((_q, response) => {
      requests += 1;
      response.end('{}');
    });
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(ask(client(url), { signal })).rejects.toThrow('too late');
    expect(requests).toBe(0);
  });

  test('leaves no listener behind on a signal that lives on', async () => {
    const { url } = await serve(json({}));
    const controller = new AbortController();
    const added: unknown[] = [];
    const removed: unknown[] = [];
    const { addEventListener, removeEventListener } = controller.signal;
    controller.signal.addEventListener = function (this: AbortSignal, ...args: [never, never]) {
      added.push(args[1]);
      addEventListener.apply(this, args);
    } as typeof addEventListener;
    controller.signal.removeEventListener = function (this: AbortSignal, ...args: [never, never]) {
      removed.push(args[1]);
      removeEventListener.apply(this, args);
    } as typeof removeEventListener;
    await ask(client(url), { signal: controller.signal });
    expect(added).toHaveLength(1);
    expect(removed).toEqual(added);
  });
});
