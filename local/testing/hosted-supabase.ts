import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { decodeJwt, exportJWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { Certificate } from './certificates.js';
import type { TestStack } from './stack.js';

/** Stands before the stack's Supabase as the hosted one's gateway does. */
export interface HostedSupabase {
  url: string;
  /** Which keys are good now. */
  keys: { publishable: string[]; secret: string[] };
  /** How many requests came with each key. */
  used: Map<string, number>;
  /** Why requests were refused. */
  refused: string[];
  /** How often the signing keys were read. */
  keySetsRead(): number;
  /** Signs with a new key, of this algorithm, from now on; those before stay in the set until they are withdrawn. */
  rotateSigningKey(alg?: SigningAlgorithm): void;
  withdrawOldSigningKeys(): void;
  stop(): Promise<void>;
}

/** What a project may choose (https://supabase.com/docs/guides/auth/signing-keys). */
type SigningAlgorithm = 'ES256' | 'RS256';

interface SigningKey {
  kid: string;
  alg: SigningAlgorithm;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/**
 * TLS, `apikey` with keys that are no tokens, and people's tokens signed with ES256, or RS256. What is behind it knows
 * the shared secret alone: tokens are signed anew on their way.
 */
export async function startHostedSupabase(stack: TestStack, server: Certificate): Promise<HostedSupabase> {
  const keys = { publishable: ['sb_publishable_first_key'], secret: ['sb_secret_the_first_key'] };
  const used = new Map<string, number>();
  const refused: string[] = [];
  let signing: SigningKey[] = [];
  let made = 0;
  let keySetsRead = 0;
  const rotateSigningKey = (alg: SigningAlgorithm = 'ES256') => {
    made += 1;
    const pair =
      alg === 'ES256'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('rsa', { modulusLength: 2048 });
    signing = [{ kid: `key-${made}`, alg, ...pair }, ...signing];
  };
  rotateSigningKey();

  const shared = new TextEncoder().encode(stack.jwtSecret);
  const signedInside = (payload: JWTPayload) =>
    new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(shared);
  const signedOutside = (payload: JWTPayload) => {
    const [current] = signing as [SigningKey];
    return new SignJWT(payload)
      .setProtectedHeader({ alg: current.alg, kid: current.kid })
      .sign(current.privateKey);
  };

  /** What the request may do inside, or why it may nothing. */
  async function admitted(
    incoming: IncomingMessage,
  ): Promise<{ apikey: string; authorization: string } | string> {
    const key = String(incoming.headers.apikey);
    const isSecret = keys.secret.includes(key);
    if (!isSecret && !keys.publishable.includes(key)) return 'unknown apikey';
    used.set(key, (used.get(key) ?? 0) + 1);
    const apikey = isSecret ? stack.serviceRoleKey : stack.anonKey;
    const token = /^Bearer (.+)$/.exec(incoming.headers.authorization ?? '')?.[1];
    if (token === undefined) return { apikey, authorization: `Bearer ${apikey}` };
    try {
      const { payload } = await jwtVerify(
        token,
        (header) =>
          signing.find(({ kid }) => kid === header.kid)?.publicKey ??
          Promise.reject(new Error('unknown key')),
        { algorithms: ['ES256', 'RS256'] },
      );
      return { apikey, authorization: `Bearer ${await signedInside(payload)}` };
    } catch {
      return 'bad_jwt';
    }
  }

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const json = (status: number, body: unknown) => {
      outgoing.writeHead(status, { 'content-type': 'application/json' });
      outgoing.end(JSON.stringify(body));
    };
    if (incoming.url === '/auth/v1/.well-known/jwks.json') {
      keySetsRead += 1;
      const jwks = signing.map(async ({ kid, alg, publicKey }) => ({
        ...(await exportJWK(publicKey)),
        kid,
        alg,
        use: 'sig',
      }));
      return json(200, { keys: await Promise.all(jwks) });
    }
    const may = await admitted(incoming);
    if (typeof may === 'string') {
      refused.push(`${may}: ${incoming.method} ${incoming.url}`);
      return json(may === 'bad_jwt' ? 403 : 401, { code: may, message: may });
    }
    const { host: _host, connection: _connection, ...headers } = incoming.headers;
    const upstream = request(new URL(incoming.url ?? '/', stack.supabaseUrl), {
      method: incoming.method,
      headers: { ...headers, ...may, 'accept-encoding': 'identity' },
    });
    upstream.on('error', () => outgoing.destroy());
    upstream.on('response', async (response) => {
      if (!/^\/auth\/v1\/(token|signup)/.test(incoming.url ?? '')) {
        outgoing.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(outgoing);
        return;
      }
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      const body = JSON.parse(Buffer.concat(chunks).toString());
      if (body.access_token) body.access_token = await signedOutside(decodeJwt(body.access_token));
      json(response.statusCode ?? 502, body);
    });
    incoming.pipe(upstream);
  }

  const https = createServer({ cert: server.cert, key: server.key }, (incoming, outgoing) => {
    void answer(incoming, outgoing);
  });
  await new Promise<void>((resolve) => https.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://localhost:${(https.address() as AddressInfo).port}`,
    keys,
    used,
    refused,
    keySetsRead: () => keySetsRead,
    rotateSigningKey,
    withdrawOldSigningKeys() {
      signing = signing.slice(0, 1);
    },
    stop: () =>
      new Promise((resolve) => {
        https.close(() => resolve());
        https.closeAllConnections();
      }),
  };
}

/** Stands before a Postgres as the hosted one's session pooler does: who does not ask for TLS is sent away. */
export interface PostgresOverTls {
  port: number;
  encrypted(): number;
  plain(): number;
  stop(): Promise<void>;
}

/** https://www.postgresql.org/docs/current/protocol-message-formats.html: SSLRequest. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

export async function startPostgresOverTls(
  target: { host: string; port: number },
  { cert, key }: Certificate,
): Promise<PostgresOverTls> {
  const sockets = new Set<Socket>();
  let encrypted = 0;
  let plain = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createTcpServer((socket) => {
    keep(socket);
    socket.once('data', (first) => {
      if (!first.equals(sslRequest)) {
        plain += 1;
        socket.destroy();
        return;
      }
      socket.write('S');
      const secure = new TLSSocket(socket, { isServer: true, cert, key });
      keep(secure);
      secure.once('secure', () => {
        encrypted += 1;
      });
      const upstream = connect(target);
      keep(upstream);
      secure.pipe(upstream).pipe(secure);
      secure.on('close', () => upstream.destroy());
      upstream.on('close', () => secure.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    encrypted: () => encrypted,
    plain: () => plain,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
