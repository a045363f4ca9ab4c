import { useLocation, useNavigationType } from '@remix-run/react';
import { useEffect } from 'react';

/** What was opened from a list, kept by the entry of the tab's history that shows the list. */
const openedFrom = (entry: string) => `fox-opened-${entry}`;

/**
 * Whoever comes back to a list finds the focus on the link that they had opened from it: by the browser's Back, or by a
 * link to the list that carries the opened path as `opened` in its state.
 * @param item selector of the list's items.
 */
export function useReturnFocus(item: string): void {
  const { key, state } = useLocation();
  const back = useNavigationType() === 'POP';
  const told = (state as { opened?: unknown } | null)?.opened;

  useEffect(() => {
    const remember = ({ target }: MouseEvent) => {
      const link = target instanceof Element ? target.closest('a') : null;
      if (link?.closest(item)) sessionStorage.setItem(openedFrom(key), link.pathname);
    };
    document.addEventListener('click', remember, true);
    return () => document.removeEventListener('click', remember, true);
  }, [item, key]);

  useEffect(() => {
    const opened = (back && sessionStorage.getItem(openedFrom(key))) || told;
    if (!opened) return;
    const links = document.querySelectorAll<HTMLAnchorElement>(`${item} a`);
    // Back has the page scrolled to where it was already.
    [...links].find(({ pathname }) => pathname === opened)?.focus({ preventScroll: back });
  }, [item, key, back, told]);
}
