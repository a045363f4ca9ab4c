import { createHmac, timingSafeEqual } from 'node:crypto';

/** Where a signed request says when it was made, and its signature. */
export const signatureHeader = 'x-trigger-signature';

/** What is signed is the time and the body as it is sent. */
export const signatureOf = (secret: string, seconds: number, body: Buffer): Buffer =>
  createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();

/**
 * Checks `t=<seconds since 1970>,v1=<hex>` against each of the secrets.
 * @returns the signature, or why the request is refused.
 */
export function verifySignature(
  header: string,
  body: Buffer,
  { secrets, toleranceSeconds, now }: { secrets: readonly string[]; toleranceSeconds: number; now: Date },
): { signature: string } | { refused: string } {
  const [, time, hex] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  if (time === undefined || hex === undefined) {
    return { refused: `${signatureHeader} must be t=<seconds since 1970>,v1=<HMAC-SHA256 in hex>.` };
  }
  const seconds = Number(time);
  const given = Buffer.from(hex, 'hex');
  // Each is compared: how long it takes tells nothing of which one is right.
  const matching = secrets.filter((secret) => timingSafeEqual(signatureOf(secret, seconds, body), given));
  if (matching.length === 0) return { refused: 'The signature is not that of this request.' };
  if (Math.abs(now.getTime() / 1000 - seconds) > toleranceSeconds) {
    return { refused: `The request was signed more than ${toleranceSeconds} seconds from now.` };
  }
  return { signature: hex };
}

/** Whether the bearer token is one of the secrets, in a time that tells nothing of them. */
export function isSecret(token: string, secrets: readonly string[]): boolean {
  const matching = secrets.filter((secret) => {
    const [a, b] = [token, secret].map((text) => createHmac('sha256', secret).update(text).digest());
    return timingSafeEqual(a as Buffer, b as Buffer);
  });
  return matching.length > 0;
}
