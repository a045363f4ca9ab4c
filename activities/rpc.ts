import type { SupabaseClient } from '@supabase/supabase-js';
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
