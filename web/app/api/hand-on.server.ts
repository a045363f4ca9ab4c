import { config } from '../config.server.js';
import { apiHeaders } from './client.server.js';
import { apiDown, problemSentence, toProblem } from './problems.js';
import type { Problem } from './types.js';

/** What a reader says of the copy that it has, and what it is told of the answer. */
const askedHeaders = ['If-None-Match', 'If-Modified-Since'];
const toldHeaders = [
  'Content-Type',
  'Content-Disposition',
  'ETag',
  'Last-Modified',
  'Cache-Control',
  'X-Robots-Tag',
];

/**
 * Hands one of the API's files on under the site's own origin, 304 for 304. What the API refuses is a sentence, since
 * a file's address has no page around it.
 */
export async function handOn(
  request: Request,
  path: `/${string}`,
  visitor?: { accessToken: string; headers: HeadersInit },
): Promise<Response> {
  const headers = new Headers(apiHeaders(request, visitor?.accessToken));
  for (const name of askedHeaders) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  // The answer has to begin by then; a long file may take longer to come.
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), config.API_TIMEOUT_MS);
  const signal = AbortSignal.any([request.signal, late.signal]);
  const upstream = await fetch(`${config.API_URL}${path}`, { headers, signal }).catch(() => null);
  clearTimeout(timer);
  if (!upstream) return refusal(apiDown);
  if (!upstream.ok && upstream.status !== 304) {
    const problem = await upstream.json().catch(() => null);
    return refusal(toProblem(problem, upstream.status, upstream.headers.get('Retry-After')));
  }
  const answer = new Headers(visitor?.headers);
  for (const name of toldHeaders) {
    const value = upstream.headers.get(name);
    if (value !== null) answer.set(name, value);
  }
  return new Response(upstream.status === 304 ? null : upstream.body, {
    status: upstream.status,
    headers: answer,
  });
}

function refusal(problem: Problem): Response {
  const headers = new Headers({ 'Content-Type': 'text/plain; charset=utf-8' });
  if (problem.retryAfterSeconds !== undefined) headers.set('Retry-After', String(problem.retryAfterSeconds));
  return new Response(`${problemSentence(problem)}\n`, { status: problem.status, headers });
}
