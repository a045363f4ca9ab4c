import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../services/migrate.js';
import { withFreePort } from '../services/ports.js';
import { startPostgres, superuserUrl, withSuperuser } from '../services/postgres.js';
import { createRoles, prepareDatabase } from '../services/prepare-database.js';
import { inProject } from '../services/project-root.js';
import { reachablePath } from '../services/reachable.js';
import { keptSecrets } from '../services/secrets.js';
import { type TestServer, templateDatabase } from './test-server.js';

/**
 * One Postgres server for a whole test run, in a temporary folder, with a migrated database to copy from. Each suite
 * gets a copy. Ends with the test run, whichever way that goes.
 */
const folder = await mkdtemp(join(tmpdir(), 'stf-test-'));
// Started by root, Postgres runs as another user, who has to get in.
await chmod(folder, 0o755);
const secretsFile = join(folder, 'secrets.json');
const secrets = await keptSecrets(secretsFile);

const dataDir = reachablePath(join(folder, 'postgres'));

const server = await withFreePort((port) =>
  startPostgres({
    dataDir,
    port,
    password: secrets.postgresPassword,
    volatile: true,
  }),
);
let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    await server.stop();
    for (const path of [dataDir, folder]) await rm(path, { recursive: true, force: true });
    process.exit(0);
  });
}

try {
  const url = superuserUrl(server.port, secrets.postgresPassword);
  await createRoles(url, secrets);
  await withSuperuser(url, (sql) => sql.unsafe(`create database ${templateDatabase}`));
  const template = superuserUrl(server.port, secrets.postgresPassword, templateDatabase);
  await prepareDatabase(template);
  await migrate(template, inProject('supabase/migrations'));
  const ready: TestServer = { port: server.port, secretsFile };
  process.send?.({ ready });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.kill(process.pid, 'SIGTERM');
}
