import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { waitFor } from '../local/testing/wait-for.js';
import { databaseConnection } from './database-connection.js';
import { type DatabaseListener, listenToDatabase } from './database-listener.js';

/** As Postgres says it before it knows who connects: too many clients. */
function tooManyClients(socket: Socket): void {
  const fields = Buffer.from('SFATAL\0C53300\0Msorry, too many clients already\0\0');
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(4 + fields.length, 1);
  socket.once('data', () => socket.end(Buffer.concat([head, fields])));
}

/** As it ends a client that it has let in and that asks for something: at a shutdown, or when the network is cut. */
function endAfterLetIn(socket: Socket): void {
  const letIn = Buffer.from('R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I', 'latin1');
  socket.once('data', () => {
    socket.write(letIn);
    socket.once('data', () => socket.resetAndDestroy());
  });
}

const refusals: [string, (socket: Socket) => void][] = [
  ['closes what it accepted', (socket) => socket.end()],
  ['breaks the connection off', (socket) => socket.resetAndDestroy()],
  ['has too many clients', tooManyClients],
  ['breaks off those that it has let in', endAfterLetIn],
];

describe.each(refusals)('while the database %s', (_what, refuse) => {
  let server: Server;
  let listener: DatabaseListener;
  let connected = 0;
  const pauses: number[] = [];

  beforeAll(async () => {
    server = createServer((socket) => {
      connected += 1;
      socket.on('error', () => undefined);
      refuse(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    listener = listenToDatabase(databaseConnection(`postgres://nobody@127.0.0.1:${port}/none`), {
      channels: { one: () => undefined, another: () => undefined },
      onConnected: () => undefined,
      onDeaf: () => undefined,
      // Its own checks would connect as well.
      deafAfterMs: 3_600_000,
      reconnect: { firstMs: 20, longestMs: 160 },
      log: {
        warn: (said) => {
          if ('pauseMs' in said) pauses.push(said.pauseMs as number);
        },
      },
    });
  });
  afterAll(async () => {
    await listener.close();
    server.close();
  });

  test('it is asked again after a pause each time, longer with each', async () => {
    await waitFor(() => connected >= 8, { what: 'the eighth connection' });
    // The first attempt of all needs none; the next pause may have been chosen.
    expect(pauses.length).toBeGreaterThanOrEqual(connected - 1);
    expect(pauses.length).toBeLessThanOrEqual(connected);
    const bounds = [20, 40, 80, 160, 160, 160, 160];
    bounds.forEach((bound, index) => {
      expect(pauses[index]).toBeGreaterThanOrEqual(bound / 2);
      expect(pauses[index]).toBeLessThanOrEqual(bound);
    });
  });

  test('who asks is told, and stopping needs no database', async () => {
    await expect(listener.check()).rejects.toThrow();
    await expect(listener.notify('one', {})).rejects.toThrow();
    await listener.close();
    const before = connected;
    await expect(listener.check()).rejects.toThrow();
    expect(connected).toBe(before);
  });
});
