import { useEffect, useState, useSyncExternalStore } from 'react';

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

const never = () => () => {};

/** False while the page is as the server rendered it, true from then on. */
export const useHydrated = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

/** UTC as the server renders, the device's own zone from then on. */
export const useTimeZone = () =>
  useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => 'UTC',
  );
