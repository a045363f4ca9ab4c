import { Link, useLocation } from '@remix-run/react';
import { X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { useEffect } from 'react';
import { statusSentence } from '../format/run.js';
import { useActiveRuns } from '../live/active-runs.js';
import { useHydrated } from '../live/use-server-clock.js';
import { button } from './button.js';
import { StatusBadge } from './status-badge.js';

/** Tells, on any page but its own, that a search has ended and leads to it. */
export function EndedToast() {
  const { ended, dismissEnded } = useActiveRuns();
  const { pathname } = useLocation();
  const elsewhere = ended !== null && pathname !== `/runs/${ended.id}`;
  // Whoever saw it end on its own page need not be told afterwards.
  useEffect(() => {
    if (ended && !elsewhere) dismissEnded();
  });
  // As it is rendered on the server it would carry a style attribute, which the page's policy refuses.
  if (!useHydrated()) return null;
  return (
    <Toast.Provider label="Search ended" duration={12_000} swipeDirection="right">
      {elsewhere && (
        <Toast.Root
          key={ended.id}
          onOpenChange={(open) => !open && dismissEnded()}
          className="enter card flex items-start gap-3 p-4 shadow-float"
        >
          <div className="min-w-0 flex-1 text-sm">
            <Toast.Title className="font-semibold">{ended.summary}</Toast.Title>
            <p className="mt-1">
              <StatusBadge run={ended} />
            </p>
            <Toast.Description className="mt-1 text-muted">{statusSentence(ended)}</Toast.Description>
            <Toast.Action asChild altText="Open the search in your history">
              <Link to={`/runs/${ended.id}`} className={button('primary', 'mt-3')}>
                {ended.found > 0 ? 'See what it found' : 'See what happened'}
              </Link>
            </Toast.Action>
          </div>
          <Toast.Close
            aria-label="Close"
            className="-m-1 grid size-8 place-items-center rounded-md text-muted hover:bg-inset"
          >
            <X aria-hidden="true" className="size-4" />
          </Toast.Close>
        </Toast.Root>
      )}
      <Toast.Viewport className="fixed right-4 bottom-4 z-40 m-0 w-[min(24rem,calc(100vw-2rem))] list-none p-0" />
    </Toast.Provider>
  );
}
