import { createContext, useContext, useEffect, useRef } from 'react';
import type { Company } from '../api/types.js';

/** Something on the page that wants to hear of more than runs on the page's one stream. */
export interface StreamWatcher {
  onCompany?: (company: Company) => void;
  /** What the person marks or hides has changed, here or on another device. */
  onMarks?: () => void;
  /** The stream was away, and what changed meanwhile is in no event. */
  onReopened: () => void;
}

export const StreamWatchers = createContext(new Set<StreamWatcher>());

/** Hears as long as it is shown. */
export function useStreamWatcher(watcher: StreamWatcher): void {
  const watchers = useContext(StreamWatchers);
  const latest = useRef(watcher);
  latest.current = watcher;
  useEffect(() => {
    const watching: StreamWatcher = {
      onCompany: (company) => latest.current.onCompany?.(company),
      onMarks: () => latest.current.onMarks?.(),
      onReopened: () => latest.current.onReopened(),
    };
    watchers.add(watching);
    return () => {
      watchers.delete(watching);
    };
  }, [watchers]);
}
