import createClient from 'openapi-fetch';
import { config } from '../config.server.js';
import { apiDown, toProblem } from './problems.js';
import type { paths } from './schema.gen.js';
import type { Problem } from './types.js';

/** Headers that every call to the API carries: who asks, from where, and in which trace. */
export function apiHeaders(request: Request, accessToken?: string): Record<string, string> {
  const headers: Record<string, string> = {};
  if (accessToken) headers.Authorization = `Bearer ${accessToken}`;
  for (const name of ['X-Forwarded-For', 'traceparent']) {
    const value = request.headers.get(name);
    if (value) headers[name] = value;
  }
  return headers;
}

/** The API, asked on behalf of one browser request: when the browser goes away, so do its calls. */
export function apiClient(request: Request, accessToken?: string) {
  return createClient<paths>({
    baseUrl: config.API_URL,
    headers: apiHeaders(request, accessToken),
    fetch: (call) =>
      fetch(call, {
        signal: AbortSignal.any([request.signal, AbortSignal.timeout(config.API_TIMEOUT_MS)]),
      }),
  });
}
export type ApiClient = ReturnType<typeof apiClient>;

type Call<Data> = Promise<{ data?: Data; error?: unknown; response: Response }>;
export type Outcome<Data> = { ok: true; data: Data } | { ok: false; problem: Problem };

/** Waits for a call; every way it can fail comes back as a problem. */
export async function attempt<Data>(call: Call<Data>): Promise<Outcome<Data>> {
  try {
    const { data, error, response } = await call;
    if (response.ok) return { ok: true, data: data as Data };
    return { ok: false, problem: toProblem(error, response.status, response.headers.get('Retry-After')) };
  } catch {
    // The connection failed, the time-out came, or the answer was no JSON.
    return { ok: false, problem: apiDown };
  }
}

/** A problem as a response to throw from a loader: the nearest error page shows its sentence. */
export const problemResponse = (problem: Problem) =>
  Response.json(problem, { status: problem.status, headers: { 'Content-Type': 'application/problem+json' } });

/** Waits for a call, or throws its problem as a response. */
export async function answer<Data>(call: Call<Data>): Promise<Data> {
  const outcome = await attempt(call);
  if (outcome.ok) return outcome.data;
  throw problemResponse(outcome.problem);
}
