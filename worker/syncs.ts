import { once, setMaxListeners } from 'node:events';
import { type Client, WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure, TimeoutFailure } from '@temporalio/common';
import type { SyncEnd, Syncs } from '../activities/search-board.js';
import type { SourceKey } from '../domain/source.js';
import type { boardSync } from '../workflows/board-sync.js';
import { boardSyncStartOptions } from '../workflows/start-options.js';
import { boardSyncWorkflowId } from '../workflows/workflow-ids.js';
import { ignoreNotFound } from './temporal.js';

/** A wait for a source's sync that this process's activities share. */
interface SharedWait {
  end: Promise<SyncEnd>;
  sharers: number;
  abort: AbortController;
}

/**
 * The fleet's syncs over Temporal. Whoever waits for a source here waits with one call to Temporal: hundreds of runs that
 * want the same board after an outage would else keep it busy with their asking.
 */
export function createSyncs(client: Client): Syncs {
  const waits = new Map<SourceKey, SharedWait>();
  const forget = (source: SourceKey, wait: SharedWait) => {
    if (waits.get(source) === wait) waits.delete(source);
  };

  function begin(source: SourceKey, freshSeconds: number): SharedWait {
    const abort = new AbortController();
    const end = syncedOnce(client, source, freshSeconds, abort.signal).finally(() => forget(source, wait));
    const wait = { end, sharers: 0, abort };
    waits.set(source, wait);
    return wait;
  }

  return {
    async join(source, freshSeconds, signal): Promise<SyncEnd> {
      signal.throwIfAborted();
      const wait = waits.get(source) ?? begin(source, freshSeconds);
      wait.sharers += 1;
      try {
        return await unlessAborted(wait.end, signal);
      } finally {
        wait.sharers -= 1;
        if (wait.sharers === 0) {
          forget(source, wait);
          wait.abort.abort();
        }
      }
    },
    async cancel(source) {
      await ignoreNotFound(client.workflow.getHandle(boardSyncWorkflowId(source)).cancel());
    },
  };
}

/** Starts the source's sync or joins the one under way, and waits for its end. */
async function syncedOnce(
  client: Client,
  source: SourceKey,
  freshSeconds: number,
  signal: AbortSignal,
): Promise<SyncEnd> {
  const handle = await client.workflow.start<typeof boardSync>(
    'boardSync',
    boardSyncStartOptions(source, freshSeconds),
  );
  try {
    await client.withAbortSignal(signal, () => handle.result());
    return { end: 'done' };
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    return syncEnd(error.cause);
  }
}

function syncEnd(cause: Error | undefined): SyncEnd {
  if (cause instanceof CancelledFailure) return { end: 'cancelled' };
  const errorClass =
    cause instanceof ApplicationFailure && cause.type
      ? cause.type
      : cause instanceof TimeoutFailure
        ? 'timeout'
        : 'upstream';
  return { end: 'failed', errorClass, message: cause?.message ?? 'The sync was stopped.' };
}

/** @throws the signal's reason as soon as it is aborted; the promise goes on. */
async function unlessAborted<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
  // A run waits for many companies of a board side by side, and each wait listens.
  setMaxListeners(0, signal);
  const over = new AbortController();
  const aborted = once(signal, 'abort', { signal: over.signal }).then((): never => {
    throw signal.reason;
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    over.abort();
  }
}
