import { jobspyBoard } from './jobspy.js';

/** Naukri (India), by JobSpy: twenty postings a request, seconds in between, no descriptions. */
export const naukri = jobspyBoard({
  name: 'naukri',
  label: 'Naukri',
  url: 'https://www.naukri.com/',
  resultsWanted: 40,
});
