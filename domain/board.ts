import { z } from 'zod';

/** Every job board the service knows. A board is one file in `activities/boards/` and one line in its registry. */
export const boardNames = [
  'remotive',
  'arbeitnow',
  'remoteok',
  'jobicy',
  'greenhouse',
  'lever',
  'ashby',
] as const;
export const boardNameSchema = z.enum(boardNames);
export type BoardName = z.infer<typeof boardNameSchema>;

/**
 * How a board is read.
 * - `feed`: one list for everybody, fetched whole.
 * - `company`: one list a company, fetched for each company that is followed.
 */
export type BoardKind = 'feed' | 'company';

/** What went wrong with a board, told apart by what mends it. Stored with a run's board and shown to people. */
export const boardErrorClasses = [
  'auth',
  'rate_limited',
  'blocked',
  'not_found',
  'upstream',
  'timeout',
  'network',
  'bad_response',
  'too_large',
  'config',
  'cancelled',
] as const;
export const boardErrorClassSchema = z.enum(boardErrorClasses);
export type BoardErrorClass = z.infer<typeof boardErrorClassSchema>;

/** Classes that another attempt cannot mend: the activity fails at once instead of using up its attempts. */
export const nonRetryableBoardErrors: readonly BoardErrorClass[] = [
  'auth',
  'blocked',
  'not_found',
  'bad_response',
  'too_large',
  'config',
  'cancelled',
];

/** The link back that a board's terms ask for; it travels with each posting and is shown beside it. */
export const attributionSchema = z.object({
  name: z.string().min(1),
  url: z.url({ protocol: /^https?$/ }),
  /** The board asks for a link that search engines follow (no `nofollow`). */
  followLink: z.boolean(),
});
export type Attribution = z.infer<typeof attributionSchema>;

/** A company's token on its board, as it stands in the board's URL. */
export const companyTokenSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/);
