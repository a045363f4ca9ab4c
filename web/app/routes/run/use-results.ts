import { useCallback, useEffect, useRef, useState } from 'react';
import type { ResultList, Run } from '../../api/types.js';
import { isActive } from '../../api/types.js';
import type { Told } from '../../marking/tell.js';
import { type Filters, filterQuery } from './filters.js';

/** The most that one request may bring. */
const mostAtOnce = 100;
/** Results are read anew at most this often while a run goes on, in milliseconds. */
const refreshEvery = 1_000;

/** The next page after what is shown; a posting that moved up meanwhile is not shown twice. */
export function appendPage(shown: ResultList, page: ResultList): ResultList {
  const ids = new Set(shown.items.map(({ postingId }) => postingId));
  return { ...page, items: [...shown.items, ...page.items.filter(({ postingId }) => !ids.has(postingId))] };
}

/** What is shown, read anew from its top; what lies beyond one request's reach stays below it. */
export function refreshed(shown: ResultList, top: ResultList): ResultList {
  if (shown.items.length <= top.items.length || top.nextCursor === null) return top;
  const tail = appendPage(top, { ...shown, items: shown.items.slice(top.items.length) });
  return { ...tail, total: top.total };
}

/** The list with a job marked as it is now. */
export const withMark = (shown: ResultList, { postingId, mark }: NonNullable<Told['job']>): ResultList => ({
  ...shown,
  items: shown.items.map((item) => (item.postingId === postingId ? { ...item, mark } : item)),
});

/** A run's results as they fill in: the page it was rendered with, more on request, and again as more is found. */
export function useResults(run: Run, filters: Filters, loaded: ResultList) {
  const [list, setList] = useState(loaded);
  const [loadingMore, setLoadingMore] = useState(false);
  useEffect(() => setList(loaded), [loaded]);
  const shown = useRef(list);
  shown.current = list;

  const read = useCallback(
    async (more: Record<string, string>): Promise<ResultList | null> => {
      const response = await fetch(`/runs/${run.id}/results?${filterQuery(filters, more)}`).catch(() => null);
      return response?.ok && !response.redirected ? ((await response.json()) as ResultList) : null;
    },
    [run.id, filters],
  );

  const readTop = useCallback(
    () => read({ limit: String(Math.min(mostAtOnce, Math.max(20, shown.current.items.length))) }),
    [read],
  );
  /** @returns false when it could not be read. */
  const refresh = useCallback(async () => {
    const top = await readTop();
    if (top) setList((held) => refreshed(held, top));
    return top !== null;
  }, [readTop]);

  /** Keeps the list right after something was done with a job of it. What is hidden may stand anywhere: it begins anew. */
  const told = useCallback(
    async ({ job, hiding }: Told) => {
      if (job) setList((held) => withMark(held, job));
      const top = hiding ? await readTop() : null;
      if (top) setList(top);
    },
    [readTop],
  );
  useRefreshAsFound(run, refresh);

  /** @returns false when it could not be read, so that the link can be followed instead. */
  const more = async () => {
    const cursor = shown.current.nextCursor;
    if (!cursor) return true;
    setLoadingMore(true);
    const page = await read({ cursor });
    setLoadingMore(false);
    if (page) setList((held) => appendPage(held, page));
    return page !== null;
  };

  return { list, more, refresh, told, loadingMore };
}

/** Reads results anew when a run has found more, or ended: at once, then at most once in a while. */
function useRefreshAsFound(run: Run, refresh: () => Promise<unknown>) {
  const state = `${run.id}/${run.found}/${run.new}/${isActive(run)}`;
  const seen = useRef(state);
  const lastAt = useRef(0);
  useEffect(() => {
    if (state === seen.current) return;
    const wait = Math.max(0, lastAt.current + refreshEvery - performance.now());
    const timer = setTimeout(() => {
      seen.current = state;
      lastAt.current = performance.now();
      void refresh();
    }, wait);
    return () => clearTimeout(timer);
  }, [state, refresh]);
}
