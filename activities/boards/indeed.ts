import { jobspyBoard } from './jobspy.js';

/** Indeed, by JobSpy: a hundred postings are one request. */
export const indeed = jobspyBoard({
  name: 'indeed',
  label: 'Indeed',
  url: 'https://www.indeed.com/',
  resultsWanted: 100,
});
