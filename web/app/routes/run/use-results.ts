import { useCallback, useEffect, useRef, useState } from 'react';
import type { ResultList, Run } from '../../api/types.js';
import { isActive } from '../../api/types.js';
import type { Told } from '../../marking/tell.js';
import { type Filters, filterQuery, resultsPageSize } from './filters.js';

/** The most that one request may bring. */
const mostAtOnce = 100;
/** Results are read anew at most this often while a run goes on, in milliseconds. */
const refreshEvery = 1_000;

/** The next page after what is shown; a posting that moved up meanwhile is not shown twice. */
export function appendPage(shown: ResultList, page: ResultList): ResultList {
  const ids = new Set(shown.items.map(({ postingId }) => postingId));
  return { ...page, items: [...shown.items, ...page.items.filter(({ postingId }) => !ids.has(postingId))] };
}

type Read = (query: Record<string, string>) => Promise<ResultList | null>;

/** The list from its top as far down as so many results, or null when a part of it could not be read. */
export async function readDown(read: Read, items: number): Promise<ResultList | null> {
  const limit = (missing: number) => String(Math.min(missing, mostAtOnce));
  let list = await read({ limit: limit(Math.max(items, resultsPageSize)) });
  while (list?.nextCursor && list.items.length < items) {
    const page = await read({ cursor: list.nextCursor, limit: limit(items - list.items.length) });
    list = page && appendPage(list, page);
  }
  return list;
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
  // What is shown now, also to what was asked for before it was.
  const shown = useRef(list);
  const show = useCallback((next: ResultList) => {
    shown.current = next;
    setList(next);
  }, []);
  const renderedWith = useRef(loaded);
  useEffect(() => {
    renderedWith.current = loaded;
    show(loaded);
  }, [loaded, show]);

  const read = useCallback<Read>(
    async (query) => {
      const response = await fetch(`/runs/${run.id}/results?${filterQuery(filters, query)}`).catch(
        () => null,
      );
      return response?.ok && !response.redirected ? ((await response.json()) as ResultList) : null;
    },
    [run.id, filters],
  );

  const asked = useRef(0);
  const answered = useRef(0);
  /** Reads anew what is shown. @returns false when it could not be read. */
  const refresh = useCallback(async () => {
    const [before, mine] = [renderedWith.current, ++asked.current];
    for (;;) {
      const items = shown.current.items.length;
      const anew = await readDown(read, items);
      if (!anew) return false;
      // With other filters by now, or told by a later answer.
      if (before !== renderedWith.current || mine < answered.current) return true;
      // A page was added below meanwhile.
      if (items < shown.current.items.length) continue;
      answered.current = mine;
      show(anew);
      return true;
    }
  }, [read, show]);
  useRefreshAsFound(run, refresh);

  /** Keeps the list right after something was done with a job of it. What is hidden may stand anywhere: it is read anew. */
  const told = useCallback(
    async ({ job, hiding }: Told) => {
      if (job) show(withMark(shown.current, job));
      if (hiding) await refresh();
    },
    [refresh, show],
  );

  /** @returns false when it could not be read, so that the link can be followed instead. */
  const more = async () => {
    const before = renderedWith.current;
    setLoadingMore(true);
    try {
      for (;;) {
        const cursor = shown.current.nextCursor;
        if (!cursor) return true;
        const page = await read({ cursor });
        if (!page) return false;
        if (before !== renderedWith.current) return true;
        // Read anew meanwhile: its last result may be another one, which another page follows.
        if (cursor !== shown.current.nextCursor) continue;
        show(appendPage(shown.current, page));
        return true;
      }
    } finally {
      setLoadingMore(false);
    }
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
