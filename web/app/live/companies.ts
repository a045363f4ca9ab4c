import { useRevalidator } from '@remix-run/react';
import { useEffect, useState } from 'react';
import type { Company } from '../api/types.js';
import { useStreamWatcher } from './watchers.js';

export const keyOf = ({ board, token }: Pick<Company, 'board' | 'token'>) => `${board}/${token}`;

/** Companies as they go: what the page was rendered with, then every change that the server pushes. */
export function useCompanies(loaded: Company[]): Company[] {
  const { revalidate } = useRevalidator();
  const [companies, setCompanies] = useState(loaded);
  useEffect(() => setCompanies(loaded), [loaded]);
  useStreamWatcher({
    onCompany: (next) =>
      setCompanies((held) => held.map((each) => (keyOf(each) === keyOf(next) ? next : each))),
    onReopened: revalidate,
  });
  return companies;
}
