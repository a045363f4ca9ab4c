import { jobspyBoard } from './jobspy.js';

/** LinkedIn as its guests see it, by JobSpy: ten postings a request, seconds in between, no descriptions. */
export const linkedin = jobspyBoard({
  name: 'linkedin',
  label: 'LinkedIn',
  url: 'https://www.linkedin.com/jobs/',
  resultsWanted: 50,
});
