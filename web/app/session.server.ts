import { createCookie, createCookieSessionStorage, type Session } from '@remix-run/node';
import { config } from './config.server.js';
import { isLoopback } from './hosts.server.js';

/** What the signed, httpOnly cookie holds. The browser's own scripts never see a token. */
export interface SignedIn {
  user: {
    id: string;
    email: string;
    /** Cookies of before there were admins say nothing of it. */
    isAdmin?: boolean;
  };
  accessToken: string;
  refreshToken: string;
  /** When the access token ends, ISO 8601. */
  expiresAt: string;
}

const storage = createCookieSessionStorage<{ signedIn: SignedIn }>({
  cookie: {
    name: 'fox_session',
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    maxAge: 60 * 60 * 24 * 30,
    // The first signs; one that was before is good as well, so that nobody is signed out when it changes.
    secrets: [config.SESSION_SECRET, config.SESSION_SECRET_BEFORE].filter((secret) => secret !== undefined),
  },
});

/** Cookies are for TLS alone; plain http is for a developer's machine, and no other. */
const secure = (request: Request) =>
  !isLoopback(new URL(request.url).host) ||
  request.headers.get('X-Forwarded-Proto')?.split(',')[0]?.trim() === 'https';

export async function readSignedIn(request: Request): Promise<SignedIn | null> {
  const session = await storage.getSession(request.headers.get('Cookie'));
  return session.get('signedIn') ?? null;
}

/** @returns the `Set-Cookie` header of a session with these tokens. */
export async function signedInCookie(request: Request, signedIn: SignedIn): Promise<string> {
  const session: Session<{ signedIn: SignedIn }> = await storage.getSession();
  session.set('signedIn', signedIn);
  return storage.commitSession(session, { secure: secure(request) });
}

/** @returns the `Set-Cookie` header that ends the session. */
export async function signedOutCookie(request: Request): Promise<string> {
  return storage.destroySession(await storage.getSession(), { secure: secure(request) });
}

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
const themeCookie = createCookie('fox_theme', {
  path: '/',
  sameSite: 'lax',
  httpOnly: true,
  maxAge: 60 * 60 * 24 * 365,
});

export async function readTheme(request: Request): Promise<Theme> {
  const value: unknown = await themeCookie.parse(request.headers.get('Cookie'));
  return themes.find((theme) => theme === value) ?? 'system';
}

export const themeSetCookie = (request: Request, theme: Theme) =>
  themeCookie.serialize(theme, { secure: secure(request) });
