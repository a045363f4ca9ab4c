import { z } from 'zod';

/** What a person can mark a job as: kept for later, not wanted, applied for. */
export const jobMarkKinds = ['saved', 'applied', 'hidden'] as const;
export const jobMarkKindSchema = z.enum(jobMarkKinds);

/** What a person can hide beside single jobs: every job of a company, every job with a word in title or company. */
export const hiddenTermKinds = ['company', 'word'] as const;

/** Bounds that the site shows and that the API and the database hold. */
export const jobMarkBounds = {
  noteCharacters: 2_000,
  hiddenCompanyCharacters: 200,
  hiddenWordCharacters: 40,
  /** No application is older. */
  appliedSince: '2000-01-01',
} as const;
