/**
 * Where to go after signing in: a path of this site, or the fallback. Anything that a browser could read as
 * another site (`//host`, `/\host`, control characters it drops) is refused.
 */
export function safeRedirect(to: unknown, fallback = '/'): string {
  if (typeof to !== 'string' || !to.startsWith('/') || /[\\\p{Cc}]/u.test(to)) return fallback;
  const base = 'http://site.invalid';
  if (!URL.canParse(to, base)) return fallback;
  const url = new URL(to, base);
  const path = url.pathname + url.search + url.hash;
  return url.origin !== base || path.startsWith('//') ? fallback : path;
}

/** The sign-in page that leads back to where the request wanted to go. Only pages are worth going back to. */
export function signInPath(request: Request): string {
  const { pathname, search } = new URL(request.url);
  const to = request.method === 'GET' ? pathname.replace(/\.data$/, '') + search : '/';
  return to === '/' || to === '/_root' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(to)}`;
}
