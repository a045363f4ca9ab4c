import { pipeline, type Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Semaphore } from 'async-mutex';
import { BoardError } from './board.js';

/** Encodings that `readJson` can take apart; sent as `Accept-Encoding`. */
export const acceptedEncodings = 'gzip, deflate, br';

const decoders = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Bodies up to this size, in bytes, do not wait for others. */
const smallBody = 1_048_576;

/**
 * Reads a body as JSON, counting its bytes after decompression, so that a small body cannot swell up.
 * Large bodies are read as many at once as `large` lets through.
 * @throws BoardError `too_large`, `blocked` (HTML) or `bad_response`; the stream's own errors pass.
 */
export async function readJson(
  body: Readable,
  expected: {
    host: string;
    encoding: string;
    contentType: string;
    container: 'object' | 'array';
    maxBytes: number;
    large: Semaphore;
  },
): Promise<unknown> {
  const text = decode(await readBounded(body, expected), expected.contentType).trim();
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

/**
 * Text in the charset that the answer names, else UTF-8, with or without a byte order mark. Bytes that are no character
 * become U+FFFD.
 */
function decode(bytes: Buffer, contentType: string): string {
  const charset = /;\s*charset="?([\w.:-]{1,40})/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // A charset that nobody knows: JSON is UTF-8.
    return new TextDecoder('utf-8').decode(bytes);
  }
}

function readBounded(
  body: Readable,
  limits: { host: string; encoding: string; maxBytes: number; large: Semaphore },
): Promise<Buffer> {
  const { host, encoding, maxBytes, large } = limits;
  const chunks: Buffer[] = [];
  let size = 0;
  let release: (() => void) | undefined;
  const collect = new Transform({
    async transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > maxBytes)
        return done(new BoardError('too_large', `${host} sent more than ${maxBytes} bytes`));
      if (size > smallBody && !release) {
        // The board waits meanwhile: its connection is not read.
        const [, permit] = await large.acquire();
        if (collect.destroyed) return permit();
        release = permit;
      }
      chunks.push(chunk);
      done();
    },
  }).resume();
  return new Promise((resolve, reject) => {
    const finish = (error: Error | null | undefined) => {
      release?.();
      if (error) reject(error);
      else resolve(Buffer.concat(chunks));
    };
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
