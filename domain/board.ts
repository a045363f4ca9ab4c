import { z } from 'zod';
import { boardErrorClasses } from './board-errors.js';

/**
 * A job board's name. Which boards there are is told by the registry in `activities/boards/`; what is stored may
 * name one that has gone since.
 */
export const boardNameSchema = z.string().regex(/^[a-z0-9_]{1,50}$/, { error: 'cannot be a board' });
export type BoardName = z.infer<typeof boardNameSchema>;

/**
 * How a board is read.
 * - `feed`: one list for everybody, fetched whole.
 * - `company`: one list a company, fetched for each company that is followed.
 * - `query`: searched for what a run asks; runs that ask the same share the answer.
 */
export const boardKinds = ['feed', 'company', 'query'] as const;
export type BoardKind = (typeof boardKinds)[number];

/**
 * Whether a deployment can ask a board.
 * - `needs_key`: the board gives its answers to those who have a key; this deployment has none.
 * - `off`: the board is asked through a service of ours that this deployment does not run.
 */
export const boardAvailabilities = ['ready', 'needs_key', 'off'] as const;
export type BoardAvailability = (typeof boardAvailabilities)[number];

/** What a query board is asked: the part of a search that boards can answer, normalised. */
export const boardQuerySchema = z.object({
  title: z.string().min(1),
  place: z.string().min(1).nullable(),
  remoteOnly: z.boolean(),
});
export type BoardQuery = z.infer<typeof boardQuerySchema>;

export const boardErrorClassSchema = z.enum(boardErrorClasses);

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
