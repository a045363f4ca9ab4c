import typeface from '@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2?url';
import { data, type LinksFunction, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunctionArgs,
  useRouteLoaderData,
} from '@remix-run/react';
import type { ReactNode } from 'react';
import './app.css';
import { attempt } from './api/client.server.js';
import { findVisitor } from './auth.server.js';
import { listBoards } from './boards.server.js';
import { ErrorPage, errorTitle } from './components/error-page.js';
import { Shell } from './components/shell.js';
import { useNonce } from './nonce.js';
import { readSignedIn, readTheme } from './session.server.js';

/** Asked for beside the style sheet that names it, not after it: it is there when the page is first painted. */
export const links: LinksFunction = () => [
  { rel: 'preload', href: typeface, as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' },
];

export const meta: MetaFunction = ({ error }) => [
  {
    title: error
      ? `${errorTitle(error)} · Searching The Fox`
      : 'Searching The Fox: every job board in one search',
  },
];

/** What every page needs. It never fails: with the API away, the page itself says so, within the site's frame. */
export async function loader({ request }: LoaderFunctionArgs) {
  const [theme, boards, signedIn] = await Promise.all([
    readTheme(request),
    listBoards(request).catch(() => null),
    findActiveRuns(request),
  ]);
  const { headers, ...who } = signedIn;
  return data({ theme, sampleBoards: boards?.mode === 'sample', ...who }, { headers });
}
export type RootData = Awaited<ReturnType<typeof loader>>['data'];

async function findActiveRuns(request: Request) {
  try {
    const visitor = await findVisitor(request);
    if (!visitor) return { user: null, activeRuns: [], headers: {} };
    const listed = await attempt(visitor.api.GET('/runs', { params: { query: { active: 'true' } } }));
    const activeRuns = listed.ok ? listed.data.items : [];
    return { user: visitor.user, activeRuns, headers: visitor.headers };
  } catch {
    const signedIn = await readSignedIn(request);
    return { user: signedIn?.user ?? null, activeRuns: [], headers: {} };
  }
}

/** The live stream keeps the header current; reading it again is for what a form may have changed. */
export function shouldRevalidate({ formMethod, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  return formMethod !== undefined && formMethod !== 'GET' && defaultShouldRevalidate;
}

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  const loaded = useRouteLoaderData<typeof loader>('root');
  const theme = loaded?.theme ?? 'system';
  return (
    <html lang="en-GB" data-theme={theme === 'system' ? undefined : theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {/* Here and not in `meta`, which each page's own takes the place of. */}
        <meta
          name="description"
          content="Searches many job boards at once and shows what it finds as it finds it, on every device."
        />
        <meta name="color-scheme" content={theme === 'system' ? 'light dark' : theme} />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  return (
    <Shell>
      <Outlet />
    </Shell>
  );
}

export function ErrorBoundary() {
  return (
    <Shell>
      <ErrorPage />
    </Shell>
  );
}
