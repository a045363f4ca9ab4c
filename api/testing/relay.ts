import { connect, createServer, type Socket } from 'node:net';

/** A TCP address in front of another that can be cut off and restored, as a network can. */
export interface Relay {
  port: number;
  /** Ends every connection, and every new one at once. */
  cut(): void;
  /** Nothing passes, and nobody is told: connections stay open, and new ones too. */
  freeze(): void;
  restore(): void;
  /** How many connected while it was cut off. */
  refused(): number;
  stop(): Promise<void>;
}

export async function startRelay(target: { host: string; port: number }): Promise<Relay> {
  const sockets = new Set<Socket>();
  let open = true;
  let frozen = false;
  let refused = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const endAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((client) => {
    keep(client);
    if (!open) {
      refused += 1;
      client.destroy();
      return;
    }
    if (frozen) return;
    const upstream = connect(target);
    keep(upstream);
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was assigned');
  return {
    port: address.port,
    cut() {
      open = false;
      endAll();
    },
    freeze() {
      frozen = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    restore() {
      // What was frozen is as good as dead.
      if (frozen) endAll();
      frozen = false;
      open = true;
    },
    refused: () => refused,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        endAll();
      }),
  };
}
