/** Bounds of what people write about jobs; the API holds the same. */
export const markLimits = {
  noteCharacters: 2_000,
  hiddenCompanyCharacters: 200,
  hiddenWordCharacters: 40,
  /** No application is older. */
  appliedSince: '2000-01-01',
} as const;
