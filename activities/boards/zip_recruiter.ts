import { jobspyBoard } from './jobspy.js';

/** ZipRecruiter (USA and Canada), by JobSpy: twenty postings a request, seconds in between, no descriptions. */
export const zip_recruiter = jobspyBoard({
  name: 'zip_recruiter',
  label: 'ZipRecruiter',
  url: 'https://www.ziprecruiter.com/',
  resultsWanted: 40,
});
