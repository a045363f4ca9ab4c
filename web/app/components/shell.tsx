import { useRouteLoaderData } from '@remix-run/react';
import type { ReactNode } from 'react';
import { ActiveRunsProvider } from '../live/active-runs.js';
import type { loader } from '../root.js';
import { EndedToast } from './ended-toast.js';
import { Header } from './header.js';
import { Fox } from './logo.js';
import { ThemeSwitch } from './theme-switch.js';

/** The frame around every page: skip link, header, what the person should know of the postings, footer. */
export function Shell({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData<typeof loader>('root');
  const frame = (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-accent-fill px-4 py-2 font-semibold text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      {root?.sampleBoards && (
        <aside
          aria-label="About the postings"
          className="bg-warn-soft px-4 py-1.5 text-center text-sm text-warn"
        >
          <strong>Sample postings:</strong> jobs, firms and pay are made up.
        </aside>
      )}
      <Header user={root?.user ?? null} />
      <div className="flex-1">{children}</div>
      <footer className="mt-12 border-t border-line">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-4 px-4 py-6 text-sm text-muted">
          <p className="flex items-center gap-2">
            <Fox className="size-5" />
            Searching The Fox links every posting to the board it comes from.
          </p>
          <ThemeSwitch theme={root?.theme ?? 'system'} />
        </div>
      </footer>
    </div>
  );
  if (!root?.user) return frame;
  return (
    <ActiveRunsProvider key={root.user.id} loaded={root.activeRuns}>
      {frame}
      <EndedToast />
    </ActiveRunsProvider>
  );
}
