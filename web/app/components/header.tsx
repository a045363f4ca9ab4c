import { Form, Link, NavLink, useLocation } from '@remix-run/react';
import clsx from 'clsx';
import {
  Bookmark,
  Briefcase,
  Building2,
  ChartColumn,
  History,
  LoaderCircle,
  LogOut,
  Search,
  Settings,
} from 'lucide-react';
import { useActiveRuns } from '../live/active-runs.js';
import { button } from './button.js';
import { Fox } from './logo.js';
import { Staleness } from './staleness.js';
import { Timer } from './timer.js';

const pages = [
  { to: '/', label: 'Search', icon: Search },
  { to: '/saved', label: 'Saved', icon: Bookmark },
  { to: '/jobs', label: 'Jobs', icon: Briefcase },
  { to: '/companies', label: 'Companies', icon: Building2 },
  { to: '/history', label: 'History', icon: History },
];

export function Header({ user }: { user: { email: string; isAdmin?: boolean } | null }) {
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-canvas/95 backdrop-blur">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
        <Link
          to="/"
          className="flex items-center gap-2 font-bold no-underline"
          aria-label="Searching The Fox"
        >
          <Fox className="size-8" />
          <span className="max-[26rem]:sr-only">Searching The Fox</span>
        </Link>
        {user ? (
          <>
            <nav
              aria-label="Main"
              className="order-last flex w-full gap-1 border-t border-line pt-1 sm:order-none sm:w-auto sm:border-0 sm:pt-0"
            >
              {pages.map(({ to, label, icon: Icon }) => (
                <NavLink
                  key={to}
                  to={to}
                  end={to === '/'}
                  className={({ isActive }) =>
                    clsx(
                      'flex min-h-10 flex-1 items-center justify-center gap-1.5 rounded-md px-1 text-sm font-semibold no-underline sm:flex-none sm:px-3',
                      isActive ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-inset hover:text-ink',
                    )
                  }
                >
                  <Icon aria-hidden="true" className="size-4 max-[26rem]:hidden" />
                  {label}
                </NavLink>
              ))}
            </nav>
            <div className="flex min-w-0 flex-1 basis-0 items-center justify-end gap-2">
              <ActiveRunPill />
              {user.isAdmin && (
                <NavLink to="/admin" className={button('quiet', 'px-2 text-muted')} title="Admin">
                  <ChartColumn aria-hidden="true" className="size-4" />
                  <span className="max-lg:sr-only">Admin</span>
                </NavLink>
              )}
              <NavLink to="/settings" className={button('quiet', 'px-2 text-muted')} title="Settings">
                <Settings aria-hidden="true" className="size-4" />
                <span className="max-lg:sr-only">Settings</span>
              </NavLink>
              <Form method="post" action="/sign-out">
                <button
                  type="submit"
                  className={button('quiet', 'px-2 text-muted')}
                  title={`Signed in as ${user.email}`}
                >
                  <LogOut aria-hidden="true" className="size-4" />
                  <span className="max-md:sr-only">Sign out</span>
                </button>
              </Form>
            </div>
          </>
        ) : (
          <nav aria-label="Account" className="ml-auto flex gap-2">
            <Link to="/sign-in" className={button('quiet')}>
              Sign in
            </Link>
            <Link to="/sign-up" className={button('primary')}>
              Sign up
            </Link>
          </nav>
        )}
      </div>
      <StaleRuns />
    </header>
  );
}

/** Searches are under way, and the page does not hear of them; a run's own page says so itself. */
function StaleRuns() {
  const { runs, connection } = useActiveRuns();
  const { pathname } = useLocation();
  if (runs.length === 0 || pathname.startsWith('/runs/')) return null;
  return (
    <div className="mx-auto max-w-6xl px-4 pb-2 empty:hidden">
      <Staleness connection={connection} />
    </div>
  );
}

/** The search under way, on every page: what it looks for and how long it has been going. */
function ActiveRunPill() {
  const { runs, connection } = useActiveRuns();
  const [run] = runs;
  if (!run) return null;
  const several = runs.length > 1;
  return (
    <Link
      to={several ? '/' : `/runs/${run.id}`}
      aria-label={several ? `${runs.length} searches under way` : `Search under way: ${run.summary}`}
      className="enter flex min-h-10 min-w-0 items-center gap-2 rounded-full bg-accent-soft px-3 text-sm font-semibold text-accent no-underline hover:underline"
      data-active-runs={runs.length}
      data-connection={connection.state}
    >
      <LoaderCircle aria-hidden="true" className="size-4 shrink-0 animate-spin motion-reduce:animate-none" />
      <span className="max-w-40 truncate lg:max-w-64">
        {several ? `${runs.length} searches` : run.summary}
      </span>
      <Timer run={run} compact />
    </Link>
  );
}
