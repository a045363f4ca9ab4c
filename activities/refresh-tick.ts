import { cancellationSignal, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { Semaphore } from 'async-mutex';
import { z } from 'zod';
import type { BoardName } from '../domain/board.js';
import { placeOfSearch } from '../domain/places/index.js';
import { runSourceSchema } from '../domain/run.js';
import { type TickCause, tickId, toMinute } from '../domain/schedule.js';
import { searchParametersSchema } from '../domain/search.js';
import type { BoardSettings } from './boards/board.js';
import { availabilityOf, boards } from './boards/registry.js';
import { heartbeating } from './heartbeat.js';
import type { RunWorkflows } from './reconcile-runs.js';
import type { RightOfWay } from './right-of-way.js';
import type { Rpc } from './rpc.js';

export interface TickDependencies {
  rpc: Rpc;
  /** What the boards need: those that cannot be asked here are not freshened. */
  boardSettings: BoardSettings;
  workflows: Pick<RunWorkflows, 'start'>;
  /** Of the machine's time the starts come first: runs that were started would take it from those still to be. */
  rightOfWay: Pick<RightOfWay, 'first'>;
  /** People who were not here for so many days have no scheduled searches. */
  inactiveDays: number;
  /** A search that was begun less than so many seconds ago is not run again by a schedule. */
  spacingSeconds: number;
  /** A tick that was due so many days ago and is not known may have been forgotten: it is not run. */
  retentionDays: number;
  /** Saved searches that one transaction deals with. */
  searchesAPage: number;
  /** Pages that one activity deals with. */
  pagesAtATime: number;
  /** Runs' workflows started side by side. */
  startsAtATime: number;
  /** After so many activities the workflow goes on as new, so that no history grows long. */
  pagesPerExecution: number;
  /** How long runs wait for the boards to be freshened, in seconds. */
  freshenSeconds: number;
}

/** Why saved searches were left out, and how many for each reason. */
const leftOutSchema = z.record(z.string(), z.number());
const totalsSchema = z.object({
  completed: z.boolean(),
  runs_created: z.number(),
  left_out: leftOutSchema,
});
const savedSearchSchema = z.object({
  id: z.uuid(),
  user_id: z.uuid(),
  parameters: z.unknown(),
  left_out_because: z.string().nullable(),
});
const pageSchema = z.object({ reached: z.uuid().nullable(), searches: z.array(savedSearchSchema) });
const createdSchema = totalsSchema.extend({
  runs: z.array(
    z.object({
      id: z.uuid(),
      user_id: z.uuid(),
      source: runSourceSchema,
      saved_search_id: z.uuid(),
      tick_id: z.string(),
      boards: z.number(),
    }),
  ),
});

/** How far a tick is. */
export interface TickTotals {
  /** Every due search has its run. */
  completed: boolean;
  runs: number;
  leftOut: Record<string, number>;
}

export interface BegunTick extends TickTotals {
  tick: string;
  /** To be freshened first: feeds and companies' boards, which are the same for every search. */
  boards: BoardName[];
  freshenSeconds: number;
  pagesPerExecution: number;
}

export type TickActivities = ReturnType<typeof createTickActivities>;

/** One tick of a schedule: its row, and a run for each due saved search, page by page. */
export function createTickActivities(deps: TickDependencies) {
  const { rpc } = deps;
  const dueRule = { p_inactive_days: deps.inactiveDays, p_spacing_seconds: deps.spacingSeconds };
  const shared = new Set(
    boards
      .filter(({ kind }) => kind !== 'query')
      .filter((board) => availabilityOf(board, deps.boardSettings) === 'ready')
      .map(({ name }) => name),
  );
  const toTotals = ({ completed, runs_created, left_out }: z.infer<typeof totalsSchema>): TickTotals => ({
    completed,
    runs: runs_created,
    leftOut: left_out,
  });

  /** The next page's due searches get their runs, in one transaction with what the tick's row says of it. */
  async function createRuns(tick: string) {
    const { reached, searches } = await rpc(
      'tick_searches',
      { p_tick: tick, p_limit: deps.searchesAPage, ...dueRule },
      pageSchema,
    );
    const leftOut: Record<string, number> = {};
    for (const { left_out_because: reason } of searches) {
      if (reason !== null) leftOut[reason] = (leftOut[reason] ?? 0) + 1;
    }
    return rpc(
      'create_tick_runs',
      {
        p_tick: tick,
        p_after: reached,
        p_reached: searches.at(-1)?.id ?? null,
        p_due: searches.filter(({ left_out_because: reason }) => reason === null).map(toDue),
        p_left_out: leftOut,
        p_last: searches.length < deps.searchesAPage,
      },
      createdSchema,
    );
  }

  /** Whichever cannot be started now is started by the reconciler. */
  async function startRuns(runs: z.infer<typeof createdSchema>['runs']): Promise<void> {
    const starts = new Semaphore(deps.startsAtATime);
    const started = await Promise.allSettled(
      runs.map((run) => starts.runExclusive(() => deps.workflows.start(run))),
    );
    const failed = started.filter((outcome) => outcome.status === 'rejected');
    if (failed.length > 0) {
      log.warn('runs not started yet: left to the reconciler', {
        runs: failed.length,
        error: failed[0]?.reason,
      });
    }
  }

  return {
    /**
     * Begins the tick, or goes on with it where it was interrupted. `dueAt` counts by the minute.
     * @throws ApplicationFailure of type `tick_forgotten` when nobody knows any more whether it happened.
     */
    async beginTick(asked: {
      schedule: string;
      savedSearchId: string | null;
      dueAt: string;
      cause: TickCause;
    }): Promise<BegunTick> {
      const dueAt = toMinute(new Date(asked.dueAt));
      const tick = tickId(asked.schedule, dueAt);
      const begun = await rpc(
        'begin_tick',
        {
          p_tick: tick,
          p_schedule: asked.schedule,
          p_saved_search_id: asked.savedSearchId,
          p_due_at: dueAt.toISOString(),
          p_cause: asked.cause,
          p_retention_days: deps.retentionDays,
        },
        totalsSchema.extend({ boards_fresh: z.boolean() }),
      ).catch((error: unknown) => {
        if (!(error instanceof ApplicationFailure) || !error.message.endsWith('tick_forgotten')) throw error;
        throw ApplicationFailure.nonRetryable(
          `${tick} was due more than ${deps.retentionDays} days ago (TICK_RETENTION_DAYS): whether it happened is not known any more, and nothing was run`,
          'tick_forgotten',
        );
      });
      // The run of a schedule of one search freshens its boards itself.
      const named =
        begun.completed || begun.boards_fresh || asked.savedSearchId !== null
          ? []
          : await rpc('tick_boards', { p_tick: tick, ...dueRule }, z.array(z.string()));
      return {
        tick,
        ...toTotals(begun),
        boards: named.filter((name) => shared.has(name)),
        freshenSeconds: deps.freshenSeconds,
        pagesPerExecution: deps.pagesPerExecution,
      };
    },

    /**
     * Deals with the tick's next pages, of which there was once one: inserts the runs of their due searches and starts
     * their workflows. While those of one page are started the next page's rows are written.
     */
    async runTickPage(tick: string): Promise<TickTotals> {
      const cancellation = cancellationSignal();
      const runPages = async () => {
        let starting = Promise.resolve();
        try {
          for (let page = 1; ; page += 1) {
            const created = await createRuns(tick);
            await starting;
            starting = startRuns(created.runs);
            if (created.completed || page === deps.pagesAtATime || cancellation.aborted)
              return toTotals(created);
          }
        } finally {
          // Whatever was begun is started, also when the next page fails.
          await starting;
        }
      };
      return heartbeating(
        () => undefined,
        () => deps.rightOfWay.first(runPages),
      );
    },
  };
}

function toDue({ id, user_id, parameters }: z.infer<typeof savedSearchSchema>) {
  // As when a person starts it: the place is resolved once, so that a run tells later what it searched.
  const place = searchParametersSchema.shape.place.safeParse((parameters as { place?: unknown }).place).data;
  const resolved = placeOfSearch(place);
  return { id, user_id, parameters, place_in: resolved?.in ?? null, place_reach: resolved?.reach ?? null };
}
