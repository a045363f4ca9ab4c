import { jobspyBoard } from './jobspy.js';

/** Bayt (Middle East), by JobSpy: thirty postings a request, seconds in between, no descriptions. */
export const bayt = jobspyBoard({
  name: 'bayt',
  label: 'Bayt',
  url: 'https://www.bayt.com/',
  resultsWanted: 60,
});
