import etag from 'etag';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fresh from 'fresh';

/**
 * Answers with a text, or with 304 when the reader has it already (RFC 9110: `If-None-Match` before
 * `If-Modified-Since`).
 * @param text The same for the same data: its hash is the ETag.
 */
export function sendConditionally(
  request: FastifyRequest,
  reply: FastifyReply,
  { text, contentType, lastModified }: { text: string; contentType: string; lastModified?: string },
) {
  const validators = {
    etag: etag(text),
    ...(lastModified !== undefined && { 'last-modified': new Date(lastModified).toUTCString() }),
  };
  reply.headers(validators);
  // `Cache-Control: no-cache`, which some clients add by themselves, is about caches: there is none in between.
  const { 'cache-control': _, ...headers } = request.headers;
  if (fresh(headers, validators)) return reply.code(304).send();
  return reply.type(contentType).send(text);
}
