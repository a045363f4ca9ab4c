import { z } from 'zod';
import type { Problem, SearchParameters } from './api/types.js';
import { type SearchField, searchLimits } from './search-fields.js';

type FieldErrors = Partial<Record<SearchField, string>>;

/** What is wrong with a posted search form, as sentences; `entered` fills it again just as it was. */
export interface SearchFormProblem {
  form?: string;
  fields: FieldErrors;
  entered: Record<string, string[]>;
}

const text = (max: number, what: string) =>
  z.string().trim().max(max, `${what} has at most ${max} characters.`);
const wholeNumber = /^\d+$/;

const fields = z.object({
  title: text(searchLimits.titleCharacters, 'A title').min(1, 'Enter the title of the job you look for.'),
  place: text(searchLimits.placeCharacters, 'A place'),
  remoteOnly: z.boolean(),
  salaryKnownOnly: z.boolean(),
  salaryAmount: z
    .string()
    .transform((entered) => entered.replace(/[\s,.'’]/g, ''))
    .refine((digits) => digits === '' || wholeNumber.test(digits), 'Enter the pay a year as a whole number.')
    .refine(
      (digits) => digits === '' || (Number(digits) > 0 && Number(digits) <= searchLimits.salary),
      `Enter a pay between 1 and ${searchLimits.salary.toLocaleString('en-GB')}.`,
    ),
  salaryCurrency: z.string().regex(/^[A-Z]{3}$/, 'Choose a currency.'),
  maxAgeDays: z
    .string()
    .refine(
      (days) =>
        days === '' || (wholeNumber.test(days) && Number(days) >= 1 && Number(days) <= searchLimits.ageDays),
      'Choose an age from the list.',
    ),
  boards: z.array(z.string()).min(1, 'Choose at least one board.'),
  excludeWords: z
    .string()
    .transform((entered) => [...new Set(entered.split(/[,\n]/).map((word) => word.trim()))].filter(Boolean))
    .refine(
      (all) => all.length <= searchLimits.excludeWords,
      `Leave out at most ${searchLimits.excludeWords} words.`,
    )
    .refine(
      (all) => all.every((word) => word.length <= searchLimits.excludeWordCharacters),
      `A word to leave out has at most ${searchLimits.excludeWordCharacters} characters.`,
    ),
});

/** Reads a posted search form. */
export function readSearchForm(
  form: FormData,
): { ok: true; parameters: SearchParameters } | { ok: false; problem: SearchFormProblem } {
  const one = (name: string) => String(form.get(name) ?? '');
  const read = fields.safeParse({
    title: one('title'),
    place: one('place'),
    remoteOnly: form.get('remoteOnly') === 'on',
    salaryKnownOnly: form.get('salaryKnownOnly') === 'on',
    salaryAmount: one('salaryAmount'),
    salaryCurrency: one('salaryCurrency') || 'GBP',
    maxAgeDays: one('maxAgeDays'),
    boards: form.getAll('boards').map(String),
    excludeWords: one('excludeWords'),
  });
  if (!read.success) {
    const errors = z.flattenError(read.error).fieldErrors as Record<string, string[] | undefined>;
    const first = Object.entries(errors).map(([name, messages]) => [name, messages?.[0]]);
    return { ok: false, problem: { fields: Object.fromEntries(first), entered: entries(form) } };
  }
  const { place, remoteOnly, salaryAmount, salaryCurrency, maxAgeDays, ...rest } = read.data;
  return {
    ok: true,
    parameters: {
      ...rest,
      // The API answers with a sentence of its own should a board be gone since the page was rendered.
      boards: rest.boards as SearchParameters['boards'],
      remoteOnly,
      ...(place && { place }),
      ...(salaryAmount && { salaryFloor: { amount: Number(salaryAmount), currency: salaryCurrency } }),
      ...(maxAgeDays && { maxAgeDays: Number(maxAgeDays) }),
    },
  };
}

/** What the API found wrong, put beside the field it speaks of where there is one. */
export function apiFormProblem(form: FormData, problem: Problem, sentence: string): SearchFormProblem {
  const errors: FieldErrors = {};
  for (const { pointer, detail } of problem.errors ?? []) {
    const field = fieldOf(pointer);
    if (field) errors[field] ??= `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`;
  }
  return { form: sentence, fields: errors, entered: entries(form) };
}

const pointers: [RegExp, SearchField][] = [
  [/\/title\b/, 'title'],
  [/\/place\b/, 'place'],
  [/\/salaryFloor\b/, 'salaryAmount'],
  [/\/maxAgeDays\b/, 'maxAgeDays'],
  [/\/boards\b/, 'boards'],
  [/\/excludeWords\b/, 'excludeWords'],
  [/\/name\b/, 'name'],
];
const fieldOf = (pointer: string) => pointers.find(([pattern]) => pattern.test(pointer))?.[1];

const entries = (form: FormData) =>
  Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name).map(String)]));
