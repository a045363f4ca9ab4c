import { startTransition, useEffect, useState } from 'react';

/**
 * The server's time now, in ms, ticking each second while `ticking`. It starts at `serverTime` on both sides, so
 * that the first render is the same, and then follows the device's clock by how far apart the two were when
 * `serverTime` arrived: a wrong clock does not show.
 */
export function useServerClock(serverTime: string, ticking: boolean): number {
  const [now, setNow] = useState(() => Date.parse(serverTime));
  useEffect(() => {
    const ahead = Date.parse(serverTime) - Date.now();
    const tick = () => setNow(Date.now() + ahead);
    tick();
    if (!ticking) return;
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [serverTime, ticking]);
  return now;
}

/** Whether this page's first rendering is over, and what is rendered from then on may differ from the server's. */
let takenOver = false;

/**
 * False while the page is as the server rendered it, true from then on. What changes by it is rendered in small pieces
 * (a transition): together, on a page with many of them, it would hold up whatever the person does first.
 */
export function useHydrated(): boolean {
  const [hydrated, setHydrated] = useState(takenOver);
  useEffect(() => {
    takenOver = true;
    if (!hydrated) startTransition(() => setHydrated(true));
  }, [hydrated]);
  return hydrated;
}

let deviceZone: string | undefined;

/** UTC as the server renders, the device's own zone from then on. */
export function useTimeZone(): string {
  if (!useHydrated()) return 'UTC';
  // Asking takes long enough to be felt in a long list.
  deviceZone ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return deviceZone;
}
