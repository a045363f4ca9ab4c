import { createClient, type PostgrestError, type SupabaseClient } from '@supabase/supabase-js';
import fp from 'fastify-plugin';
import ws from 'ws';
import { runStatusSchema } from '../../domain/run.js';
import { fetchWithKey } from '../../domain/supabase-key.js';
import type { ApiSettings } from '../config.js';
import { Problem } from '../problem.js';
import type { Person } from './authentication.js';

declare module 'fastify' {
  interface FastifyInstance {
    /** Supabase with the person's own rights, or with nobody's (for signing in). */
    supabase(person?: Person): SupabaseClient;
  }
}

export default fp<{ settings: ApiSettings }>(async (app, { settings }) => {
  // Signing in has no time-out of its own, as the data's requests have.
  const boundedFetch: typeof fetch = (input, init) =>
    app.observed.supabase(operationOf(input), () =>
      fetch(input, { signal: AbortSignal.timeout(settings.SUPABASE_TIMEOUT_MS), ...init }),
    );

  app.decorate('supabase', (person?: Person) =>
    createClient(settings.SUPABASE_URL, settings.SUPABASE_ANON_KEY, {
      auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
      db: { timeout: settings.SUPABASE_TIMEOUT_MS },
      // Node 20 has no WebSocket of its own, and the client asks for one when it is made.
      realtime: { transport: ws as never },
      global: {
        fetch: fetchWithKey(settings.SUPABASE_ANON_KEY, boundedFetch),
        ...(person && {
          headers: {
            authorization: `Bearer ${person.token}`,
            // Read by the audit log's triggers.
            ...(person.addressHash && { 'x-address-hash': person.addressHash }),
          },
        }),
      },
    }),
  );
});

/** What Supabase is asked for: `rpc/create_search_run`, `search_runs`, `auth/token`. What was filtered by is not told. */
function operationOf(input: string | URL | Request): string {
  const { pathname } = new URL(input instanceof Request ? input.url : input);
  const [, service, operation] = /\/(rest|auth)\/v1\/((?:rpc\/)?[a-z_]+)$/.exec(pathname) ?? [];
  if (operation === undefined) return 'other';
  return service === 'auth' ? `auth/${operation}` : operation;
}

interface Answer<Data> {
  data: Data;
  error: PostgrestError | null;
  /** Of HTTP; 0 when there was no answer. */
  status: number;
}

/**
 * The data of an answer, or the problem that its error is. The database refuses with `PT<status>` and a name.
 * @throws Problem
 */
export function dataOf<Data>({ data, error, status }: Answer<Data>): NonNullable<Data> {
  if (error) throw toProblem(error, status);
  if (data === null) throw new Problem('not-found');
  return data as NonNullable<Data>;
}

/** Of what answers with nothing. @throws Problem */
export function expectDone({ error, status }: Answer<unknown>): void {
  if (error) throw toProblem(error, status);
}

function toProblem(error: PostgrestError, status: number): Problem {
  const retryAfterSeconds = Number(error.hint) || undefined;
  switch (error.message) {
    case 'too_many_active_runs':
      return new Problem(
        'too-many-active-runs',
        `At most ${error.details} searches can run at once. Wait for one to end, or cancel one.`,
        { retryAfterSeconds },
      );
    case 'too_many_runs_this_hour':
      return new Problem('too-many-runs', `At most ${error.details} searches can be started in an hour.`, {
        retryAfterSeconds,
      });
    case 'too_many_companies':
      return new Problem('too-many-companies', `At most ${error.details} companies can be followed.`);
    case 'too_many_marked_jobs':
      return new Problem('too-many-jobs', `At most ${error.details} jobs can be marked.`);
    case 'too_many_hidden_terms':
      return new Problem('too-many-hidden-terms', `At most ${error.details} of these can be hidden.`);
    case 'too_many_company_checks':
      return new Problem(
        'too-many-checks',
        `At most ${error.details} new companies can be looked for in an hour.`,
        { retryAfterSeconds },
      );
    case 'run_is_finished':
      return new Problem('conflict', `This search is ${error.details} already.`, {
        runStatus: runStatusSchema.safeParse(error.details).data,
      });
    case 'idempotency_key_reused':
      return new Problem('conflict', 'This Idempotency-Key was used for another search.');
    case 'admins_only':
    case 'run_not_found':
      return new Problem('not-found');
    case 'posting_not_found':
      return new Problem('not-found', 'There is no such job any more.');
    case 'mark_not_found':
      return new Problem('not-found', 'This job is not marked: there is nothing to note it on.');
    case 'unsubscribe_link_not_found':
      return new Problem('not-found', 'This link is not good any more.');
    case 'saved_search_not_found':
      return new Problem('not-found', 'There is no such saved search.');
  }
  if (error.code === 'PGRST116') return new Problem('not-found');
  // A token outlives an account that was deleted.
  if (error.code === '23503' && error.message.includes('_user_id_fkey')) return new Problem('unauthorized');
  if (error.code === 'PGRST301' || error.code === 'PGRST303') return new Problem('unauthorized');
  // The database refused what the schema of the API let through: a check, or a value that its types cannot hold.
  if (error.code === '23514' || error.code === 'PGRST102' || error.code?.startsWith('22')) {
    return new Problem('invalid-request');
  }
  // No answer, a gateway's words, no connection to the database or one that is shutting down.
  if (
    status === 0 ||
    status >= 502 ||
    error.code?.startsWith('PGRST00') ||
    error.code?.startsWith('57P') ||
    // Two transactions that waited for each other: one was given up, and can be asked for again.
    error.code === '40P01'
  ) {
    return new Problem('service-unavailable', 'The database cannot be reached.', {
      retryAfterSeconds: 5,
      cause: error,
    });
  }
  return new Problem('internal', undefined, { cause: error });
}
