import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseSettings, SettingsError } from '../domain/settings.js';
import { say } from '../observability/standard-output.js';
import { type LauncherSettings, launcherSettings } from './config.js';
import { dataFolder } from './launcher/data-folder.js';
import { Launcher } from './launcher/launcher.js';
import { releaseDataFolder, takeDataFolder } from './launcher/process-files.js';
import { projectRoot } from './services/project-root.js';

/** `npm start`, once the packages are there: the whole service on this machine, until Ctrl-C. */
const live = process.argv.includes('--live');
const jobspy = process.argv.includes('--jobspy');
const envFile = join(projectRoot, '.env');
if (existsSync(envFile)) process.loadEnvFile(envFile);

function fail(message: string): never {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}

function readSettings(): LauncherSettings {
  try {
    return parseSettings(launcherSettings);
  } catch (error) {
    if (error instanceof SettingsError) fail(`${error.message}\nEvery setting is explained in .env.example.`);
    throw error;
  }
}

const settings = readSettings();
const folder = dataFolder(settings.STF_DATA_DIR, live);
const other = takeDataFolder(folder.processes);
if (other !== undefined) {
  fail(
    `Searching The Fox runs already in this folder (process ${other}). Stop it with Ctrl-C there, ` +
      'or give this one its own data and ports: STF_DATA_DIR and the settings that end in _PORT.',
  );
}

const launcher = new Launcher(settings, folder, { live, jobspy });
let stoppingSince: number | undefined;

async function stop(exitCode: number): Promise<void> {
  stoppingSince = Date.now();
  await launcher.stop();
  releaseDataFolder(folder.processes);
  process.exit(exitCode);
}

/** The first signal stops everything in order; a second one does not wait. */
function onSignal(): void {
  if (stoppingSince === undefined) {
    say('\nStopping. Ctrl-C again to force.');
    void stop(0);
    return;
  }
  // npm passes a Ctrl-C on that the terminal has sent to this process as well.
  if (Date.now() - stoppingSince < 1_000) return;
  launcher.kill();
  releaseDataFolder(folder.processes);
  process.exit(130);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);

try {
  say(`Starting Searching The Fox (data in ${folder.root})`);
  await launcher.start();
} catch (error) {
  if (stoppingSince === undefined) {
    process.stderr.write(`\n${error instanceof Error ? error.message : error}\n`);
    await stop(1);
  }
}
