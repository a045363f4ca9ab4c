import type { Company } from '../api/types.js';
import { explainBoardError } from './errors.js';

/** `reading`: found, its postings are on their way. `late`: followed, but its board does not answer at the moment. */
export type ShownCompanyState = Company['state'] | 'reading' | 'late';

export const companyStateLabels: Record<ShownCompanyState, string> = {
  checking: 'Being looked for',
  reading: 'Found, being read',
  open: 'Followed',
  late: 'Followed',
  not_found: 'Not found',
  failed: 'Could not be checked',
};

export function shownCompanyState({ state, syncedAt, error }: Company): ShownCompanyState {
  if (state !== 'open') return state;
  if (error) return 'late';
  return syncedAt === null ? 'reading' : 'open';
}

/** What the person should know of it, and can do; null when all is well. */
export function companySentence(company: Company): string | null {
  const { label, error } = company;
  const cause = error ? explainBoardError(error.class).cause : '';
  switch (shownCompanyState(company)) {
    case 'checking':
      return `${label} is being asked whether it has this company.`;
    case 'reading':
      return `${label} has it. Its postings are being read.`;
    case 'open':
      return null;
    case 'late':
      return `${cause} What was read before is kept, and the next search asks again.`;
    case 'not_found':
      return `${label} has no postings at this address. Look at how it is spelled, capital letters too, or copy the address of one of its jobs.`;
    case 'failed':
      return `${cause} This says nothing about the company: look for it again in a few minutes.`;
  }
}
