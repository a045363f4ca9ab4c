import type { SearchParameters } from './api/types.js';

/** The bounds that the API holds a search to, so that the form can say so first. */
export const searchLimits = {
  titleCharacters: 120,
  placeCharacters: 100,
  excludeWords: 20,
  excludeWordCharacters: 40,
  ageDays: 90,
  salary: 10_000_000,
  savedSearchNameCharacters: 80,
} as const;

export type SearchField =
  | 'title'
  | 'place'
  | 'salaryAmount'
  | 'salaryCurrency'
  | 'maxAgeDays'
  | 'boards'
  | 'excludeWords'
  | 'name';

export const ages = [
  { days: 1, label: 'Last 24 hours' },
  { days: 3, label: 'Last 3 days' },
  { days: 7, label: 'Last week' },
  { days: 14, label: 'Last 2 weeks' },
  { days: 30, label: 'Last month' },
  { days: 90, label: 'Last 3 months' },
];

export const currencies = [
  'GBP',
  'EUR',
  'USD',
  'AUD',
  'CAD',
  'CHF',
  'CZK',
  'DKK',
  'INR',
  'JPY',
  'NOK',
  'NZD',
  'PLN',
  'SEK',
  'SGD',
];

/** What stands in the form's controls, by their names. */
export type FormValues = Record<string, string[] | undefined>;

/** The controls' values that ask for these parameters. */
export function formValues(parameters: SearchParameters): FormValues {
  const { title, place, remoteOnly, salaryFloor, salaryKnownOnly, maxAgeDays, boards, excludeWords } =
    parameters;
  return {
    title: [title],
    place: place ? [place] : undefined,
    remoteOnly: remoteOnly ? ['on'] : undefined,
    salaryKnownOnly: salaryKnownOnly ? ['on'] : undefined,
    salaryAmount: salaryFloor ? [String(salaryFloor.amount)] : undefined,
    salaryCurrency: salaryFloor ? [salaryFloor.currency] : undefined,
    maxAgeDays: maxAgeDays ? [String(maxAgeDays)] : undefined,
    boards: [...boards],
    excludeWords: excludeWords.length > 0 ? [excludeWords.join(', ')] : undefined,
  };
}
