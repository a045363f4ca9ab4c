import { redirect } from '@remix-run/node';
import {
  type ApiClient,
  type answer,
  apiClient,
  attempt,
  type Outcome,
  problemResponse,
} from './api/client.server.js';
import { signInPath } from './redirects.js';
import { readSignedIn, type SignedIn, signedInCookie, signedOutCookie } from './session.server.js';

/** A signed-in person's request. `headers` carries a new cookie when the tokens were refreshed for it. */
export interface Visitor {
  user: SignedIn['user'];
  accessToken: string;
  api: ApiClient;
  headers: HeadersInit;
  /** Waits for a call of `api`; a session that the API no longer takes leads to the sign-in page. */
  ask: typeof answer;
}

/** An access token this close to its end is renewed first, in milliseconds. */
const renewBefore = 30_000;
/** How long the tokens that came of a refresh token are remembered for requests that still hold the old one. */
const rememberFor = 60_000;

const refreshes = new Map<string, Promise<Outcome<SignedIn>>>();

/**
 * Renews tokens once for all requests that hold the same refresh token: it works a single time, and a page's
 * loaders, its streams and the next page may all ask with it at once.
 */
function refreshOnce(request: Request, refreshToken: string): Promise<Outcome<SignedIn>> {
  const under = refreshes.get(refreshToken);
  if (under) return under;
  // Not bound to the browser's connection: the others still wait for it when this one goes away.
  const detached = new Request(request.url, { headers: request.headers });
  const refreshing = attempt(apiClient(detached).POST('/auth/refresh', { body: { refreshToken } }));
  refreshes.set(refreshToken, refreshing);
  void refreshing.then((outcome) => {
    if (!outcome.ok) refreshes.delete(refreshToken);
    else setTimeout(() => refreshes.delete(refreshToken), rememberFor).unref();
  });
  return refreshing;
}

async function freshTokens(request: Request): Promise<{ signedIn: SignedIn; renewed: boolean } | null> {
  const signedIn = await readSignedIn(request);
  if (!signedIn) return null;
  if (Date.parse(signedIn.expiresAt) - Date.now() > renewBefore) return { signedIn, renewed: false };
  const outcome = await refreshOnce(request, signedIn.refreshToken);
  if (outcome.ok) return { signedIn: outcome.data, renewed: true };
  // A refusal ends the session; an API that is away does not.
  if (outcome.problem.status >= 500 || outcome.problem.status === 429) throw problemResponse(outcome.problem);
  return null;
}

/**
 * The person who asks, or null.
 * @throws a 503 response when tokens must be renewed and the API cannot be reached.
 */
export async function findVisitor(request: Request): Promise<Visitor | null> {
  const tokens = await freshTokens(request);
  if (!tokens) return null;
  const { user, accessToken } = tokens.signedIn;
  return {
    user,
    accessToken,
    api: apiClient(request, accessToken),
    headers: tokens.renewed ? { 'Set-Cookie': await signedInCookie(request, tokens.signedIn) } : {},
    ask: async (call) => {
      const outcome = await attempt(call);
      if (outcome.ok) return outcome.data;
      if (outcome.problem.status === 401) throw await toSignIn(request);
      throw problemResponse(outcome.problem);
    },
  };
}

/** The person who asks. @throws a redirect to the sign-in page, which leads back here. */
export async function requireVisitor(request: Request): Promise<Visitor> {
  const visitor = await findVisitor(request);
  if (visitor) return visitor;
  throw await toSignIn(request);
}

const toSignIn = async (request: Request) =>
  redirect(signInPath(request), { headers: { 'Set-Cookie': await signedOutCookie(request) } });
