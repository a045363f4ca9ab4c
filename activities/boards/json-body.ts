import { pipeline, type Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { BoardError } from './board.js';

/** Encodings that `readJson` can take apart; sent as `Accept-Encoding`. */
export const acceptedEncodings = 'gzip, deflate, br';

const decoders = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * Reads a body as JSON, counting its bytes after decompression, so that a small body cannot swell up.
 * @throws BoardError `too_large`, `blocked` (HTML) or `bad_response`; the stream's own errors pass.
 */
export async function readJson(
  body: Readable,
  expected: { host: string; encoding: string; container: 'object' | 'array'; maxBytes: number },
): Promise<unknown> {
  const text = decode(await readBounded(body, expected)).trim();
  if (text.startsWith('<')) throw new BoardError('blocked', `${expected.host} answered with a web page`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new BoardError('bad_response', `${expected.host} answered with something that is not JSON`, {
      cause,
    });
  }
  const container = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  if (container !== expected.container) {
    const found = `${expected.host} answered with a JSON ${container}, not ${expected.container}`;
    throw new BoardError('bad_response', found);
  }
  return value;
}

/** UTF-8, with or without a byte order mark. */
const decode = (bytes: Buffer) => new TextDecoder('utf-8').decode(bytes);

function readBounded(
  body: Readable,
  limits: { host: string; encoding: string; maxBytes: number },
): Promise<Buffer> {
  const { host, encoding, maxBytes } = limits;
  const chunks: Buffer[] = [];
  let size = 0;
  const collect = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > maxBytes)
        return done(new BoardError('too_large', `${host} sent more than ${maxBytes} bytes`));
      chunks.push(chunk);
      done();
    },
  }).resume();
  return new Promise((resolve, reject) => {
    const finish = (error: Error | null | undefined) =>
      error ? reject(error) : resolve(Buffer.concat(chunks));
    if (encoding === '' || encoding === 'identity') return pipeline(body, collect, finish);
    const decoder = decoders[encoding as keyof typeof decoders];
    if (!decoder) {
      discard(body);
      return reject(new BoardError('bad_response', `${host} used an unknown encoding`));
    }
    pipeline(body, decoder(), collect, finish);
  });
}

/** Gives up a body unread: its connection is closed, which costs less than reading what may never end. */
export function discard(body: Readable): void {
  body.on('error', () => {});
  body.destroy();
}
