import {
  type ClientHttp2Session,
  connect as connectHttp2,
  constants,
  createSecureServer,
  type Http2Session,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Certificate } from '../../local/testing/certificates.js';

export interface CloudOptions {
  /** Of the real server behind it. */
  upstream: string;
  server: Certificate;
  namespace: string;
  /** The keys that are good now, asked at each call; without it none is asked for. */
  apiKeys?: () => readonly string[];
  /** The CA whose client certificates are let in; without it none is asked for. */
  clientCa?: string;
}

/** Stands before a Temporal server as Temporal Cloud's front does: TLS, and who calls is known by key or certificate. */
export interface Cloud {
  address: string;
  /** How many calls were let through: by the key or the certificate's name that they came with, and the SDK's part. */
  calls: Map<string, number>;
  /** How many calls were refused, by why. */
  refused: Map<string, number>;
  /** The client certificates that are good now, by name; all of the CA at first. */
  trust(names: readonly string[]): void;
  stop(): Promise<void>;
}

/** https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
const unauthenticated = '16';
const permissionDenied = '7';

const count = (counts: Map<string, number>, what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);

export async function startCloud({
  upstream,
  server: { cert, key },
  namespace,
  apiKeys,
  clientCa,
}: CloudOptions): Promise<Cloud> {
  const calls = new Map<string, number>();
  const refused = new Map<string, number>();
  const sessions = new Map<Http2Session, ClientHttp2Session>();
  let trusted: readonly string[] | undefined;
  const server = createSecureServer({
    cert,
    key,
    ...(clientCa && { ca: clientCa, requestCert: true, rejectUnauthorized: true }),
  });
  server.on('tlsClientError', () => count(refused, 'no TLS that is good'));
  server.on('session', (session) => {
    const behind = connectHttp2(`http://${upstream}`);
    sessions.set(session, behind);
    for (const each of [session, behind]) each.on('error', () => undefined);
    // The server ends connections that are idle or old: whoever is before it is told, and connects anew.
    for (const end of ['goaway', 'close']) behind.on(end, () => session.close());
    session.on('close', () => {
      sessions.delete(session);
      behind.destroy();
    });
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    const refuse = (status: string, why: string) => {
      count(refused, why);
      stream.respond(
        { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': status, 'grpc-message': why },
        { endStream: true },
      );
    };
    const given = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    const socket = stream.session?.socket as TLSSocket | undefined;
    const certificate = clientCa ? String(socket?.getPeerCertificate()?.subject?.CN) : undefined;
    if (apiKeys && !(given && apiKeys().includes(given))) return refuse(unauthenticated, 'no API key');
    if (certificate && trusted && !trusted.includes(certificate)) {
      return refuse(unauthenticated, 'certificate withdrawn');
    }
    // What is asked of no namespace says none: what the server can do, for one.
    const named = headers['temporal-namespace'];
    const ofNoNamespace = /\/(GetSystemInfo|GetClusterInfo|Check)$/.test(headers[':path'] ?? '');
    if (named === undefined ? !ofNoNamespace : named !== namespace) {
      return refuse(permissionDenied, `namespace ${named}`);
    }
    const agent = /^[a-z-]+/.exec(headers['user-agent'] ?? '')?.[0];
    count(calls, `${given ?? certificate ?? 'anybody'} by ${agent}`);

    const { authorization: _authorization, ...passedOn } = headers;
    const behind = stream.session && sessions.get(stream.session);
    if (!behind || behind.closed || behind.destroyed) return stream.close(constants.NGHTTP2_REFUSED_STREAM);
    const asked = behind.request({ ...passedOn, ':authority': upstream, ':scheme': 'http' });
    stream.pipe(asked);
    stream.on('close', () => asked.close());
    asked.on('error', () => stream.destroy());
    asked.on('response', (answer, flags) => {
      // A call that failed at once is answered by headers alone.
      const endStream = (flags & 1) === 1;
      stream.respond(answer, { endStream, waitForTrailers: !endStream });
      if (endStream) return;
      let trailers = {};
      asked.on('trailers', (last) => {
        trailers = last;
      });
      stream.on('wantTrailers', () => stream.sendTrailers(trailers));
      asked.pipe(stream);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `localhost:${(server.address() as AddressInfo).port}`,
    calls,
    refused,
    trust(names) {
      trusted = names;
    },
    stop: async () => {
      for (const session of sessions.keys()) session.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
