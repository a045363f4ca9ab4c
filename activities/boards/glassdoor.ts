import { jobspyBoard } from './jobspy.js';

/** Glassdoor, by JobSpy: a hundred postings a request, no descriptions. */
export const glassdoor = jobspyBoard({
  name: 'glassdoor',
  label: 'Glassdoor',
  url: 'https://www.glassdoor.com/',
  resultsWanted: 100,
});
