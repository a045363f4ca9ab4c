import type { Posting } from '../api/types.js';

export const employmentLabels: Record<NonNullable<Posting['employmentType']>, string> = {
  full_time: 'Full time',
  part_time: 'Part time',
  contract: 'Contract',
  temporary: 'Temporary',
  internship: 'Internship',
  freelance: 'Freelance',
  other: 'Other terms',
};
