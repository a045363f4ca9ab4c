import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSettings } from '../domain/settings.js';
import { say } from '../observability/standard-output.js';
import { launcherSettings } from './config.js';
import { type DataFolder, dataFolder } from './launcher/data-folder.js';
import { endLeftProcesses, runningLauncher } from './launcher/process-files.js';
import { endOrphanedPostgres } from './services/postgres.js';
import { projectRoot } from './services/project-root.js';

/** `npm run reset`: the next start begins with an empty database and new secrets. Programs that were fetched stay. */
const envFile = join(projectRoot, '.env');
if (existsSync(envFile)) process.loadEnvFile(envFile);
const { STF_DATA_DIR } = parseSettings(launcherSettings);

async function empty(folder: DataFolder): Promise<void> {
  await endLeftProcesses(folder.processes);
  await endOrphanedPostgres(folder.postgres);
  const { postgres, temporalDatabase, secretsFile, logs, mails, processes } = folder;
  const temporal = ['', '-wal', '-shm'].map((suffix) => temporalDatabase + suffix);
  for (const path of [postgres, `${postgres}.new`, ...temporal, secretsFile, logs, mails, processes]) {
    await rm(path, { recursive: true, force: true });
  }
}

const folders = [false, true]
  .map((live) => dataFolder(STF_DATA_DIR, live))
  .filter(({ root }) => existsSync(root));
for (const { processes } of folders) {
  const running = runningLauncher(processes);
  if (running === undefined) continue;
  process.stderr.write(`Searching The Fox runs (process ${running}). Stop it with Ctrl-C first.\n`);
  process.exit(1);
}
for (const folder of folders) await empty(folder);
say('The local data is gone. `npm start` begins afresh.');
