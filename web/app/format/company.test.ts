import type { Company } from '../api/types.js';
import { companySentence, shownCompanyState } from './company.js';

const company: Company = {
  board: 'lever',
  label: 'Lever',
  token: 'acme',
  name: 'Acme',
  address: 'https://jobs.lever.co/acme',
  state: 'open',
  error: null,
  openPostings: 3,
  followedAt: '2026-11-25T12:00:00Z',
  checkedAt: '2026-11-25T12:00:01Z',
  syncedAt: '2026-11-25T12:00:02Z',
};
const timeout = { class: 'timeout', message: 'api.lever.co did not answer' } as const;

test.each<[string, Partial<Company>, RegExp | null]>([
  ['open', {}, null],
  ['checking', { state: 'checking', checkedAt: null, syncedAt: null }, /^Lever is being asked/],
  ['reading', { syncedAt: null }, /postings are being read/],
  ['late', { error: timeout }, /too long to answer\. What was read before is kept/],
  ['late', { error: timeout, syncedAt: null }, /the next search asks again/],
  ['not_found', { state: 'not_found' }, /Lever has no postings at this address/],
  ['failed', { state: 'failed', error: timeout }, /too long to answer\. This says nothing about the company/],
])('a company that is shown as %s', (shown, is, sentence) => {
  const it = { ...company, ...is };
  expect(shownCompanyState(it)).toBe(shown);
  expect(companySentence(it)).toEqual(sentence && expect.stringMatching(sentence));
});
