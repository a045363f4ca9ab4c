import type { SupabaseClient } from '@supabase/supabase-js';
import { Context, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { z } from 'zod';

/** Calls one of the database's functions and checks its answer. */
export type Rpc = <Answer extends z.ZodType>(
  name: string,
  args: Record<string, unknown>,
  answer: Answer,
) => Promise<z.infer<Answer>>;

/**
 * @throws ApplicationFailure of type `database`; refusals by the database's own rules (`PT…`) and answers of
 * another shape are not retried, since the same call would end the same way.
 */
export function createRpc(supabase: SupabaseClient): Rpc {
  return async (name, args, answer) => {
    const { data, error } = await supabase.rpc(name, args);
    if (error) {
      throw ApplicationFailure.create({
        type: 'database',
        message: `${name}: ${error.message}`,
        nonRetryable: error.code?.startsWith('PT') ?? false,
        details: [{ code: error.code }],
      });
    }
    const parsed = answer.safeParse(data);
    if (!parsed.success) {
      // Asking again would be answered alike.
      throw ApplicationFailure.nonRetryable(`${name} answered otherwise than expected`, 'database');
    }
    return parsed.data;
  };
}

const firstPauseMs = 500;
const longestPauseMs = 5_000;

/**
 * Waits within the call while the database cannot be reached, at most so many seconds. For activities whose attempts are
 * few, because they are a board's: a restart of Postgres must not use them up. Call it while heartbeating.
 */
export function patientRpc(rpc: Rpc, seconds: number): Rpc {
  return async (name, args, answer) => {
    const until = Date.now() + seconds * 1_000;
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      try {
        return await rpc(name, args, answer);
      } catch (error) {
        if (!isOutage(error) || Date.now() + pauseMs > until) throw error;
        log.warn('the database cannot be reached; waiting for it', { call: name, error });
        await Context.current().sleep(pauseMs);
      }
    }
  };
}

/** No answer at all, or that of a PostgREST or Postgres that is starting, stopping or out of reach. */
function isOutage(error: unknown): boolean {
  if (!(error instanceof ApplicationFailure) || error.nonRetryable) return false;
  const { code } = (error.details?.[0] ?? {}) as { code?: string };
  return !code || /^(08|57P|PGRST00)/.test(code);
}
