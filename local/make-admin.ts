import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '@supabase/supabase-js';
import ws from 'ws';
import { parseSettings } from '../domain/settings.js';
import { say } from '../observability/standard-output.js';
import { launcherSettings } from './config.js';
import { dataFolder } from './launcher/data-folder.js';
import { projectRoot } from './services/project-root.js';
import { keptSecrets } from './services/secrets.js';

/**
 * `npm run make-admin -- EMAIL`: gives an account the admin pages, or takes them away (`--remove`). Of the Supabase that
 * SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY name; without them of the local one, which has to run.
 */
const usage = 'npm run make-admin -- EMAIL [--remove]\n';

const envFile = join(projectRoot, '.env');
if (existsSync(envFile)) process.loadEnvFile(envFile);

async function supabase(): Promise<{ url: string; key: string }> {
  const { SUPABASE_URL: url, SUPABASE_SERVICE_ROLE_KEY: key } = process.env;
  if (url && key) return { url, key };
  const { STF_DATA_DIR, SUPABASE_PORT } = parseSettings(launcherSettings);
  const { secretsFile } = dataFolder(STF_DATA_DIR, false);
  if (!existsSync(secretsFile)) {
    throw new Error(
      'There is no local Supabase: set SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY, or run npm start.',
    );
  }
  return { url: `http://127.0.0.1:${SUPABASE_PORT}`, key: (await keptSecrets(secretsFile)).serviceRoleKey };
}

async function setAdmin(email: string, admin: boolean): Promise<string> {
  const { url, key } = await supabase();
  const client = createClient(url, key, {
    auth: { persistSession: false, autoRefreshToken: false },
    // Node 20 has no WebSocket of its own.
    realtime: { transport: ws as never },
  });
  const { data: found, error } = await client.rpc('set_admin', { p_email: email, p_admin: admin });
  if (error) throw new Error(`${url}: ${error.message}`);
  if (!found) throw new Error(`There is no account ${email}: sign up first.`);
  return admin
    ? `${email} is an admin from the next sign-in on: sign out and in again.`
    : `${email} is no admin any more: tokens that are out are good until they end, an hour at most.`;
}

const [email, option] = process.argv.slice(2);
if (!email?.includes('@') || (option !== undefined && option !== '--remove')) {
  process.stderr.write(usage);
  process.exit(2);
}
try {
  say(await setAdmin(email, option === undefined));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
