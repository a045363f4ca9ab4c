import { App } from '@supabase/lite';
import { createPostgresConnection } from '@supabase/lite/postgres';
import { withAppMetadata } from './app-metadata.js';

/** Handles `/auth/v1` requests, and `/rest/v1` ones where there is no PostgREST. */
export interface SupabaseLite {
  fetch(request: Request): Promise<Response>;
  close(): Promise<void>;
}

/**
 * Supabase Lite on this stack's Postgres.
 * @param databaseUrl of the role `supabase_auth_admin`, or of the superuser where Lite serves the data as well.
 * @param accessTokenSeconds how long an access token is good for.
 */
export async function startSupabaseLite(
  databaseUrl: string,
  jwtSecret: string,
  accessTokenSeconds: number,
): Promise<SupabaseLite> {
  const connection = createPostgresConnection({ url: databaseUrl });
  // Left alone, Lite grants everything to everybody on its first query. The roles and their rights are made by this
  // project's migrations, so it is told that they are there.
  (connection as unknown as { rlsState: 'active' }).rlsState = 'active';
  const app = new App({
    connection,
    auth: {
      enabled: true,
      jwt_secret: jwtSecret,
      jwt_expiry: accessTokenSeconds,
      minimum_password_length: 8,
      // No mail leaves a local stack: whoever signs up is signed in.
      email: { enable_signup: true, enable_confirmations: false },
    },
    // The proxy in front checks the keys, which are JWTs as PostgREST wants them.
    options: { server: { apiKeys: false, disableStudio: true, disableFallback: true } },
  });
  await app.init();
  return {
    fetch: withAppMetadata((request) => app.fetch(request, { peerAddress: null }), jwtSecret),
    close: () => connection.close(),
  };
}
