import { useLocation } from '@remix-run/react';
import { lazy, type ReactElement, Suspense, useEffect } from 'react';
import { useActiveRuns } from '../live/active-runs.js';

/**
 * Loaded when the first search ends: every page, the first one too, would carry it along. After a deployment it may be
 * there no more; then the search is shown as ended by everything else on the page.
 */
const Toast = lazy(() => import('./toast.js').catch(() => ({ default: Nothing })));
const Nothing = (): ReactElement => <></>;

/** Tells, on any page but its own, that a search has ended and leads to it. */
export function EndedToast() {
  const { ended, dismissEnded } = useActiveRuns();
  const { pathname } = useLocation();
  const elsewhere = ended !== null && pathname !== `/runs/${ended.id}`;
  // Whoever saw it end on its own page need not be told afterwards.
  useEffect(() => {
    if (ended && !elsewhere) dismissEnded();
  });
  // Nothing has ended yet as the page is rendered on the server, where the toast would carry a style attribute, which
  // the page's policy refuses.
  if (!elsewhere) return null;
  return (
    <Suspense>
      <Toast run={ended} onDismiss={dismissEnded} />
    </Suspense>
  );
}
