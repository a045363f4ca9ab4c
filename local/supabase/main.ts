import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import postgres from 'postgres';
import { settingsOrExit } from '../../domain/settings.js';
import { migrate } from '../services/migrate.js';
import { type RunningPostgres, startPostgres, superuserUrl } from '../services/postgres.js';
import { findPostgrest, hasSchema, startPostgrest } from '../services/postgrest.js';
import { createRoles, prepareDatabase } from '../services/prepare-database.js';
import { inProject } from '../services/project-root.js';
import { keptSecrets } from '../services/secrets.js';
import { startSupabaseLite } from './auth.js';
import { createProxy } from './proxy.js';
import { localSupabaseSettings } from './settings.js';

/**
 * The local Supabase: Postgres, PostgREST for the data, Supabase Lite for signing up and in, and one address in front.
 * Tells whoever started it `{step}` while it starts, and `{ready: {url}}` or `{failed}` at the end.
 */
process.env.DO_NOT_TRACK = '1';
const settings = settingsOrExit(localSupabaseSettings);
const secrets = await keptSecrets(settings.SECRETS_FILE);
const tell = (message: unknown) => process.send?.(message);

/** What has been started, undone in reverse. */
const running: (() => Promise<unknown>)[] = [];
let stopping: Promise<void> | undefined;
function stop(exitCode: number): Promise<void> {
  stopping ??= (async () => {
    for (const undo of running.reverse()) await undo().catch((error) => console.error(error));
    process.exit(exitCode);
  })();
  return stopping;
}
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
const whenGone = (name: string, gone: Promise<unknown>) =>
  void gone.then(() => {
    if (!stopping) console.error(`${name} ended on its own`);
    return stop(1);
  });

async function ownPostgres(dataDir: string): Promise<string> {
  const password = secrets.postgresPassword;
  const server: RunningPostgres = await startPostgres({
    dataDir,
    port: settings.POSTGRES_PORT,
    password,
    onLine: (line) => console.log(line),
  });
  running.push(() => server.stop());
  whenGone('Postgres', server.exited);
  tell({ step: 'Postgres: ready' });
  const url = superuserUrl(settings.POSTGRES_PORT, password);
  await createRoles(url, secrets);
  await prepareDatabase(url);
  const applied = await migrate(url, inProject('supabase/migrations'));
  tell({
    step: applied.length > 0 ? `Migrations applied: ${applied.length}` : 'Migrations: nothing to apply',
  });
  return url;
}

async function start(): Promise<void> {
  const { POSTGRES_DATA_DIR, POSTGRES_URL } = settings;
  const databaseUrl = POSTGRES_DATA_DIR ? await ownPostgres(POSTGRES_DATA_DIR) : POSTGRES_URL;
  if (!databaseUrl) throw new Error('POSTGRES_DATA_DIR or POSTGRES_URL is needed');
  const as = (user: string, password: string) => {
    const url = new URL(databaseUrl);
    url.username = user;
    url.password = password;
    return url.href;
  };

  const program = settings.REST_SERVER === 'auto' ? findPostgrest() : undefined;
  const rest = program
    ? await startPostgrest({
        program,
        databaseUrl: as('authenticator', secrets.authenticatorPassword),
        jwtSecret: secrets.jwtSecret,
        onLine: (line) => console.log(line),
      })
    : undefined;
  if (rest) {
    running.push(() => rest.stop());
    whenGone('PostgREST', rest.process.exited);
  }

  const lite = await startSupabaseLite(
    // To serve the data too it has to see every table; it becomes the role of each request's token all the same.
    rest ? as('supabase_auth_admin', secrets.authAdminPassword) : databaseUrl,
    secrets.jwtSecret,
    settings.ACCESS_TOKEN_SECONDS,
  );
  running.push(() => lite.close());
  const probe = postgres(databaseUrl, { max: 1, connect_timeout: 5 });
  running.push(() => probe.end({ timeout: 2 }));

  const proxy = createProxy({
    anonKey: secrets.anonKey,
    serviceRoleKey: secrets.serviceRoleKey,
    restSocket: rest?.socketPath,
    lite: lite.fetch,
    isReady: async () => {
      await probe`select 1`;
      return rest ? hasSchema(rest.socketPath) : true;
    },
  });
  proxy.listen(settings.SUPABASE_PORT, '127.0.0.1');
  await once(proxy, 'listening');
  running.push(async () => {
    proxy.close();
    proxy.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  console.log(`Supabase answers on ${url}; data by ${rest ? 'PostgREST' : 'Supabase Lite'}`);
  tell({ ready: { url } });
}

try {
  await start();
} catch (error) {
  const failed = error instanceof Error ? error.message : String(error);
  console.error(failed);
  tell({ failed });
  await stop(1);
}
