import { setTimeout as sleep } from 'node:timers/promises';
import { Context, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import { boardQuerySchema } from '../domain/board.js';
import type { Posting } from '../domain/posting.js';
import { boardOfSource, partOfSource, type SourceKey } from '../domain/source.js';
import { toFailure } from './board-failure.js';
import { countingRequests, type ObserveRequest } from './board-requests.js';
import type { TermsOf } from './board-terms.js';
import {
  type Board,
  BoardError,
  type BoardSettings,
  type FetchJson,
  type PageRequest,
} from './boards/board.js';
import { boardByName } from './boards/registry.js';
import { heartbeating } from './heartbeat.js';
import type { Rpc } from './rpc.js';

export interface SyncSourceDependencies {
  rpc: Rpc;
  fetchJson: FetchJson;
  observeRequest: ObserveRequest;
  /** Keys and addresses that boards need. */
  boardSettings: BoardSettings;
  termsOf: TermsOf;
  /** A longer `Retry-After` than this ends the sync instead of waiting within it, in seconds. */
  maxRetryAfterSeconds: number;
  /** Postings that left a board's list and are asked for in one sync, where the board has a call for that. */
  statusChecksPerSync: number;
}

/** Where a sync stands; heartbeated after each page, so that the next attempt goes on from there. */
export interface SyncProgress {
  cursor: string | null;
  pages: number;
  read: number;
  new: number;
  skipped: number;
  /** The list was read to its own end so far, and what is not on it is closed. */
  whole: boolean;
}

export interface PagesRead extends Omit<SyncProgress, 'cursor'> {
  nextCursor: string | null;
  alreadyFresh?: boolean;
}

/** Postings handed to the database in one call. */
const postingsPerCall = 100;

const nothingRead = { pages: 0, read: 0, new: 0, skipped: 0, whole: false };

const recordedSchema = z.object({ postings_new: z.number(), postings_changed: z.number() });

export type SyncSourceActivities = ReturnType<typeof createSyncSourceActivities>;

/** Reads a source's pages into the catalogue. Runs on the board's own task queue, under its rate limit. */
export function createSyncSourceActivities({
  rpc,
  fetchJson: fetchFromBoard,
  observeRequest,
  boardSettings,
  termsOf,
  maxRetryAfterSeconds,
  statusChecksPerSync,
}: SyncSourceDependencies) {
  async function record(source: SourceKey, postings: Posting[]): Promise<number> {
    let fresh = 0;
    for (let start = 0; start < postings.length; start += postingsPerCall) {
      const batch = postings.slice(start, start + postingsPerCall);
      const recorded = await rpc(
        'record_postings_page',
        { p_source: source, p_postings: batch },
        recordedSchema,
      );
      fresh += recorded.postings_new;
      if (recorded.postings_new + recorded.postings_changed > 0) await rpc('sort_in_postings', {}, z.null());
    }
    return fresh;
  }

  /** Asks a board that has a call for it which of the postings that left its list are closed. */
  async function closeByStatus(
    board: Board,
    source: SourceKey,
    fetchJson: FetchJson,
    signal: AbortSignal,
  ): Promise<void> {
    const { fetchStatus } = board;
    if (!fetchStatus) return;
    const limit = { p_source: source, p_limit: statusChecksPerSync };
    const missing = await rpc('missing_postings', limit, z.array(z.string()));
    try {
      for (let start = 0; start < missing.length; start += fetchStatus.idsAtATime) {
        await sleep(1000 / termsOf(board.name).requestsPerSecond, undefined, { signal });
        const ids = missing.slice(start, start + fetchStatus.idsAtATime);
        const statuses = await fetchStatus.ask({ fetchJson, ids, signal });
        const closed = ids.filter((id) => statuses.get(id) === 'closed');
        if (closed.length === 0) continue;
        await rpc('close_source_postings', { p_source: source, p_posting_ids: closed }, z.number());
      }
    } catch (error) {
      // Its postings are read all the same; the next sync asks again.
      if (!(error instanceof BoardError)) throw error;
      log.warn('postings could not be checked', { source, errorClass: error.errorClass, error });
    }
  }

  return {
    /**
     * A feed, which only one sync at a time reads, is read whole and paced here. A company's board and a query are
     * read one page a call, so that the task queue's limit counts every request of the many on that board.
     */
    async syncPages({
      source,
      cursor,
      freshSeconds,
    }: {
      source: SourceKey;
      cursor: string | null;
      freshSeconds: number;
    }): Promise<PagesRead> {
      const context = Context.current();
      const signal = context.cancellationSignal;
      const board = boardByName(boardOfSource(source));
      const earlier = context.info.heartbeatDetails as SyncProgress | undefined;
      let progress: SyncProgress = earlier ?? { ...nothingRead, whole: board.absence === 'closed', cursor };
      let begun = cursor !== null || Boolean(earlier);

      const readPages = async (fetchJson: FetchJson, asked: Asked): Promise<PagesRead> => {
        for (;;) {
          const page = await board
            .fetchPage({ fetchJson, cursor: progress.cursor, ...asked, settings: boardSettings, signal })
            .catch((error) => {
              throw toFailure(error, maxRetryAfterSeconds);
            });
          const fresh = await record(source, page.postings);
          progress = {
            cursor: page.nextCursor,
            pages: progress.pages + 1,
            read: progress.read + page.postings.length,
            new: progress.new + fresh,
            skipped: progress.skipped + page.skipped,
            whole: progress.whole && !page.cutShort,
          };
          context.heartbeat(progress);
          const ids = page.postings.map(({ boardPostingId }) => boardPostingId);
          await rpc('report_sync_progress', { p_source: source, p_posting_ids: ids }, z.null());
          if (page.nextCursor === null) await closeByStatus(board, source, fetchJson, signal);
          if (page.nextCursor === null || board.kind !== 'feed') {
            const { cursor: nextCursor, ...read } = progress;
            return { ...read, nextCursor };
          }
          await sleep(1000 / termsOf(board.name).requestsPerSecond, undefined, { signal });
        }
      };

      return heartbeating(
        // An attempt that has not begun leaves nothing to go on from.
        () => (begun ? progress : undefined),
        async () => {
          if (!begun) {
            begun = await rpc(
              'begin_source_sync',
              { p_source: source, p_fresh_seconds: freshSeconds },
              z.boolean(),
            );
            if (!begun) return { ...nothingRead, nextCursor: null, alreadyFresh: true };
          }
          const asked = await askedOf(board, source, rpc);
          const counting = { rpc, fetchJson: fetchFromBoard, observeRequest, board: board.name };
          return countingRequests(counting, (fetchJson) => readPages(fetchJson, asked));
        },
      );
    },
  };
}

type Asked = Pick<PageRequest, 'company' | 'query'>;

/** What a source's pages are of: a company, a query, or nothing in particular. */
async function askedOf(board: Board, source: SourceKey, rpc: Rpc): Promise<Asked> {
  const part = partOfSource(source);
  if (part === undefined) return {};
  if (board.kind === 'query') {
    const query = await rpc('board_query', { p_source: source }, boardQuerySchema.nullable());
    if (query === null) throw ApplicationFailure.nonRetryable(`Nobody asks ${source} any more`, 'config');
    return { query };
  }
  const name = await rpc('company_name', { p_board: board.name, p_token: part }, z.string().nullable());
  if (name === null) throw ApplicationFailure.nonRetryable(`Nobody follows ${source} any more`, 'config');
  return { company: { token: part, name } };
}
