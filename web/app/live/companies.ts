import { useNavigation, useRevalidator } from '@remix-run/react';
import { useEffect, useState } from 'react';
import type { Company } from '../api/types.js';
import { shownCompanyState } from '../format/company.js';
import { useActiveRuns } from './active-runs.js';
import { useStreamWatcher } from './watchers.js';

export const keyOf = ({ board, token }: Pick<Company, 'board' | 'token'>) => `${board}/${token}`;

export const isWaiting = (company: Company) => ['checking', 'reading'].includes(shownCompanyState(company));

/** Companies as they go: what the page was rendered with, then every change that the server pushes. */
export function useCompanies(loaded: Company[]): Company[] {
  const revalidator = useRevalidator();
  const navigation = useNavigation();
  const { connection } = useActiveRuns();
  const [companies, setCompanies] = useState(loaded);
  useEffect(() => setCompanies(loaded), [loaded]);
  useStreamWatcher({
    onCompany: (next) => {
      setCompanies((held) => held.map((each) => (keyOf(each) === keyOf(next) ? next : each)));
      // What is being read may be older than this, and would take its place.
      const held = companies.some((each) => keyOf(each) === keyOf(next));
      if (!held || navigation.state !== 'idle' || revalidator.state !== 'idle') revalidator.revalidate();
    },
    onReopened: () => revalidator.revalidate(),
  });
  // What changed after the page was read and before the stream was open is in no event.
  const live = connection.state === 'live';
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, whatever becomes of the companies afterwards.
  useEffect(() => {
    if (live && companies.some(isWaiting)) revalidator.revalidate();
  }, [live]);
  return companies;
}
