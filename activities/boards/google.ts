import { jobspyBoard } from './jobspy.js';

/** Google Jobs, by JobSpy: ten postings a request. */
export const google = jobspyBoard({
  name: 'google',
  label: 'Google Jobs',
  url: 'https://www.google.com/search?q=jobs&udm=8',
  resultsWanted: 50,
});
