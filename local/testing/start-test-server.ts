import { buildWhenChanged } from '../build.js';
import { launch, whenReady } from '../services/process.js';
import { announceTestServer, type TestServer } from './test-server.js';

/**
 * Starts the Postgres server of a test run and tells the suites of it through the environment. The local Supabase, which the
 * suites start, is built here: two at once would build it into each other's hands.
 */
export async function startTestServer(): Promise<{ stop(): Promise<unknown> }> {
  await buildWhenChanged(['supabase']);
  let server: TestServer | undefined;
  const started = launch(
    { name: 'the test database', args: ['--import', 'tsx', 'local/testing/postgres-main.ts'] },
    {
      onMessage: (message) => {
        server ??= (message as { ready?: TestServer }).ready;
      },
    },
  );
  await whenReady(started, async () => server !== undefined);
  if (server) announceTestServer(server);
  return { stop: () => started.stop(30_000) };
}
