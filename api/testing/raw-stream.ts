import { once } from 'node:events';
import { connect } from 'node:net';
import type { ApiClient } from './api-client.js';

/** A client that opens a stream and leaves what comes then unread. */
export interface RawStream {
  /** Reads on from here. Returns what has come since, as it is when asked. */
  read(): () => string;
  close(): void;
}

export async function openUnread(api: ApiClient, path: string): Promise<RawStream> {
  const { hostname, port } = new URL(api.url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => socket.destroy());
  socket.write(
    [
      `GET ${path} HTTP/1.1`,
      `Host: ${hostname}`,
      'Accept: text/event-stream',
      `Authorization: Bearer ${api.token}`,
      '',
      '',
    ].join('\r\n'),
  );
  // The answer has begun: the stream is open.
  await once(socket, 'data');
  socket.pause();
  return {
    read() {
      const chunks: Buffer[] = [];
      socket.on('data', (chunk) => chunks.push(chunk)).resume();
      return () => Buffer.concat(chunks).toString();
    },
    close: () => socket.destroy(),
  };
}
