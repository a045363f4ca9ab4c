import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWhenChanged } from '../local/build.js';
import { freePort } from '../local/services/ports.js';
import { answers, launch, whenReady } from '../local/services/process.js';
import { reachablePath } from '../local/services/reachable.js';
import { keptSecrets } from '../local/services/secrets.js';
import { startTemporal } from '../local/services/temporal.js';
import { findTemporalCli } from '../local/services/temporal-cli.js';
import { startTestProgram } from '../local/testing/test-program.js';
import { say } from '../observability/standard-output.js';

/**
 * Run by cold-start.ts within a clone: starts each of `npm start`'s services by itself, one after the other, with its
 * build where it has one. Prints how long each took, in milliseconds, as a line of JSON.
 */
const folder = await mkdtemp(join(tmpdir(), 'stf-cold-'));
const secretsFile = join(folder, 'secrets.json');
const secrets = await keptSecrets(secretsFile);
const took: Record<string, number> = {};
const undo: (() => Promise<unknown>)[] = [];

async function timed<Started>(what: string, start: () => Promise<Started>): Promise<Started> {
  const since = performance.now();
  const started = await start();
  took[what] = performance.now() - since;
  return started;
}

try {
  await buildWhenChanged(['supabase']);
  const [supabasePort, postgresPort, temporalPort] = [await freePort(), await freePort(), await freePort()];
  const supabaseUrl = `http://127.0.0.1:${supabasePort}`;
  await timed('Postgres, its migrations and Supabase', async () => {
    const supabase = launch({
      name: 'Supabase',
      args: ['build/local/supabase.js'],
      env: {
        SUPABASE_PORT: String(supabasePort),
        POSTGRES_PORT: String(postgresPort),
        POSTGRES_DATA_DIR: reachablePath(join(folder, 'postgres')),
        SECRETS_FILE: secretsFile,
      },
    });
    undo.push(() => supabase.stop());
    await whenReady(supabase, () => answers(`${supabaseUrl}/readyz`));
  });
  const temporal = await timed('Temporal', async () =>
    startTemporal(await findTemporalCli(), {
      port: temporalPort,
      databaseFile: join(folder, 'temporal.db'),
    }),
  );
  undo.push(() => temporal.process.stop());

  const env: Record<string, string> = {
    SUPABASE_URL: supabaseUrl,
    SUPABASE_ANON_KEY: secrets.anonKey,
    SUPABASE_SERVICE_ROLE_KEY: secrets.serviceRoleKey,
    SUPABASE_JWT_SECRET: secrets.jwtSecret,
    DATABASE_URL: `postgres://run_listener:${secrets.listenerPassword}@127.0.0.1:${postgresPort}/postgres`,
    TEMPORAL_ADDRESS: temporal.address,
    SESSION_SECRET: secrets.sessionSecret,
    BOARDS_MODE: 'sample',
    SMTP_PORT: String(await freePort()),
    MAILBOX_DIR: join(folder, 'mails'),
  };
  for (const [name, what] of [
    ['boards', 'Sample boards'],
    ['mailbox', 'Mailbox'],
    ['api', 'API'],
    ['web', 'Website, built and started'],
    ['worker', 'Worker, built and started'],
  ] as const) {
    const program = await timed(what, () => startTestProgram(name, env));
    undo.push(() => program.stop());
    if (name === 'boards') env.BOARDS_SAMPLE_URL = program.url;
    if (name === 'api') env.API_URL = program.url;
  }
} finally {
  for (const step of undo.reverse()) await step();
}
say(JSON.stringify(took));
process.exit(0);
