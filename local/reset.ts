import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSettings } from '../domain/settings.js';
import { launcherSettings } from './config.js';
import { dataFolder } from './launcher/data-folder.js';
import { endLeftProcesses, runningLauncher } from './launcher/process-files.js';
import { endOrphanedPostgres } from './services/postgres.js';
import { projectRoot } from './services/project-root.js';

/** `npm run reset`: the next start begins with an empty database and new secrets. Programs that were fetched stay. */
const envFile = join(projectRoot, '.env');
if (existsSync(envFile)) process.loadEnvFile(envFile);
const folder = dataFolder(parseSettings(launcherSettings).STF_DATA_DIR);

const running = runningLauncher(folder.processes);
if (running !== undefined) {
  process.stderr.write(`Searching The Fox runs (process ${running}). Stop it with Ctrl-C first.\n`);
  process.exit(1);
}
await endLeftProcesses(folder.processes);
await endOrphanedPostgres(folder.postgres);
const temporal = ['', '-wal', '-shm'].map((suffix) => folder.temporalDatabase + suffix);
for (const path of [
  folder.postgres,
  `${folder.postgres}.new`,
  ...temporal,
  folder.secretsFile,
  folder.logs,
  folder.processes,
]) {
  await rm(path, { recursive: true, force: true });
}
process.stdout.write('The local data is gone. `npm start` begins afresh.\n');
