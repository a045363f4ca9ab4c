import { z } from 'zod';
import { boards } from '../activities/boards/registry.js';
import {
  attributionSchema,
  boardAvailabilities,
  boardErrorClassSchema,
  boardKinds,
  boardNameSchema,
} from '../domain/board.js';
import {
  boardStateSchema,
  clientContextSchema,
  runErrorClassSchema,
  runSourceSchema,
  runStatusSchema,
  runTriggerSchema,
} from '../domain/run.js';
import { timeZoneSchema } from '../domain/schedule.js';
import { searchBounds, searchParametersSchema } from '../domain/search.js';
import { scheduleSchema, writeScheduleSchema } from './schedule-schemas.js';

export const timestamp = z.iso.datetime({ offset: true });
export const count = z.number().int().min(0);

export const skippedBecauseSchema = z.enum(boardAvailabilities).exclude(['ready']);

export const runBoardSchema = z
  .object({
    board: boardNameSchema,
    label: z.string(),
    state: boardStateSchema,
    /** Sources of this board (1 for a feed, one a company else) and how many are read, or could not be. */
    sourcesTotal: count,
    sourcesDone: count,
    sourcesFailed: count,
    /** Pages read so far by this run's syncs; 0 while nothing had to be fetched. */
    page: count,
    found: count,
    new: count,
    /** More may fit than a run keeps of a board: these are the newest. */
    moreMayFit: z.boolean(),
    error: z.object({ class: boardErrorClassSchema, message: z.string() }).nullable(),
    /** Why the board was not asked: this deployment has no key for it, or does not run what it is asked through. */
    skipped: skippedBecauseSchema.nullable(),
    startedAt: timestamp.nullable(),
    completedAt: timestamp.nullable(),
  })
  .meta({ id: 'RunBoard' });

export const runSchema = z
  .object({
    id: z.uuid(),
    status: runStatusSchema,
    source: runSourceSchema,
    parameters: searchParametersSchema,
    /** The search in a few words. */
    summary: z.string(),
    /** Whether the search's place is one that the service knows; a name that is not is searched as text. */
    placeKnown: z.boolean(),
    savedSearchId: z.uuid().nullable(),
    trigger: runTriggerSchema,
    /** The earlier run that this one does again. */
    rerunOf: z.uuid().nullable(),
    clientContext: clientContextSchema.nullable(),
    /** Counts up while the run goes on. */
    found: count,
    new: count,
    /** The person's first run of this search: everything is new, which the site says. */
    firstOfItsSearch: z.boolean(),
    error: z.object({ class: runErrorClassSchema, message: z.string() }).nullable(),
    cancelRequestedAt: timestamp.nullable(),
    createdAt: timestamp,
    startedAt: timestamp.nullable(),
    completedAt: timestamp.nullable(),
    /** Counts every change of the run or of its boards; the id of its live events. */
    revision: count,
    boards: z.array(runBoardSchema),
    /** The server's clock when this was read, so that a wrong client clock shows the right elapsed time. */
    serverTime: timestamp,
  })
  .meta({ id: 'Run' });
export type Run = z.infer<typeof runSchema>;

const boardNames = boards.map(({ name }) => name);
/** A search as people ask for it: over boards that there are, or over all that can be asked when none are named. */
const askedSearchSchema = searchParametersSchema.extend({
  boards: z
    .array(
      boardNameSchema.refine((name) => boardNames.includes(name), {
        error: 'is not a board of this service',
      }),
    )
    .min(1)
    .max(searchBounds.boards)
    .transform((asked) => boardNames.filter((name) => asked.includes(name)))
    .pipe(z.array(boardNameSchema))
    .optional(),
});

export type AskedSearch = z.infer<typeof askedSearchSchema>;

export const createRunSchema = z
  .object({
    parameters: askedSearchSchema.optional(),
    /** Runs a saved search; its parameters are used when none are given. */
    savedSearchId: z.uuid().optional(),
    /** Does an earlier run again; its search is used when no parameters are given. */
    rerunOf: z.uuid().optional(),
    /** Of the earlier run's boards only those that failed. Needs `rerunOf`, without parameters. */
    onlyFailedBoards: z.boolean().optional(),
    clientContext: clientContextSchema.optional(),
  })
  .refine((body) => body.parameters || body.savedSearchId || body.rerunOf, {
    error: 'give parameters, savedSearchId or rerunOf',
  })
  .refine((body) => !body.onlyFailedBoards || (body.rerunOf && !body.parameters), {
    path: ['onlyFailedBoards'],
    error: 'needs rerunOf, without parameters',
  })
  .meta({ id: 'CreateRun' });

export const createdRunSchema = z
  .object({
    run: runSchema,
    /** The same search was active already (or the Idempotency-Key was used before): this is that run. */
    joined: z.boolean(),
  })
  .meta({ id: 'CreatedRun' });

export const cursor = z.string().max(300);
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export const writeSavedSearchSchema = z
  .object({
    name: z.string().trim().min(1).max(searchBounds.savedSearchNameCharacters),
    parameters: askedSearchSchema,
    /** A new one follows the service's times, a changed one stays as it is. */
    schedule: writeScheduleSchema.optional(),
    /** A paused one does not run by itself. */
    paused: z.boolean().optional(),
  })
  .meta({ id: 'WriteSavedSearch' });
export const changeSavedSearchSchema = writeSavedSearchSchema
  .partial()
  .refine((body) => Object.keys(body).length > 0, { error: 'give what is to be changed' })
  .meta({ id: 'ChangeSavedSearch' });
export type ChangeSavedSearch = z.infer<typeof changeSavedSearchSchema>;
export const savedSearchSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    parameters: searchParametersSchema,
    summary: z.string(),
    schedule: scheduleSchema,
    paused: z.boolean(),
    /** When it runs by itself next; null when it is paused, follows no times, or all of them are in quiet hours. */
    nextRunAt: timestamp.nullable(),
    /** The zone by whose clock that is. */
    nextRunZone: z.string().nullable(),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'SavedSearch' });
export type SavedSearch = z.infer<typeof savedSearchSchema>;
export const savedSearchListSchema = pageOf(savedSearchSchema).meta({ id: 'SavedSearchList' });

export const boardSchema = z
  .object({
    name: boardNameSchema,
    label: z.string(),
    kind: z.enum(boardKinds),
    availability: z.enum(boardAvailabilities),
    attribution: attributionSchema,
    minSyncIntervalSeconds: count,
    /** What the addresses of a company's jobs look like there; null where companies cannot be followed. */
    companyAddress: z.string().nullable(),
  })
  .meta({ id: 'Board' });
export const boardListSchema = z
  .object({
    items: z.array(boardSchema),
    /** `sample`: the boards are answered by the sample server, their postings are made up. */
    mode: z.enum(['live', 'sample']),
  })
  .meta({ id: 'BoardList' });

export const passwordSchema = z.string().min(8).max(72);
export const credentialsSchema = z
  .object({ email: z.email().max(254), password: passwordSchema })
  .meta({ id: 'Credentials' });
export const signUpSchema = credentialsSchema
  .extend({
    timeZone: timeZoneSchema
      .optional()
      .describe('By whose clock quiet hours and the daily mail go: the settings begin with it.'),
  })
  .meta({ id: 'SignUp' });
export const sessionSchema = z
  .object({
    accessToken: z.string(),
    refreshToken: z.string(),
    /** When the access token ends. */
    expiresAt: timestamp,
    user: z.object({
      id: z.uuid(),
      email: z.string(),
      /** There are pages for operators at `/admin`. */
      isAdmin: z.boolean(),
    }),
  })
  .meta({ id: 'Session' });

/** RFC 9457. `type` is stable and told apart by clients; `detail` is for people. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    /** How the run stands that the request does not fit: a finished one cannot be cancelled. */
    runStatus: runStatusSchema.optional(),
    /** One entry for each field that is wrong, as a JSON pointer. */
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
