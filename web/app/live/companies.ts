import { useRevalidator } from '@remix-run/react';
import { createContext, useContext, useEffect, useRef, useState } from 'react';
import type { Company } from '../api/types.js';

export interface CompanyWatcher {
  onCompany: (company: Company) => void;
  /** The stream was away, and what changed meanwhile is in no event. */
  onReopened: () => void;
}

/** Who wants to hear of companies on the page's one stream. */
export const CompanyWatchers = createContext(new Set<CompanyWatcher>());

export const keyOf = ({ board, token }: Pick<Company, 'board' | 'token'>) => `${board}/${token}`;

/** Companies as they go: what the page was rendered with, then every change that the server pushes. */
export function useCompanies(loaded: Company[]): Company[] {
  const watchers = useContext(CompanyWatchers);
  const { revalidate } = useRevalidator();
  const [companies, setCompanies] = useState(loaded);
  useEffect(() => setCompanies(loaded), [loaded]);
  const reload = useRef(revalidate);
  reload.current = revalidate;

  useEffect(() => {
    const watcher: CompanyWatcher = {
      onCompany: (next) =>
        setCompanies((held) => held.map((each) => (keyOf(each) === keyOf(next) ? next : each))),
      onReopened: () => reload.current(),
    };
    watchers.add(watcher);
    return () => {
      watchers.delete(watcher);
    };
  }, [watchers]);
  return companies;
}
