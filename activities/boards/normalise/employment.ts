import type { Posting } from '../../../domain/posting.js';

type EmploymentType = NonNullable<Posting['employmentType']>;

/** Boards' words for an employment type, letters only, in English and German. Words that name none are left out. */
const byWord: Record<string, EmploymentType> = {
  fulltime: 'full_time',
  permanent: 'full_time',
  vollzeit: 'full_time',
  parttime: 'part_time',
  teilzeit: 'part_time',
  side: 'part_time',
  minijob: 'part_time',
  workingstudent: 'part_time',
  werkstudent: 'part_time',
  contract: 'contract',
  contractor: 'contract',
  fixedterm: 'contract',
  temporary: 'temporary',
  temp: 'temporary',
  shortterm: 'temporary',
  seasonal: 'temporary',
  intern: 'internship',
  internship: 'internship',
  praktikum: 'internship',
  freelance: 'freelance',
  freelancer: 'freelance',
  other: 'other',
};

/** The first of a board's words that names an employment type. */
export function employmentType(...words: (string | null | undefined)[]): EmploymentType | undefined {
  for (const word of words) {
    const type = byWord[(word ?? '').toLowerCase().replace(/[^a-zäöüß]/g, '')];
    if (type) return type;
  }
  return undefined;
}
