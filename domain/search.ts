import { z } from 'zod';
import { boardNameSchema } from './board.js';

/** Text as people type it, with white space folded; never empty. */
export const words = (max: number) =>
  z
    .string()
    .overwrite((text) =>
      text
        .normalize('NFC')
        .replace(/[\s\p{Cc}]+/gu, ' ')
        .trim(),
    )
    .min(1, { error: 'must not be empty' })
    .max(max, { error: `must be at most ${max} characters` });

/** Bounds of what can be asked for; shown by the form and held by the API and the database alike. */
export const searchBounds = {
  titleCharacters: 120,
  placeCharacters: 100,
  excludeWords: 20,
  excludeWordCharacters: 40,
  ageDays: 90,
  salary: 10_000_000,
  boards: 50,
  savedSearchNameCharacters: 80,
} as const;

/** What a person looks for. Stored as it is with each run, so that a run tells what it searched. */
export const searchParametersSchema = z.object({
  /** Words of the job's title; a phrase in quotes stays together, a word with a leading `-` is left out. */
  title: words(searchBounds.titleCharacters),
  /** A city, region or country as people write it. */
  place: words(searchBounds.placeCharacters).optional(),
  /** Only postings that say they are remote. */
  remoteOnly: z.boolean().default(false),
  /** The least pay a year, compared across currencies. Postings that name no pay are kept. */
  salaryFloor: z
    .object({
      amount: z.number().int().positive().max(searchBounds.salary),
      currency: z.string().regex(/^[A-Z]{3}$/, { error: 'must be a three-letter currency code' }),
    })
    .optional(),
  /** Only postings that name their pay. */
  salaryKnownOnly: z.boolean().default(false),
  /** Only postings at most this many days old; postings without a date are kept. */
  maxAgeDays: z.number().int().min(1).max(searchBounds.ageDays).optional(),
  /** The boards to search. */
  boards: z.array(boardNameSchema).min(1).max(searchBounds.boards),
  /** Postings with one of these words in title or company are left out. */
  excludeWords: z.array(words(searchBounds.excludeWordCharacters)).max(searchBounds.excludeWords).default([]),
});
export type SearchParameters = z.infer<typeof searchParametersSchema>;

/** A search in a few words, for lists and headings: `react developer · London · remote`. */
export function describeSearch(parameters: SearchParameters): string {
  const { title, place, remoteOnly, salaryFloor, salaryKnownOnly, maxAgeDays } = parameters;
  return [
    title,
    place,
    remoteOnly && 'remote',
    salaryFloor && `from ${salaryFloor.amount.toLocaleString('en-GB')} ${salaryFloor.currency}`,
    salaryKnownOnly && 'with stated pay',
    maxAgeDays && `last ${maxAgeDays} ${maxAgeDays === 1 ? 'day' : 'days'}`,
  ]
    .filter(Boolean)
    .join(' · ');
}
