import type { CompanyBoard } from '../../activities/boards/companies.js';
import { companies } from './catalogue/companies.js';

export { createSampleBoards, type SampleBoards } from './server.js';

/** The made-up companies that have a board of their own: what a sample deployment follows. */
export function sampleCompanies(): CompanyBoard[] {
  return companies.flatMap(({ own, name }) => (own ? [{ ...own, name }] : []));
}
