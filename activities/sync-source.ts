import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import type { Posting } from '../domain/posting.js';
import { boardOfSource, companyOfSource, type SourceKey } from '../domain/source.js';
import type { TermsOf } from './board-terms.js';
import { BoardError, type FetchJson } from './boards/board.js';
import { boardByName } from './boards/registry.js';
import { heartbeating } from './heartbeat.js';
import type { Rpc } from './rpc.js';

export interface SyncSourceDependencies {
  rpc: Rpc;
  fetchJson: FetchJson;
  termsOf: TermsOf;
  /** A longer `Retry-After` than this ends the sync instead of waiting within it, in seconds. */
  maxRetryAfterSeconds: number;
}

/** Where a sync stands; heartbeated after each page, so that the next attempt goes on from there. */
interface Progress {
  cursor: string | null;
  pages: number;
  read: number;
  new: number;
  skipped: number;
}

export interface PagesRead extends Omit<Progress, 'cursor'> {
  nextCursor: string | null;
  alreadyFresh?: boolean;
}

/** Postings handed to the database in one call. */
const postingsPerCall = 100;

const recordedSchema = z.object({ postings_read: z.number(), postings_new: z.number() });

export type SyncSourceActivities = ReturnType<typeof createSyncSourceActivities>;

/** Reads a source's pages into the catalogue. Runs on the board's own task queue, under its rate limit. */
export function createSyncSourceActivities({
  rpc,
  fetchJson,
  termsOf,
  maxRetryAfterSeconds,
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
    }
    return fresh;
  }

  return {
    /**
     * A feed, which only one sync at a time reads, is read whole and paced here. A company's board is read one
     * page a call, so that the task queue's limit counts every request of the many companies on it.
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
      const earlier = context.info.heartbeatDetails as Progress | undefined;
      if (cursor === null && !earlier) {
        const fresh = await rpc(
          'is_source_fresh',
          { p_source: source, p_fresh_seconds: freshSeconds },
          z.boolean(),
        );
        if (fresh) return { pages: 0, read: 0, new: 0, skipped: 0, nextCursor: null, alreadyFresh: true };
      }
      const company = await companyOf(source, rpc);
      let progress: Progress = earlier ?? { cursor, pages: 0, read: 0, new: 0, skipped: 0 };

      return heartbeating(
        () => progress,
        async () => {
          for (;;) {
            const page = await board
              .fetchPage({ fetchJson, cursor: progress.cursor, company, signal })
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
            };
            context.heartbeat(progress);
            await rpc('report_sync_progress', { p_source: source }, z.null());
            if (page.nextCursor === null || board.kind === 'company') {
              const { cursor: nextCursor, ...read } = progress;
              return { ...read, nextCursor };
            }
            await sleep(1000 / termsOf(board.name).requestsPerSecond, undefined, { signal });
          }
        },
      );
    },
  };
}

async function companyOf(source: SourceKey, rpc: Rpc): Promise<{ token: string; name: string } | undefined> {
  const token = companyOfSource(source);
  if (token === undefined) return undefined;
  const name = await rpc(
    'company_name',
    { p_board: boardOfSource(source), p_token: token },
    z.string().nullable(),
  );
  if (name === null) {
    throw ApplicationFailure.nonRetryable(`Nobody follows ${source} any more`, 'config');
  }
  return { token, name };
}

/** A board's error class is the failure's type; its `Retry-After` the next attempt's delay. */
function toFailure(error: unknown, maxRetryAfterSeconds: number): unknown {
  if (!(error instanceof BoardError)) return error;
  const { retryAfterSeconds } = error.options;
  const tooLong = retryAfterSeconds !== undefined && retryAfterSeconds > maxRetryAfterSeconds;
  return ApplicationFailure.create({
    type: error.errorClass,
    message: error.message,
    nonRetryable: !error.retryable || tooLong,
    nextRetryDelay: retryAfterSeconds === undefined ? undefined : `${retryAfterSeconds}s`,
    details: [{ retryAfterSeconds }],
  });
}
